// A tree of codes or concepts: keys and the mouse walk, fold and move in it; what is changed is stored by the page's forms.
import { send } from "./app.js";
import { on } from "./keys.js";

const words = JSON.parse(document.getElementById("tree-words").textContent);
const FOLDED = `makna-folded-${words.of}-${document.body.dataset.study}`;
const folded = new Set(JSON.parse(sessionStorage.getItem(FOLDED) ?? "[]"));
const tree = () => document.getElementById("tree");
const panel = () => document.getElementById("panel");
const item = (key) => tree().querySelector(`li[data-item="${key}"]`);
const link = (line) => line.querySelector(":scope > .tree-row > a");
const shown = () => [...tree().querySelectorAll("li[data-item]")].filter((line) => line.offsetParent);

/** What keys act on: where the focus is in the tree, else the opened one. */
const here = () => document.activeElement?.closest?.("#tree li[data-item]") ?? (panel().dataset.item && item(panel().dataset.item)) ?? null;

function fold(line, shut) {
  const button = line.querySelector(":scope > .tree-row > button.fold");
  if (!button) return false;
  line.classList.toggle("folded", shut);
  button.setAttribute("aria-expanded", String(!shut));
  shut ? folded.add(line.dataset.item) : folded.delete(line.dataset.item);
  sessionStorage.setItem(FOLDED, JSON.stringify([...folded]));
  return true;
}

/** After the tree or the panel came anew: what was folded stays so, the opened one is marked. */
function settle() {
  if (!tree()) return;
  for (const line of tree().querySelectorAll("li[data-item]")) if (folded.has(line.dataset.item)) fold(line, true);
  tree().querySelector("a[aria-current]")?.removeAttribute("aria-current");
  if (panel().dataset.item) { const line = item(panel().dataset.item); if (line) link(line).setAttribute("aria-current", "true"); }
  find();
}
document.body.addEventListener("htmx:afterSettle", (event) => {
  settle();
  if (event.target.id === "panel" && panel().getBoundingClientRect().top > innerHeight) panel().scrollIntoView();
});

function find() {
  const wanted = document.getElementById("find-item")?.value.trim().toLowerCase() ?? "";
  for (const line of tree().querySelectorAll("li[data-item]")) {
    const below = [line, ...line.querySelectorAll("li[data-item]")];
    line.hidden = Boolean(wanted) && !below.some((one) => one.dataset.name.toLowerCase().includes(wanted));
  }
}
document.addEventListener("input", (event) => { if (event.target.id === "find-item") find(); });
document.addEventListener("click", (event) => {
  const button = event.target.closest("#tree button.fold");
  if (button) fold(button.closest("li"), !button.closest("li").classList.contains("folded"));
});

function walk(by) {
  const lines = shown();
  const at = lines.indexOf(here());
  const to = lines[at < 0 ? 0 : Math.min(Math.max(at + by, 0), lines.length - 1)];
  if (to) link(to).focus();
}
const move = (line, values) => send(line.dataset.move, values);
const step = (name) => () => { const line = here(); if (!line) return false; link(line).focus(); move(line, { step: name }); };

/** Open it in the panel, then go to a field of it. */
function opened(then) {
  const line = here();
  if (!line) return false;
  if (panel().dataset.item === line.dataset.item) return then();
  document.body.addEventListener("htmx:afterSettle", then, { once: true });
  link(line).click();
}
const to = (id) => () => opened(() => { const field = document.getElementById(id); field?.focus(); field?.select?.(); });

function begin(under) {
  const field = document.querySelector("#new-item input[name=name]");
  if (!field) return false;
  document.getElementById("new-under").value = under ?? "";
  field.focus();
}
const above = (line) => line?.parentElement.closest("li[data-item]");

on(["ArrowDown", "j"], words.next, () => walk(1));
on(["ArrowUp", "k"], words.previous, () => walk(-1));
on(["ArrowRight", "l"], words.unfold, () => Boolean(here() && fold(here(), false)));
on(["ArrowLeft", "h"], words.fold, () => {
  const line = here();
  if (!line) return false;
  if (!line.classList.contains("folded") && fold(line, true)) return true;
  if (above(line)) link(above(line)).focus();
});
on(["Shift+ArrowUp", "Shift+k", "K"], words.up, step("up"));
on(["Shift+ArrowDown", "Shift+j", "J"], words.down, step("down"));
on(["Shift+ArrowRight", "Shift+l", "L"], words.inward, step("in"));
on(["Shift+ArrowLeft", "Shift+h", "H"], words.out, step("out"));
on("a", words.beside, () => begin(above(here())?.dataset.item));
on("A", words.below, () => begin(here()?.dataset.item));
on("r", words.rename, to("value-name"));
if (words.passages) {
  on("p", words.passages, () => { const line = here(); if (!line) return false; line.querySelector(".count a").click(); });
  on("w", words.merge, to("choose-into"));
}
on("m", words.memo, to("new-memo"));
on("x", words.remove, () => opened(() => document.getElementById("remove-item")?.click()));
on("f", words.filter, () => document.getElementById("find-item")?.focus());

// Dragging: onto the middle of another goes below it, onto its upper or lower edge before or after it.
let dragged = null;
const rows = (event) => event.target.closest?.("#tree .tree-row");
const clear = () => tree().querySelectorAll(".into, .before, .after").forEach((row) => row.classList.remove("into", "before", "after"));
function where(event, row) {
  const box = row.getBoundingClientRect();
  const part = (event.clientY - box.top) / box.height;
  return part < 0.28 ? "before" : part > 0.72 ? "after" : "into";
}
document.addEventListener("dragstart", (event) => {
  if (!rows(event)) return;
  dragged = rows(event).parentElement;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.name);
});
document.addEventListener("dragover", (event) => {
  const row = rows(event);
  clear();
  if (!dragged || !row || dragged.contains(row)) return;
  event.preventDefault();
  row.classList.add(where(event, row));
});
document.addEventListener("dragend", () => { clear(); dragged = null; });
document.addEventListener("drop", (event) => {
  const row = rows(event);
  if (!dragged || !row || dragged.contains(row)) return;
  event.preventDefault();
  const target = row.parentElement;
  const place = where(event, row);
  if (place === "into") move(dragged, { parent: target.dataset.item });
  else {
    let next = target.nextElementSibling;
    if (next === dragged) next = dragged.nextElementSibling;
    move(dragged, { parent: above(target)?.dataset.item ?? "", before: place === "before" ? target.dataset.item : next?.dataset.item ?? "" });
  }
});
settle();
