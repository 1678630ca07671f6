// A lens: its figure, its rows with the passages below them, and what is made of these.
import { draw } from "./figure.js";
import { on } from "./keys.js";
import { picking } from "./picking.js";

const words = JSON.parse(document.getElementById("lens-words").textContent);
const opened = () => document.querySelector('.row-open[aria-expanded="true"]');

function figure() {
  const box = document.getElementById("figure");
  if (box && !box.dataset.drawn) draw(box, JSON.parse(document.getElementById("figure-spec").textContent));
}

function at(row) {
  const address = new URL(location.href);
  row === null ? address.searchParams.delete("row") : address.searchParams.set("row", row);
  address.searchParams.delete("first");
  address.hash = "";
  history.replaceState(history.state, "", address);
}

function close(link) {
  const under = document.getElementById(link.getAttribute("aria-controls"));
  under.replaceChildren();
  under.hidden = true;
  link.setAttribute("aria-expanded", "false");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('.row-open[aria-expanded="true"]');
  if (!link) return;
  event.preventDefault();
  event.stopPropagation();
  close(link);
  at(null);
}, { capture: true });

document.body.addEventListener("htmx:afterSwap", (event) => {
  figure();
  const under = event.detail.target?.id?.startsWith("under-") ? document.getElementById(event.detail.target.id) : null;
  if (!under) return;
  const link = document.querySelector(`[aria-controls="${under.id}"]`);
  const before = opened();
  if (before && before !== link) close(before);
  link.setAttribute("aria-expanded", "true");
  at(link.dataset.row);
});

// After undo only the opened row is asked for again.
document.body.addEventListener("makna:mend", (event) => {
  const link = opened();
  if (!link) return;
  event.preventDefault();
  htmx.ajax("GET", link.getAttribute("hx-get"), { target: `#${link.getAttribute("aria-controls")}`, swap: "outerHTML" });
});

// Rows are walked by arrows as lines are.
document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.(".row-open");
  if (!link || !["ArrowDown", "ArrowUp"].includes(event.key) || opened() || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...document.querySelectorAll(".row-open")];
  links[links.indexOf(link) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  event.preventDefault();
  event.stopPropagation();
}, { capture: true });

const first = () => document.querySelector(".pick.here") ?? document.querySelector(".pick");
const chosen = () => document.querySelectorAll(".pick input:checked").length > 0;

/** Choose the passage one stands on where none is chosen. */
function some() {
  const box = first()?.querySelector("input[type=checkbox]");
  if (!chosen() && box) { box.checked = true; box.dispatchEvent(new Event("change", { bubbles: true })); }
  return chosen();
}

picking({ ...words, do: words.accept }, () => document.getElementById("code-name")?.focus());
on(["a"], words.accept, () => { if (some()) document.getElementById("code-name").focus(); });
on("d", words.dismiss, () => { if (some()) document.getElementById("dismiss").click(); });
on("e", words.evidence, () => { if (some()) document.getElementById("finding")?.focus(); });
on("t", words.table, () => {
  const inside = document.getElementById("rows").contains(document.activeElement);
  (inside ? document.getElementById("to-table") : document.querySelector(".row-open") ?? document.getElementById("rows"))?.focus();
});
on("q", words.close, () => { const link = opened(); if (link) { link.focus(); link.click(); } });
figure();
