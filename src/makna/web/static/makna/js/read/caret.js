// The caret is a sentence. Keys move it, and let the passage grow and shrink by sentences or by whole pieces.
import { boxesOf, end, pieceAt, piecesIn, piecesOf, rangesOf, reading, start } from "./points.js";
import { mean, now, onPassage } from "./state.js";
import { neighbour } from "./windows.js";

const mark = document.getElementById("caret");
const heard = document.getElementById("heard");

/** The sentences of a piece as passages. */
export function steps(piece) {
  const { d, s } = piece.dataset, from = start(piece);
  return s ? s.split(" ").map((pair) => { const [a, b] = pair.split(",").map(Number); return { d, a: from + a, b: from + b }; }) : [];
}

/** The sentence that holds (or follows) a code point of a piece. */
export const sentenceAt = (piece, at) => steps(piece).find((step) => step.b > at) ?? steps(piece).at(-1) ?? null;

async function beyond(piece, step) {
  const all = reading.getElementsByClassName("unit");
  for (let at = [...all].indexOf(piece) + step; ; at += step) {
    let next = all[at];
    const gap = next ? crossing(piece, next, step) : true;
    if (gap) {
      await neighbour(piece, step);
      next = all[[...all].indexOf(piece) + step];
      if (!next) return null;
      at = [...all].indexOf(next);
    }
    if (steps(next).length) return next;
    piece = next;
  }
}

/** Whether a window that is not there yet lies between two pieces. */
function crossing(piece, next, step) {
  const one = piece.closest(".window"), other = next.closest(".window");
  if (one === other) return false;
  const all = [...reading.getElementsByClassName("window")];
  return all.indexOf(other) !== all.indexOf(one) + step;
}

const first = () => {
  const seen = [...reading.getElementsByClassName("unit")].find((piece) => piece.getBoundingClientRect().bottom > 90 && steps(piece).length);
  return seen ? steps(seen).find((step) => (boxesOf(step).at(-1)?.bottom ?? 0) > 90) ?? steps(seen)[0] : null;
};

const opening = (passage) => piecesIn(passage)[0] ?? piecesOf(passage.d).find((piece) => end(piece) > passage.a);
const closing = (passage) => piecesIn(passage).at(-1) ?? piecesOf(passage.d).findLast((piece) => start(piece) < passage.b);

async function after(passage) {
  const piece = closing(passage);
  const here = steps(piece).find((step) => step.a >= passage.b);
  if (here) return here;
  const next = await beyond(piece, 1);
  return next ? steps(next)[0] : null;
}

async function before(passage) {
  const piece = opening(passage);
  const here = steps(piece).findLast((step) => step.b <= passage.a);
  if (here) return here;
  const next = await beyond(piece, -1);
  return next ? steps(next).at(-1) : null;
}

/** Move to the next sentence (1) or the one before (-1). */
export async function bySentence(way) {
  const next = now.passage ? await (way > 0 ? after : before)(now.passage) : first();
  if (next) go(next);
}

/** Move to the first sentence of the next piece, or of this one, or of the one before. */
export async function byUnit(way) {
  if (!now.passage) return bySentence(1);
  const piece = way > 0 ? closing(now.passage) : opening(now.passage);
  const own = steps(piece)[0];
  if (way < 0 && own && own.a < now.passage.a) return go(own);
  const next = await beyond(piece, way);
  if (next) go(steps(next)[0]);
}

/** Let the passage grow by a sentence or a piece at its end, or shrink there; never below one sentence. */
export async function grow(way, whole = false) {
  const passage = now.passage;
  if (!passage) return bySentence(1);
  if (way > 0) {
    const last = closing(passage), own = steps(last).at(-1);
    let next = whole && own && own.b > passage.b ? own : await after(passage);
    if (next && whole) next = steps(pieceAt(next.d, next.a)).at(-1);
    if (next && next.d === passage.d) stretch(passage.a, next.b);
    return;
  }
  const inside = piecesIn(passage).flatMap(steps).filter((step) => step.b > passage.a && step.a < passage.b);
  const kept = whole ? inside.filter((step) => pieceAt(step.d, step.a) !== closing(passage)) : inside.filter((step) => step.b < passage.b);
  const to = kept.at(-1) ?? inside[0];
  if (to && to.b > passage.a) stretch(passage.a, to.b);
}

function stretch(a, b) {
  mean({ d: now.passage.d, a, b });
  show({ d: now.passage.d, a: Math.max(a, b - 1), b }, "nearest");
}

/** Mean a passage, and bring it into sight. */
export function go(passage, coding = null, where = "nearest") {
  mean(passage, coding);
  show(passage, where);
}

/** Scroll as little as is needed, or to the middle. */
export function show(passage, where = "nearest") {
  const boxes = boxesOf(passage);
  if (!boxes.length) return;
  const first = boxes[0].top, last = boxes.at(-1).bottom, top = 110, bottom = innerHeight - 120;
  if (where === "middle") scrollBy({ top: first - innerHeight / 3, behavior: "instant" });
  else if (first < top) scrollBy({ top: first - top, behavior: "instant" });
  else if (last > bottom) scrollBy({ top: Math.min(last - bottom, first - top), behavior: "instant" });
}

function point(passage) {
  const box = passage && boxesOf(passage)[0];
  mark.hidden = !box;
  if (!box) return;
  const frame = reading.getBoundingClientRect();
  const words = piecesIn(passage)[0].querySelector(".words").getBoundingClientRect();
  mark.style.cssText = `top:${box.top - frame.top}px;left:${words.left - frame.left - 19}px;height:${box.height}px`;
}

onPassage(point);
new ResizeObserver(() => point(now.passage)).observe(reading);
export const repoint = () => point(now.passage);

let telling = 0;
onPassage((passage) => {
  clearTimeout(telling);
  if (passage) telling = setTimeout(() => { heard.textContent = rangesOf(passage).join(" ").slice(0, 400); }, 250);
});
