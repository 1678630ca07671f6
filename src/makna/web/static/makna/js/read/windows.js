// A long text by windows: what is near is fetched first, the rest follows at once, and nothing on the screen moves.
import { page, reading, forget } from "./points.js";

const PIXELS = 0.52; // of height for a code point, until it is known
const AT_ONCE = 3;
const ready = [];
/** Call `run(window)` for every window whose text is there. */
export const onWindow = (run) => ready.push(run);

const guess = (window_) => `${Math.max(40, Math.round(window_.dataset.chars * PIXELS))}px`;
let waiting = []; // windows that are not there yet, the next one to fetch in front

const coming = new Map(); // windows being fetched

/** Put the text of a window in its place; whether it is there. */
export function fetchWindow(window_) {
  if (!window_.dataset.from) return Promise.resolve(true);
  if (!coming.has(window_)) coming.set(window_, put(window_).finally(() => coming.delete(window_)));
  return coming.get(window_);
}

async function put(window_) {
  const answer = await fetch(window_.dataset.from).catch(() => null);
  if (!answer?.ok) return false;
  window_.innerHTML = await answer.text();
  delete window_.dataset.from;
  window_.style.minHeight = "";
  near.unobserve(window_);
  forget();
  ready.forEach((run) => run(window_));
  return true;
}

// what comes into sight is fetched first
const near = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) if (isIntersecting) fetchWindow(target);
}, { rootMargin: "800px 0px" });

async function follow() {
  while (waiting.length) if (!await fetchWindow(waiting.shift())) return;
}

/** The windows in the order of their distance from the first that is there; those after it come first. */
function ordered(all) {
  const opened = all.findIndex((window_) => !window_.dataset.from);
  const far = (n) => (n > opened ? n - opened : 2 * (opened - n));
  return all.map((window_, n) => [far(n), window_]).filter(([, window_]) => window_.dataset.from)
    .sort(([one], [other]) => one - other).map(([, window_]) => window_);
}

export function begin() {
  const all = [...reading.getElementsByClassName("window")];
  for (const window_ of all) {
    if (all.length > 1) window_.style.containIntrinsicSize = `auto ${guess(window_)}`;
    if (!window_.dataset.from) { ready.forEach((run) => run(window_)); continue; }
    window_.style.minHeight = guess(window_);
    near.observe(window_);
  }
  waiting = ordered(all);
  requestAnimationFrame(() => setTimeout(async () => {
    await Promise.all(Array.from({ length: AT_ONCE }, follow));
    page.dataset.whole = "";
  }));
}

/** The window after (or before) that of `piece`, fetched where it is not there yet. */
export async function neighbour(piece, step) {
  const all = [...reading.getElementsByClassName("window")];
  const next = all[all.indexOf(piece.closest(".window")) + step];
  if (next) await fetchWindow(next);
  return next ?? null;
}
