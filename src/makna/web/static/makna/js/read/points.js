// Code points and the page. A passage is {d, a, b}: a document, and a half-open stretch of its code points.
// A browser counts UTF-16 units within text nodes; nothing outside this module does.
export const reading = document.getElementById("reading");
export const page = document.getElementById("read");

/** How many code points the first `end` units of `text` hold; half of a pair counts as the whole. */
export function points(text, end = text.length) {
  let count = 0;
  for (let i = 0; i < end; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < text.length) {
      const low = text.charCodeAt(i + 1);
      if (low >= 0xdc00 && low < 0xe000) i += 1;
    }
    count += 1;
  }
  return count;
}

/** How many UTF-16 units `count` code points of `text` take. */
export function units(text, count) {
  let i = 0;
  for (; count > 0 && i < text.length; count -= 1) i += text.codePointAt(i) > 0xffff ? 2 : 1;
  return i;
}

const low = (text, at) => at > 0 && at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;

export const pieceOf = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".unit");
export const start = (piece) => Number(piece.dataset.a);
export const end = (piece) => Number(piece.dataset.b);
export const wordsOf = (piece) => piece.querySelector(".words");
const texts = (words) => document.createTreeWalker(words, NodeFilter.SHOW_TEXT);

let index = null; // document -> its pieces, in order; made anew when a window came
export function forget() { index = null; }
export function piecesOf(d) {
  if (!index) {
    index = new Map();
    for (const piece of reading.getElementsByClassName("unit")) {
      if (!index.has(piece.dataset.d)) index.set(piece.dataset.d, []);
      index.get(piece.dataset.d).push(piece);
    }
  }
  return index.get(String(d)) ?? [];
}

/** The piece of document `d` that holds the code point `at`; with `ends`, the one that a stretch to `at` ends in. */
export function pieceAt(d, at, ends = false) {
  const all = piecesOf(d);
  let low_ = 0, high = all.length;
  while (low_ < high) {
    const middle = (low_ + high) >> 1;
    if (ends ? end(all[middle]) < at : end(all[middle]) <= at) low_ = middle + 1; else high = middle;
  }
  const found = all[low_];
  return found && (ends ? start(found) < at : start(found) <= at) ? found : null;
}

/** Where code point `at` of its document stands in a piece. */
export function place(piece, at) {
  const walker = texts(wordsOf(piece));
  let left = at - start(piece), node = walker.nextNode(), last = null;
  for (; node; last = node, node = walker.nextNode()) {
    const held = points(node.data);
    if (left < held) return [node, units(node.data, left)];
    left -= held;
  }
  return last ? [last, last.data.length] : [wordsOf(piece), 0];
}

/** The pieces that a passage touches, as far as they are on the page. */
export const piecesIn = ({ d, a, b }) => {
  const all = piecesOf(d);
  let low_ = 0, high = all.length;
  while (low_ < high) { const middle = (low_ + high) >> 1; if (end(all[middle]) <= a) low_ = middle + 1; else high = middle; }
  const found = [];
  for (; low_ < all.length && start(all[low_]) < b; low_ += 1) found.push(all[low_]);
  return found;
};

/** The words of a passage: a Range for each piece, so that nothing that stands between pieces is meant. */
export const rangesOf = (passage) => piecesIn(passage).map((piece) => {
  const range = document.createRange();
  range.setStart(...place(piece, Math.max(passage.a, start(piece))));
  const [node, offset] = place(piece, Math.min(passage.b, end(piece)) - 1);
  range.setEnd(node, node.nodeType === 3 ? offset + (node.data.codePointAt(offset) > 0xffff ? 2 : 1) : 0);
  return range;
});

/** The boxes of a passage's lines. */
export const boxesOf = (passage) => rangesOf(passage).flatMap((range) => [...range.getClientRects()]).filter((box) => box.width || box.height);

/** The code point of its document where (node, offset) stands; `ends` says which way half a pair is rounded. */
export function pointAt(node, offset, ends = false) {
  const piece = pieceOf(node), words = piece && wordsOf(piece);
  if (!words || !words.contains(node)) return null;
  if (node.nodeType === 1) {
    const range = document.createRange();
    range.setStart(words, 0);
    range.setEnd(node, offset);
    return start(piece) + points(range.toString());
  }
  const walker = texts(words);
  let count = 0;
  for (let text = walker.nextNode(); text && text !== node; text = walker.nextNode()) count += points(text.data);
  const within = low(node.data, offset) ? offset + (ends ? 1 : -1) : offset;
  return start(piece) + count + points(node.data, within);
}

/** The code point under a place of the screen. */
export function under(x, y, ends = false) {
  const spot = document.caretPositionFromPoint?.(x, y);
  const { startContainer, startOffset } = (spot ? null : document.caretRangeFromPoint?.(x, y)) ?? {};
  const node = spot?.offsetNode ?? startContainer;
  return node ? pointAt(node, spot?.offset ?? startOffset, ends) : null;
}

/** The passage that a Range selects: within the first document it touches. `cut` says that it went on into another. */
export function passageOf(range) {
  const all = [...reading.getElementsByClassName("words")];
  const edge = document.createRange();
  const find = (test) => {
    let from = 0, to = all.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      edge.selectNodeContents(all[middle]);
      if (test(edge)) to = middle; else from = middle + 1;
    }
    return from;
  };
  let first = find((words) => words.comparePoint(range.startContainer, range.startOffset) <= 0);
  let last = find((words) => words.comparePoint(range.endContainer, range.endOffset) < 0) - 1;
  if (first > last) return null;
  let a = pointAt(range.startContainer, range.startOffset) ?? start(pieceOf(all[first]));
  let b = pointAt(range.endContainer, range.endOffset, true) ?? end(pieceOf(all[last]));
  if (a >= end(pieceOf(all[first])) && first < last) a = start(pieceOf(all[first += 1]));
  if (b <= start(pieceOf(all[last])) && first < last) b = end(pieceOf(all[last -= 1]));
  const { d } = pieceOf(all[first]).dataset;
  const cut = pieceOf(all[last]).dataset.d !== d;
  if (cut) b = end(piecesOf(d).at(-1));
  return a < b ? { d, a, b, cut } : null;
}
