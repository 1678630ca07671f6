// Which passage is meant: the one that keys and buttons act on. It stays when a field takes the focus.
import { page, rangesOf } from "./points.js";

export const words = JSON.parse(document.getElementById("read-words").textContent);
export const base = page.dataset.base;
export const mayCode = "codable" in page.dataset;
export const now = { passage: null, coding: null }; // coding: {k, c, d, a, b, mine} where one was chosen
const listeners = [];

/** Call `run(passage)` whenever another passage is meant. */
export const onPassage = (run) => listeners.push(run);

export function mean(passage, coding = null) {
  now.passage = passage;
  now.coding = coding;
  paint();
  listeners.forEach((run) => run(passage));
}

const drawers = [];
/** Call `run(pieces)` whenever the words of pieces were drawn anew. */
export const onDrawn = (run) => drawers.push(run);
export const drawn = (pieces) => drawers.forEach((run) => run(pieces));

/** Draw the passage again, after the words under it were drawn anew. */
export function paint() {
  light("passage", now.passage);
}

/** Light up passages by the CSS Custom Highlight API, which touches no element. */
export function light(name, ...passages) {
  if (!CSS.highlights) return;
  const ranges = passages.flatMap((one) => (one ? rangesOf(one) : []));
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges)); else CSS.highlights.delete(name);
}

let waiting = 0;
onPassage((passage) => {
  clearTimeout(waiting);
  if (passage) waiting = setTimeout(() => {
    const { searched } = page.dataset;
    const at = `?at=${passage.a}-${passage.b}${searched ? `&${new URLSearchParams({ q: searched })}` : ""}`;
    const here = passage.d === page.dataset.document;
    history.replaceState(history.state, "", here ? at : `${base}${passage.d}/${at}`);
  }, 400);
});
