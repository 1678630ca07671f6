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
  frames = new WeakMap();
  redraw(document.getElementsByClassName("window"));
}).observe(document.getElementById("reading"));

// A coding moves no word: where lines stand is measured once for a width, and what stands as it stood is not written again.
let frames = new WeakMap(); // window -> where its words end, and the lines of the passages measured in it
const styles = new WeakMap();

function style(element, text) {
  if (styles.get(element) === text) return;
  styles.set(element, text);
  element.style.cssText = text;
}

function frameOf(window_) {
  if (!frames.has(window_)) {
    const box = window_.getBoundingClientRect(), words = wordsOf(window_.querySelector(".unit")).getBoundingClientRect();
    frames.set(window_, { left: words.right - box.left + GAP, room: box.right - words.right - GAP, lines: new Map() });
  }
  return frames.get(window_);
}

function draw(window_) {
  if (!("undrawn" in window_.dataset)) return;
  delete window_.dataset.undrawn;
  const names = [...window_.querySelectorAll(".names > li")];
  if (!names.length) return;
  const { left, room, lines: known } = frameOf(window_);
  const lines = measured(window_, names, known);
  const lanes = Math.min(inLanes(lines), 8);
  let free = -Infinity;
  for (const line of lines) {
    line.label = Math.max(line.top, free);
    line.room = !line.name.classList.contains("on") && line.label < Math.max(line.bottom, line.top + LABEL);
    if (line.room) free = line.label + LABEL;
  }
  for (const { name, top, bottom, lane, label, room: fits } of lines) {
    style(name, `top:${top}px;height:${Math.max(6, bottom - top)}px;left:${left + lane * LANE}px`);
    style(name.firstElementChild, `top:${label - top}px;left:${(lanes - lane) * LANE}px;max-width:${Math.max(24, room - lanes * LANE - 4)}px`);
    name.classList.toggle("crowded", !fits);
  }
}

/** Where each name's passage begins and ends, from the top of its window. */
function measured(window_, names, known) {
  let pieces = null, top = 0;
  return names.map((name) => {
    const own = pieceOf(name), key = `${own.dataset.d} ${name.dataset.a} ${name.dataset.b}`;
    if (!known.has(key)) {
      pieces ??= [...window_.getElementsByClassName("unit")];
      top ||= window_.getBoundingClientRect().top;
      known.set(key, linesOf(name, own, pieces, top));
    }
    return { name, ...known.get(key) };
  });
}

function linesOf(name, own, pieces, top) {
  const a = Number(name.dataset.a), b = Number(name.dataset.b), { d } = own.dataset;
  const last = pieces.findLast((piece) => piece.dataset.d === d && start(piece) < b) ?? own;
  return {
    top: edge(own, Math.max(a, start(own))).top - top,
    bottom: edge(last, Math.max(start(last), Math.min(b, end(last)) - 1)).bottom - top,
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
