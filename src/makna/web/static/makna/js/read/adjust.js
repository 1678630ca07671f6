// A chosen coding is moved by its ends: dragged by handles, or by keys a word at a time. One undo takes a move back.
import { tell } from "../app.js";
import { boxesOf, pieceAt, piecesOf, points, reading, start, under, wordsOf } from "./points.js";
import { base, light, mayCode, mean, now, onPassage, words } from "./state.js";
import { onChange, post } from "./changes.js";

const WORD = /⟦[^⟦⟧]*⟧|[\p{L}\p{M}\p{N}'’-]+/gu;
const handles = ["start", "end"].map((side) => {
  const handle = Object.assign(document.createElement("div"), { className: `handle ${side}`, hidden: true });
  handle.title = side === "start" ? words.begins : words.ends;
  handle.addEventListener("pointerdown", (event) => drag(event, handle, side));
  reading.append(handle);
  return handle;
});

function stand() {
  const coding = mayCode && now.coding?.mine ? now.coding : null;
  const frame = reading.getBoundingClientRect();
  const lines = coding ? boxesOf(coding).filter((box) => box.width) : [];
  handles.forEach((handle, n) => {
    handle.hidden = !lines.length;
    if (!lines.length) return;
    const box = lines.at(n ? -1 : 0);
    handle.style.cssText = `top:${box.top - frame.top}px;left:${(n ? box.right : box.left) - frame.left}px;height:${box.height}px`;
  });
}
onPassage(stand);
onChange(stand);
addEventListener("resize", stand);

function drag(event, handle, side) {
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  const coding = now.coding, to = { d: coding.d, a: coding.a, b: coding.b };
  const move = ({ clientX, clientY }) => {
    handle.style.pointerEvents = "none";
    const at = under(clientX, clientY, side === "end");
    handle.style.pointerEvents = "";
    if (at === null) return;
    if (side === "start" && at < to.b) to.a = at;
    if (side === "end" && at > to.a) to.b = at;
    light("passage", to);
  };
  const stop = () => {
    handle.removeEventListener("pointermove", move);
    store(coding, to);
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", stop, { once: true });
}

let waiting = 0, pending = null;

/** Move one end of the chosen coding by a word: `side` is "a" or "b", `way` -1 or 1. Presses in a row are one move. */
export function nudge(side, way) {
  if (!now.coding?.mine) { tell(words.pick); return; }
  pending ??= { coding: now.coding, to: { d: now.coding.d, a: now.coding.a, b: now.coding.b } };
  const at = edge(pending.to.d, pending.to[side], side, way);
  if (at === null || (side === "a" ? at >= pending.to.b : at <= pending.to.a)) return;
  pending.to[side] = at;
  light("passage", pending.to);
  clearTimeout(waiting);
  waiting = setTimeout(() => { const { coding, to } = pending; pending = null; store(coding, to); }, 350);
}

/** Where the next word begins or ends, to the left or right of `at`. */
function edge(d, at, side, way) {
  const piece = pieceAt(d, at, side === "b") ?? pieceAt(d, at);
  const all = piecesOf(d), n = all.indexOf(piece);
  for (let i = n; i >= 0 && i < all.length; i += way) {
    const text = wordsOf(all[i]).textContent, from = start(all[i]);
    const spots = [...text.matchAll(WORD)].map((m) => from + points(text, side === "a" ? m.index : m.index + m[0].length));
    const found = way > 0 ? spots.find((one) => one > at) : spots.findLast((one) => one < at);
    if (found !== undefined) return found;
  }
  return null;
}

async function store(coding, to) {
  if (to.a === coding.a && to.b === coding.b) return;
  const answer = await post(`${base}codings/${coding.k}/`, { start: to.a, end: to.b, seen_start: coding.a, seen_end: coding.b });
  if (!answer?.ok) { mean(now.passage, now.coding); return; }
  mean({ ...to }, { ...coding, a: to.a, b: to.b });
}

