// The page Read: a text, what is meant in it, and one key for everything that can be done with it.
import { off, on, words as shared } from "./keys.js";
import { send, tell } from "./app.js";
import { page, passageOf, pieceAt, pieceOf, piecesIn, reading, under } from "./read/points.js";
import { light, mayCode, mean, now, words } from "./read/state.js";
import { begin } from "./read/windows.js";
import "./read/stripes.js";
import { bySentence, byUnit, go, grow, sentenceAt, show } from "./read/caret.js";
import { catchUp, inTurn } from "./read/changes.js";
import { close, inVivo, open, opened, repeat, touched } from "./read/codebox.js";
import { chosen, compare, evidence, memo, remove } from "./read/panel.js";
import { nudge } from "./read/adjust.js";
import "./read/sources.js";
import "./read/hits.js";

/** A coding as it stands in the margin. */
function codingOf(name) {
  const { k, c, a, b } = name.dataset;
  return { k: Number(k), c: Number(c), a: Number(a), b: Number(b), d: pieceOf(name).dataset.d, mine: !name.classList.contains("other") };
}

const mean_ = (coding, where) => go({ d: coding.d, a: coding.a, b: coding.b }, coding, where);

/** The next coding in the order of the text (1), or the one before (-1). */
function byCoding(way) {
  const names = [...reading.querySelectorAll(".names > li:not(.on, .coming)")];
  const order = new Map([...reading.getElementsByClassName("leaf")].map((leaf, n) => [leaf.dataset.d, n]));
  const key = ({ d, a, b, k }) => [order.get(d), a, -b, k ?? (way > 0 ? -1 : Infinity)];
  const less = (one, other) => { for (let i = 0; i < 4; i += 1) if (one[i] !== other[i]) return one[i] < other[i]; return false; };
  const here = now.coding ?? (now.passage && { ...now.passage, b: way > 0 ? Infinity : now.passage.b });
  const all = names.map(codingOf).sort((one, other) => (less(key(one), key(other)) ? -1 : 1));
  const next = !here ? all.at(way > 0 ? 0 : -1) : way > 0 ? all.find((one) => less(key(here), key(one))) : all.findLast((one) => less(key(one), key(here)));
  if (next) mean_(next);
}

// by mouse: a selection is the passage; a click puts the caret there, on a coding it chooses that
let pressed = null;
reading.addEventListener("pointerdown", (event) => { pressed = event.target; });
document.addEventListener("pointerup", (event) => {
  if (!pressed || event.button || event.pointerType === "touch") return;
  pressed = null;
  setTimeout(() => {
    const range = selected();
    if (range) select(range);
    else if (reading.contains(event.target)) click(event);
  });
});

function selected() {
  const selection = getSelection();
  return !selection.isCollapsed && selection.rangeCount && reading.contains(selection.anchorNode) ? selection.getRangeAt(0) : null;
}

// by touch: a tap is a click; the system selects, and moves the ends by its own handles: when they rest, that is the passage
document.addEventListener("click", (event) => { if (event.pointerType === "touch" && reading.contains(event.target)) click(event); });
let resting = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(resting);
  if (touched()) resting = setTimeout(() => { const range = selected(); if (range) select(range, true); }, 300);
});

function select(range, again = false) {
  const passage = passageOf(range);
  if (!passage) return;
  const { d, a, b } = now.passage ?? {};
  if (again && passage.d === d && passage.a === a && passage.b === b) return;
  if (passage.cut) tell(words.clear);
  mean({ d: passage.d, a: passage.a, b: passage.b });
  open(false);
}

function click(event) {
  if (event.target.closest("a, summary, button, .handle")) return;
  close();
  const name = event.target.closest(".names > li:not(.coming)");
  if (name) { mean_(codingOf(name), "nearest"); return; }
  const piece = pieceOf(event.target);
  if (!piece || !event.target.closest(".words")) return;
  const mark = event.target.closest("mark");
  if (mark) {
    const ids = mark.dataset.k.split(" ");
    const there = ids.map((k) => reading.querySelector(`.names > li[data-k="${k}"]:not(.on)`) ?? reading.querySelector(`.names > li[data-k="${k}"]`)).filter(Boolean).map(codingOf);
    const shortest = there.sort((one, other) => one.b - one.a - (other.b - other.a))[0];
    if (shortest) { mean_(shortest); return; }
  }
  const at = under(event.clientX, event.clientY);
  const sentence = at === null ? null : sentenceAt(piece, at);
  if (sentence) mean(sentence);
}

on(["ArrowDown", "j"], words.next, () => { close(); bySentence(1); });
on(["ArrowUp", "k"], words.previous, () => { close(); bySentence(-1); });
on(["ArrowRight", "l"], words.next_unit, () => { close(); byUnit(1); });
on(["ArrowLeft", "h"], words.previous_unit, () => { close(); byUnit(-1); });
on(["Shift+ArrowDown", "J"], words.widen, () => { grow(1); });
on(["Shift+ArrowUp", "K"], words.narrow, () => { grow(-1); });
on(["Shift+ArrowRight", "L"], words.widen_unit, () => { grow(1, true); });
on(["Shift+ArrowLeft", "H"], words.narrow_unit, () => { grow(-1, true); });
on("n", words.next_coding, () => byCoding(1));
on("N", words.previous_coding, () => byCoding(-1));
if (mayCode) {
  on("c", words.code, () => open());
  on("v", words.in_vivo, () => { inVivo(); });
  on(".", words.again, () => { if (!repeat()) tell(words.nothing_last); });
  on("m", words.memo, () => { memo(); });
  on("x", words.remove, () => { remove(); });
  on("e", words.evidence, () => { evidence(); });
  on("]", words.end_more, () => nudge("b", 1));
  on("[", words.end_less, () => nudge("b", -1));
  on("{", words.start_more, () => nudge("a", -1));
  on("}", words.start_less, () => nudge("a", 1));
}
for (const [key, what, where] of [["z", shared.undo_key, "undo"], ["Z", shared.redo_key, "redo"]]) {
  on(key, what, () => { inTurn(() => send(document.body.dataset[where])); }, { everywhere: true });
}
on("w", words.compare, () => { compare(); });
on("o", words.open, unfold);
on("Escape", words.leave, () => {
  if (opened()) { close(); return true; }
  if (!now.passage) return false;
  mean(null);
  light("hover", null);
  return true;
});
document.addEventListener("keydown", (event) => {
  if (!off() && /^[1-9]$/.test(event.key) && !event.target.closest("input, textarea, select") && chosen(event.key)) event.preventDefault();
});

/** Open the author of the post that is meant; where it is open, go on to its thread. */
function unfold() {
  const piece = now.passage ? pieceAt(now.passage.d, now.passage.a) : reading.querySelector(".leaf.opened .unit, .leaf .unit");
  const leaf = piece?.closest(".leaf"), card = leaf?.querySelector("details.author");
  if (card && !card.open) { card.open = true; return true; }
  const link = leaf?.querySelector(".thread-link") ?? card?.querySelector("a");
  if (!link) return false;
  link.click();
  return true;
}

document.body.addEventListener("makna:mend", (event) => { event.preventDefault(); inTurn(catchUp); });

begin();
if (page.dataset.at) {
  const [d, a, b] = page.dataset.at.split(" ");
  const passage = { d, a: Number(a), b: Number(b) };
  mean(passage);
  if (piecesIn(passage).length) show(passage, "middle");
} else reading.querySelector(".leaf.opened")?.scrollIntoView({ block: "center" });
page.dataset.ready = "";
performance.mark("ready");
