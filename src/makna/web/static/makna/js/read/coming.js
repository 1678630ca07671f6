// What was coded stands there at once, before the workbench has answered: drawn as it will be drawn, and withdrawn where
// it is refused. What the workbench last said of a piece is kept beside it until then.
import { end, piecesIn, points, reading, start, units, wordsOf } from "./points.js";
import { drawn, paint } from "./state.js";
import { redraw } from "./stripes.js";
import { swap } from "./swap.js";

const LAYERS = "cde"; // as segments.py has it: the colours of the first three codes
const waiting = new Set(); // {d, a, b, c, name} of each coding without an answer
const said = new Map(); // piece -> its words and names as the workbench drew them
const covers = new WeakMap(); // drawn element -> the codings that cover it, in their order

/** Draw the coding of a passage; `c` is its code, "new" without one. The answer is called with whether it was stored. */
export function draw({ d, a, b }, c, name) {
  const coding = { d: String(d), a, b, c, name };
  waiting.add(coding);
  show(piecesIn(coding));
  return (stored) => {
    waiting.delete(coding);
    if (!stored) show(piecesIn(coding));
  };
}

/** These pieces were drawn anew: what still waits is drawn on them again. */
export function again(pieces) {
  pieces.forEach((piece) => said.delete(piece));
  if (waiting.size) show(pieces);
}

function show(pieces) {
  for (const piece of pieces) {
    const there = [...waiting].filter(({ d, a, b }) => d === piece.dataset.d && a < end(piece) && b > start(piece));
    const words = wordsOf(piece), names = piece.querySelector(".names");
    if (!said.has(piece)) {
      if (!there.length) continue;
      said.set(piece, [[...words.childNodes], [...names.childNodes]]);
    }
    const [text, list] = said.get(piece);
    swap(words, there.reduce((nodes, coding) => cut(nodes, coding, start(piece)), text));
    const own = there.filter((coding) => piecesIn(coding)[0] === piece).map(named);
    swap(names, [...list, ...own].sort((one, other) => one.dataset.a - other.dataset.a || one.dataset.b - other.dataset.b));
    names.hidden = !names.childElementCount;
    if (!there.length) said.delete(piece);
  }
  redraw(new Set(pieces.map((piece) => piece.closest(".window"))));
  drawn(pieces);
  paint();
}

/** The nodes of a piece, which begins at `at`, with those that a coding covers marked as such. */
function cut(nodes, coding, at) {
  let from = at;
  return nodes.flatMap((node) => {
    const text = node.textContent, to = from + points(text), before = from;
    from = to;
    const a = Math.max(coding.a, before), b = Math.min(coding.b, to);
    if (a >= b) return [node];
    const [low, high] = [units(text, a - before), units(text, b - before)];
    const parts = [[text.slice(0, low), false], [text.slice(low, high), true], [text.slice(high), false]];
    return parts.filter(([words]) => words).map(([words, inside]) => part(node, words, inside ? coding : null));
  });
}

function part(node, words, coding) {
  if (node.nodeType === 3 && !coding) return document.createTextNode(words);
  const made = node.nodeType === 3 ? document.createElement("span") : node.cloneNode(false);
  made.textContent = words;
  const cover = node.nodeType === 3 ? [] : covers.get(node) ?? coversOf(node);
  covers.set(made, coding ? [...cover, coding].sort((one, other) => one.a - other.a || one.b - other.b) : cover);
  if (coding) dress(made);
  return made;
}

const coversOf = (mark) => mark.dataset.k.split(" ").map((k) => {
  const { a, b, c } = reading.querySelector(`.names > li[data-k="${k}"]`)?.dataset ?? {};
  return { a: Number(a), b: Number(b), c };
}).filter(({ c }) => c);

function dress(made) {
  const codes = [...new Set(covers.get(made).map(({ c }) => String(c)))].slice(0, LAYERS.length);
  made.className = ["coming", ...codes.map((c, n) => `${LAYERS[n]}-${c}`)].join(" ");
  if (codes.length > 1) made.classList.add(`n${codes.length}`);
}

function named({ a, b, c, name }) {
  const line = Object.assign(document.createElement("li"), { className: `coming c-${c}` });
  Object.assign(line.dataset, { a, b, c });
  line.append(Object.assign(document.createElement("span"), { textContent: name }));
  return line;
}
