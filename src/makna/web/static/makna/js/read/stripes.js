// Margin stripes: the names that stand beside each piece become lines along their words, a lane for each that overlaps.
import { end, pieceOf, place, start, wordsOf } from "./points.js";
import { inLanes } from "./lanes.js";
import { onWindow } from "./windows.js";
import { light } from "./state.js";

const LANE = 8, LABEL = 17, GAP = 12;
const near = new Set();
const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) { near.add(target); draw(target); } else near.delete(target);
  }
}, { rootMargin: "900px 0px" });

onWindow((window_) => { window_.dataset.undrawn = ""; seen.observe(window_); if (near.has(window_)) draw(window_); });

/** Draw the stripes of these windows anew: at once where they are near, else when they come near. */
export function redraw(windows) {
  for (const window_ of windows) { window_.dataset.undrawn = ""; if (near.has(window_)) draw(window_); }
}

let width = 0;
new ResizeObserver(([entry]) => {
  if (entry.contentRect.width === width) return;
  width = entry.contentRect.width;
  redraw(document.getElementsByClassName("window"));
}).observe(document.getElementById("reading"));

function draw(window_) {
  if (!("undrawn" in window_.dataset)) return;
  delete window_.dataset.undrawn;
  const pieces = [...window_.getElementsByClassName("unit")];
  const names = [...window_.querySelectorAll(".names > li")];
  if (!names.length) return;
  const box = window_.getBoundingClientRect();
  const words = wordsOf(pieces[0]).getBoundingClientRect();
  const left = words.right - box.left + GAP;
  const lines = names.map((name) => measured(name, pieces, box));
  const lanes = Math.min(inLanes(lines), 8);
  const room = box.right - words.right - GAP - lanes * LANE - 4;
  let free = -Infinity;
  for (const line of lines) {
    line.label = Math.max(line.top, free);
    line.room = !line.name.classList.contains("on") && line.label < Math.max(line.bottom, line.top + LABEL);
    if (line.room) free = line.label + LABEL;
  }
  for (const { name, top, bottom, lane, label, room: fits } of lines) {
    name.style.cssText = `top:${top}px;height:${Math.max(6, bottom - top)}px;left:${left + lane * LANE}px`;
    const said = name.firstElementChild;
    said.style.cssText = `top:${label - top}px;left:${(lanes - lane) * LANE}px;max-width:${Math.max(24, room)}px`;
    name.classList.toggle("crowded", !fits);
  }
}

function measured(name, pieces, box) {
  const a = Number(name.dataset.a), b = Number(name.dataset.b), own = pieceOf(name), { d } = own.dataset;
  const mine = pieces.filter((piece) => piece.dataset.d === d);
  const last = mine.findLast((piece) => start(piece) < b) ?? own;
  return {
    name,
    top: edge(own, Math.max(a, start(own))).top - box.top,
    bottom: edge(last, Math.max(start(last), Math.min(b, end(last)) - 1)).bottom - box.top,
  };
}

function edge(piece, at) {
  const [node, offset] = place(piece, at);
  if (node.nodeType !== 3 || !node.data.length) return piece.getBoundingClientRect();
  const range = document.createRange();
  const from = Math.min(offset, node.data.length - 1);
  range.setStart(node, from);
  range.setEnd(node, from + 1);
  const box = range.getClientRects()[0] ?? range.getBoundingClientRect();
  return box.height ? box : piece.getBoundingClientRect();
}

// what is pointed at lights up its words
const told = (event) => event.target.closest?.(".names > li");
for (const [kind, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
  document.getElementById("reading").addEventListener(kind, (event) => {
    const name = told(event);
    if (name) light("hover", on ? { d: pieceOf(name).dataset.d, a: Number(name.dataset.a), b: Number(name.dataset.b) } : null);
  });
}
