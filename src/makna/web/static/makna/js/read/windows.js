// A long text by windows: what is near is fetched first, the rest follows at once, and nothing on the screen moves.
import { page, reading, forget } from "./points.js";

let pixels = 0.6; // of height for a code point, until the opened window tells
const AT_ONCE = 2, TOGETHER = 3; // requests under way, and windows that one of them brings
const ready = [];
/** Call `run(window)` for every window whose text is there. */
export const onWindow = (run) => ready.push(run);

const guess = (window_) => `${Math.max(40, Math.round(window_.dataset.chars * pixels))}px`;
let opened = 0; // the window that came with the page
let waiting = []; // windows that are not there yet, the next one to fetch in front

const coming = new Map(); // windows being fetched

/** Put the text of a window in its place; whether it is there. */
export const fetchWindow = (window_) => fetchAll([window_]);

/** The same for windows that follow each other, in one request. */
function fetchAll(run) {
  if (run.length === 1 && !run[0].dataset.from) return Promise.resolve(true);
  if (run.length === 1 && coming.has(run[0])) return coming.get(run[0]);
  const made = put(run).finally(() => run.forEach((one) => coming.delete(one)));
  run.forEach((one) => coming.set(one, made));
  return made;
}

async function put(run) {
  const numbers = run.map((one) => Number(one.dataset.w)), first = Math.min(...numbers), last = Math.max(...numbers);
  const address = run[0].dataset.from.replace(/\d+\/$/, first === last ? `${first}/` : `${first}-${last}/`);
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return false;
  const parts = document.createElement("template");
  parts.innerHTML = await answer.text();
  for (const part of [...parts.content.children]) fill(run.find((one) => one.dataset.w === part.dataset.w), part);
  return true;
}

function fill(window_, part) {
  window_.style.containIntrinsicSize = `auto ${guess(window_)}`; // what is out of sight is not laid out, and needs a height
  window_.replaceChildren(...part.childNodes);
  delete window_.dataset.from;
  window_.style.minHeight = "";
  near.unobserve(window_);
  forget();
  ready.forEach((run) => run(window_));
}

// what comes into sight is fetched first
const near = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) if (isIntersecting) fetchWindow(target);
}, { rootMargin: "800px 0px" });

async function follow() {
  while (waiting.length) if (!await fetchAll(next())) return;
}

/** The window to fetch next, with its neighbours away from the first that is there. */
function next() {
  const run = [waiting.shift()], way = Number(run[0].dataset.w) > opened ? 1 : -1;
  while (run[0].dataset.from && !coming.has(run[0]) && run.length < TOGETHER) {
    const n = waiting.findIndex((one) => Number(one.dataset.w) === Number(run.at(-1).dataset.w) + way);
    if (n < 0 || !waiting[n].dataset.from || coming.has(waiting[n])) break;
    run.push(...waiting.splice(n, 1));
  }
  return run;
}

/** The windows in the order of their distance from the first that is there; those after it come first. */
function ordered(all) {
  opened = Math.max(0, all.findIndex((window_) => !window_.dataset.from));
  const far = (n) => (n > opened ? n - opened : 2 * (opened - n));
  return all.map((window_, n) => [far(n), window_]).filter(([, window_]) => window_.dataset.from)
    .sort(([one], [other]) => one - other).map(([, window_]) => window_);
}

export function begin() {
  const all = [...reading.getElementsByClassName("window")];
  waiting = ordered(all);
  const first = all[opened], high = all.length > 1 ? first.getBoundingClientRect().height : 0;
  if (high && first.dataset.chars > 1000) pixels = high / first.dataset.chars;
  for (const window_ of all) {
    if (!window_.dataset.from) { ready.forEach((run) => run(window_)); continue; }
    window_.style.minHeight = guess(window_);
    near.observe(window_);
  }
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
