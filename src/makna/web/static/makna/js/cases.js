// Cases: a grid that is walked by arrow keys, changed in place and pasted into.
import { on } from "./keys.js";

const words = document.getElementById("key-words")?.dataset ?? {};
const whole = () => document.getElementById("cases");
const rows = () => [...(whole()?.querySelectorAll(".grid tbody tr") ?? [])].map((row) => [...row.querySelectorAll("td.value")]);
const cell = () => document.activeElement?.closest?.(".grid td.value");
let last = [0, 0];

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const box = document.getElementById(opener.dataset.dialog);
    box.showModal();
    if (box.dataset.load) htmx.ajax("GET", box.dataset.load, { target: "#withdrawal", swap: "outerHTML" });
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
});

function reach(row, column) {
  const all = rows();
  if (!all.length || !all[0].length) return;
  row = Math.min(Math.max(row, 0), all.length - 1);
  column = Math.min(Math.max(column, 0), all[0].length - 1);
  document.querySelectorAll('.grid td[tabindex="0"]').forEach((one) => { one.tabIndex = -1; });
  last = [row, column];
  all[row][column].tabIndex = 0;
  return all[row][column];
}

const at = (found) => { const all = rows(); const row = all.findIndex((one) => one.includes(found)); return [row, all[row]?.indexOf(found) ?? 0]; };
const enter = () => reach(...last);

function step(down, right) {
  const from = cell();
  if (!from) return false;
  const [row, column] = at(from);
  reach(row + down, column + right)?.focus();
}

/** What a cell is about: its attribute and its case. */
function called(from) {
  const row = from.closest("tr");
  const heads = row.closest("table").querySelectorAll("thead th");
  return `${heads[[...row.children].indexOf(from)].textContent.trim()}, ${row.querySelector("th").textContent.trim()}`;
}

function edit(from, typed = null) {
  if (!from || !("edit" in from.dataset)) return false;
  const before = from.textContent;
  const field = document.createElement("input");
  field.value = typed ?? before;
  field.setAttribute("aria-label", called(from));
  if (from.dataset.options) {
    const list = document.createElement("datalist");
    list.id = "cell-options";
    list.append(...from.dataset.options.split("\n").map((option) => Object.assign(document.createElement("option"), { value: option })));
    from.replaceChildren(field, list);
    field.setAttribute("list", list.id);
  } else from.replaceChildren(field);
  from.classList.add("editing");
  let over = false;
  const end = (store, down = 0, right = 0) => {
    if (over) return;
    over = true;
    const value = field.value.trim();
    from.classList.remove("editing");
    from.textContent = store ? value : before;
    const [row, column] = at(from);
    reach(row + down, column + right)?.focus();
    if (store && value !== before.trim()) set([[from, value, before.trim()]]);
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); end(true, event.shiftKey ? -1 : 1); }
    else if (event.key === "Tab") { event.preventDefault(); end(true, 0, event.shiftKey ? -1 : 1); }
    else if (event.key === "Escape") { event.preventDefault(); end(false); }
    event.stopPropagation();
  });
  field.addEventListener("blur", () => end(true));
  field.focus();
  if (typed === null) field.select();
}

let doing = Promise.resolve(); // one after another: each says what it saw before

/** Store (cell, value, value before) each, in one step that one undo takes back. The cells show it at once. */
function set(changes) {
  const values = { cell: [], value: [], old: [], which: whole().dataset.which, cells: 1 };
  for (const [one, value, old] of changes) {
    one.textContent = value;
    values.cell.push(one.dataset.cell);
    values.value.push(value);
    values.old.push(old);
  }
  const back = () => changes.forEach(([one, , old]) => { one.textContent = old; });
  doing = doing.then(async () => {
    let stored = false;
    const hear = (event) => { stored = true; show(event.detail); };
    document.body.addEventListener("stored", hear, { once: true });
    try { await htmx.ajax("POST", whole().dataset.set, { target: "#cases", swap: "none", values }); } catch { /* said in the quiet line */ }
    document.body.removeEventListener("stored", hear);
    if (!stored) back();
  });
}

/** Show what is stored: an option in its own case, a number in plain figures. */
function show(cells) {
  for (const one of document.querySelectorAll(".grid td.value:not(.editing)")) {
    const value = cells[one.dataset.cell];
    if (value !== undefined && value !== one.textContent) one.textContent = value;
  }
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id !== "cases" && event.detail.elt?.id !== "cases") return;
  const found = enter();
  if (!document.activeElement || document.activeElement === document.body) found?.focus();
});

document.addEventListener("paste", (event) => {
  const from = cell();
  if (!from || event.target.closest("input, textarea")) return;
  event.preventDefault();
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const pasted = text.split("\n").map((row) => row.split("\t"));
  const names = [...document.querySelectorAll(".grid th.value")].map((one) => one.dataset.name.toLowerCase());
  if (pasted.length > 1 && pasted[0].length > 1 && pasted[0].slice(1).some((name) => names.includes(name.trim().toLowerCase()))) {
    doing = doing.then(() => htmx.ajax("POST", whole().dataset.paste + location.search, { target: "#cases", values: { table: text, which: whole().dataset.which } })).catch(() => {});
    return;
  }
  const all = rows();
  const [row, column] = at(from);
  const changes = [];
  pasted.forEach((line, down) => line.forEach((value, right) => {
    const one = all[row + down]?.[column + right];
    if (one && "edit" in one.dataset && one.textContent.trim() !== value.trim()) changes.push([one, value.trim(), one.textContent.trim()]);
  }));
  last = [row, column];
  if (changes.length) set(changes);
});

document.addEventListener("copy", (event) => {
  const from = cell();
  if (!from || String(getSelection())) return;
  event.clipboardData.setData("text/plain", from.textContent.trim());
  event.preventDefault();
});

document.addEventListener("focusin", (event) => { const found = event.target.closest?.(".grid td.value"); if (found) reach(...at(found)); });
document.addEventListener("dblclick", (event) => edit(event.target.closest(".grid td.value")));

// A letter begins a value, before the keys of the page hear it: here one types into cells.
document.addEventListener("keydown", (event) => {
  const from = cell();
  if (!from || event.target !== from || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.length === 1 && event.key !== " " && !("?zZ".includes(event.key)) && "edit" in from.dataset) { event.preventDefault(); event.stopPropagation(); edit(from, event.key); }
}, true);

if (document.querySelector(".grid")) {
  on("ArrowDown", words.move, () => step(1, 0));
  on("ArrowUp", words.move, () => step(-1, 0));
  on("ArrowRight", words.move, () => step(0, 1));
  on("ArrowLeft", words.move, () => step(0, -1));
  on(["Enter", "F2"], words.edit, () => edit(cell()));
  on(["Delete", "Backspace"], words.clear, () => { const from = cell(); if (!from || !("edit" in from.dataset) || !from.textContent.trim()) return false; set([[from, "", from.textContent.trim()]]); });
  if (document.getElementById("filter")) on("f", words.filter, () => document.getElementById("filter").focus());
  enter();
}
