// The matrix: walked by arrows, one stop for Tab; a cell opens its passages below.
import { on } from "./keys.js";

const words = JSON.parse(document.getElementById("compare-words").textContent);
const table = () => document.querySelector(".matrix");
const links = () => [...document.querySelectorAll(".matrix [data-cell]")];
const marked = () => document.querySelector(".matrix td[data-open] a");

/** Only one cell is a stop for Tab: the opened one, else the first. */
function roving(stop = marked() ?? links()[0]) {
  for (const link of links()) link.tabIndex = link === stop ? 0 : -1;
}

function mark(link) {
  document.querySelector(".matrix td[data-open]")?.removeAttribute("data-open");
  link?.parentElement.setAttribute("data-open", "");
}

/** The nearest cell with something in it, in one direction. */
function step(from, down, right) {
  const rows = [...table().tBodies[0].rows];
  let row = rows.indexOf(from.closest("tr"));
  let column = from.closest("td").cellIndex;
  for (;;) {
    row += down;
    column += right;
    const cell = rows[row]?.cells[column];
    if (!cell) return;
    const link = cell.querySelector("[data-cell]");
    if (link) { roving(link); link.focus(); return; }
  }
}

function open(link) {
  const address = new URL(link.href);
  history.replaceState(history.state, "", address);
  mark(link);
  const box = document.getElementById("opened");
  htmx.ajax("GET", `${box.dataset.at}${address.search}`, { target: "#opened", swap: "outerHTML" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".matrix [data-cell]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  roving(link);
  open(link);
});

const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
for (const [key, what] of [["ArrowUp", "up"], ["ArrowDown", "down"], ["ArrowLeft", "left"], ["ArrowRight", "right"]]) {
  on(key, words[what], (event) => {
    const link = event.target.closest?.(".matrix [data-cell]");
    if (!link) return false;
    step(link, ...moves[key]);
  });
}
on("t", words.table, () => { const stop = links().find((link) => link.tabIndex === 0); stop?.focus(); });
on("m", words.more, () => document.querySelector("[data-further]")?.click());
on("q", words.close, () => {
  const link = marked();
  if (!link) return;
  const address = new URL(location.href);
  for (const name of ["row", "col", "first"]) address.searchParams.delete(name);
  address.hash = "";
  history.replaceState(history.state, "", address);
  document.getElementById("opened").replaceChildren();
  mark(null);
  link.focus();
});

for (const select of document.querySelectorAll(".choices select")) select.addEventListener("change", () => select.form.requestSubmit());

function settle() {
  const asked = new URLSearchParams(location.search);
  if (asked.has("row")) mark(links().find((link) => {
    const to = new URL(link.href).searchParams;
    return to.get("row") === asked.get("row") && to.get("col") === asked.get("col");
  }));
  roving();
}
document.body.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target?.id !== "opened") settle(); });
settle();
