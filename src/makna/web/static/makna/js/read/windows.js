// A long text by windows: what is near is fetched first, the rest follows at once, and nothing on the screen moves.
import { page, reading, forget } from "./points.js";

const PIXELS = 0.52; // of height for a code point, until it is known
const AT_ONCE = 3;
const ready = [];
/** Call `run(window)` for every window whose text is there. */
export const onWindow = (run) => ready.push(run);

const missing = () => [...reading.querySelectorAll(".window[data-from]:not([data-coming])")];
const guess = (window_) => `${Math.max(40, Math.round(window_.dataset.chars * PIXELS))}px`;

export async function fetchWindow(window_) {
  window_.dataset.coming = "";
  const answer = await fetch(window_.dataset.from);
  if (!answer.ok) { delete window_.dataset.coming; return false; }
  window_.innerHTML = await answer.text();
  delete window_.dataset.from;
  delete window_.dataset.coming;
  window_.style.minHeight = "";
  forget();
  ready.forEach((run) => run(window_));
  return true;
}

function nearest() {
  const middle = innerHeight / 2;
  const far = (window_) => {
    const { top, bottom } = window_.getBoundingClientRect();
    return top > middle ? top - middle : bottom < middle ? (middle - bottom) * 2 : 0;
  };
  return missing().map((window_) => [far(window_), window_]).sort((one, other) => one[0] - other[0])[0]?.[1];
}

async function follow() {
  for (let next = nearest(); next; next = nearest()) if (!await fetchWindow(next)) return;
}

export function begin() {
  const all = [...reading.getElementsByClassName("window")];
  for (const window_ of all) {
    if (all.length > 1) window_.style.containIntrinsicSize = `auto ${guess(window_)}`;
    if (window_.dataset.from) window_.style.minHeight = guess(window_);
    else ready.forEach((run) => run(window_));
  }
  if (missing().length) requestAnimationFrame(() => setTimeout(async () => {
    await Promise.all(Array.from({ length: AT_ONCE }, follow));
    page.dataset.whole = "";
  }));
  else page.dataset.whole = "";
}

/** The window after (or before) that of `piece`, fetched where it is not there yet. */
export async function neighbour(piece, step) {
  const all = [...reading.getElementsByClassName("window")];
  const next = all[all.indexOf(piece.closest(".window")) + step];
  if (next?.dataset.from && !("coming" in next.dataset)) await fetchWindow(next);
  return next ?? null;
}
