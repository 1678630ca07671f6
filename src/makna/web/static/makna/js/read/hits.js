// Hits of the search that led here: marked apart from codings (a line above the words), and one key from each to the next.
import { on } from "../keys.js";
import { end, page, piecesOf, rangesOf, reading, start } from "./points.js";
import { now, onDrawn, onPassage, words } from "./state.js";
import { fetchWindow, onWindow } from "./windows.js";
import { close } from "./codebox.js";
import { go } from "./caret.js";

const bar = document.getElementById("hits"), place = document.getElementById("hit-now");
const documents = [...reading.getElementsByClassName("leaf")].map((leaf) => leaf.dataset.d);
const marks = CSS.highlights ? new Highlight() : new Set();
const marked = new Map(); // piece -> its marked ranges
let hits = []; // passages in the order of the page
let longest = 0;

if (bar) begin();

async function begin() {
  const asked = new URLSearchParams([["q", page.dataset.searched], ...documents.map((d) => ["document", d])]);
  const answer = await fetch(`${bar.dataset.from}?${asked}`, { headers: { Accept: "application/json" } }).catch(() => null);
  const said = answer ? await answer.json() : { told: words.failed };
  hits = (said.hits ?? []).map(([d, a, b]) => ({ d: String(d), a, b, n: documents.indexOf(String(d)) })).sort(less);
  longest = Math.max(0, ...hits.map(({ a, b }) => b - a));
  document.getElementById("hits-told").textContent = said.told;
  bar.hidden = false;
  CSS.highlights?.set("hit", marks);
  onWindow((window_) => mark([...window_.getElementsByClassName("unit")]));
  onDrawn(mark);
  mark(documents.flatMap(piecesOf));
  onPassage(tell);
  tell();
}

const less = (one, other) => one.n - other.n || one.a - other.a || other.b - one.b;

/** The first hit that is not before a place. */
function firstFrom(n, a) {
  let low = 0, high = hits.length;
  while (low < high) { const middle = (low + high) >> 1; if (less(hits[middle], { n, a, b: Infinity }) < 0) low = middle + 1; else high = middle; }
  return low;
}

/** Mark the hits in these pieces, whose words were drawn anew. */
function mark(pieces) {
  for (const piece of pieces) {
    (marked.get(piece) ?? []).forEach((range) => marks.delete(range));
    const made = [], from = start(piece), to = end(piece), n = documents.indexOf(piece.dataset.d);
    for (let i = firstFrom(n, from - longest); hits[i]?.n === n && hits[i].a < to; i += 1) {
      if (hits[i].b > from) made.push(...rangesOf({ d: hits[i].d, a: Math.max(hits[i].a, from), b: Math.min(hits[i].b, to) }));
    }
    made.forEach((range) => marks.add(range));
    marked.set(piece, made);
  }
}

/** Say which of the hits the passage is, where it is one. */
function tell() {
  const at = now.passage ? hits.findIndex(({ d, a, b }) => d === now.passage.d && a === now.passage.a && b === now.passage.b) : -1;
  place.textContent = at < 0 ? "" : words.hit.replace("{n}", at + 1).replace("{all}", hits.length);
}

/** Go to the next hit (1) or the one before (-1), from the passage that is meant; its window is fetched where it is not there yet. */
async function step(way) {
  close();
  const here = now.passage && { n: documents.indexOf(now.passage.d), a: now.passage.a, b: now.passage.b };
  const next = !here ? hits.at(way > 0 ? 0 : -1) : way > 0 ? hits.find((hit) => less(here, hit) < 0) : hits.findLast((hit) => less(hit, here) < 0);
  if (!next) return;
  const passage = { d: next.d, a: next.a, b: next.b };
  const windows = [...reading.querySelectorAll(`.leaf[data-d="${next.d}"] .window`)];
  await fetchWindow(windows.findLast((window_) => Number(window_.dataset.a) <= next.a));
  go(passage);
}

/** No marks any more; the address is that of the text alone. */
function leave() {
  CSS.highlights?.delete("hit");
  bar.remove();
  delete page.dataset.searched;
  hits = [];
  const address = new URL(location);
  address.searchParams.delete("q");
  history.replaceState(history.state, "", address);
  reading.focus({ preventScroll: true });
}

if (bar) {
  on("f", words.next_hit, () => { step(1); });
  on("F", words.previous_hit, () => { step(-1); });
  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.dataset.way) step(Number(button.dataset.way));
    else if (button) leave();
  });
}
