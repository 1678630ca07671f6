// The order of findings, by dragging and by keys.
import { on } from "./keys.js";

const words = document.getElementById("key-words").dataset;
const all = () => [...document.querySelectorAll(".finding")];
const here = () => document.activeElement?.closest(".finding");

function step(by) {
  const list = all();
  const at = list.indexOf(here());
  (list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)])?.focus();
}

async function move(finding, before) {
  const id = finding.id;
  await htmx.ajax("POST", finding.dataset.move, { target: "#board", values: { before: before?.dataset.finding ?? "" } });
  document.getElementById(id)?.focus();
}

function shift(by) {
  const list = all();
  const at = list.indexOf(here());
  if (at < 0) return;
  const to = at + by;
  if (to >= 0 && to < list.length) move(list[at], by < 0 ? list[to] : list[to + 1]);
}

on(["j", "ArrowDown"], words.next, () => step(1));
on(["k", "ArrowUp"], words.previous, () => step(-1));
on(["J", "Shift+ArrowDown"], words.down, () => shift(1));
on(["K", "Shift+ArrowUp"], words.up, () => shift(-1));
on("Enter", words.open, () => { const link = here()?.querySelector("h3 a"); if (!link) return false; link.click(); });
on("f", words.final, () => here()?.querySelector("[data-final]")?.click());

let dragged = null;
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".finding");
  dragged?.classList.add("dragged");
});
document.addEventListener("dragend", () => {
  document.querySelectorAll(".dragged, .over").forEach((one) => one.classList.remove("dragged", "over"));
  dragged = null;
});
document.addEventListener("dragover", (event) => {
  const over = event.target.closest?.(".finding");
  if (!dragged || !over) return;
  event.preventDefault();
  document.querySelectorAll(".over").forEach((one) => one.classList.remove("over"));
  over.classList.add("over");
});
document.addEventListener("drop", (event) => {
  const over = event.target.closest?.(".finding");
  if (!dragged || !over || over === dragged) return;
  event.preventDefault();
  move(dragged, over);
});
