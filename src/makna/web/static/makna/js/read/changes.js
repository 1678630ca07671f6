// What an answer of the workbench changes on the page: a few pieces and the stripes beside them, bars and colours. No more.
import { send } from "../app.js";
import { reading, page, wordsOf } from "./points.js";
import { base, drawn, now, paint } from "./state.js";
import { redraw } from "./stripes.js";
import { repoint } from "./caret.js";
import { learn } from "./codes.js";
import { again } from "./coming.js";
import { keeping, parsed, swap } from "./swap.js";

const listeners = [];
/** Call `run()` after something on the page changed. */
export const onChange = (run) => listeners.push(run);

let turn = Promise.resolve();

/** Do `run` when all that was sent before has been answered: what hands do fast is done in their order. */
export function inTurn(run) {
  turn = turn.then(run, run);
  return turn;
}

/** Whatever was sent so far has been answered. */
export const settled = () => turn.catch(() => {});

/** POST a change; what others did since the page was drawn comes with the answer. `answered(ok)` is called before it is drawn. */
export const post = (address, values, answered = () => {}) => inTurn(async () => {
  const answer = await send(address, { event: page.dataset.event, ...values });
  answered(Boolean(answer?.ok));
  if (answer?.ok) apply(answer.said);
  else if (answer?.status === 409 || answer?.status === 404) catchUp();
  return answer;
});

export function apply(answer) {
  if (!answer || answer.all) return answer?.all ? location.reload() : undefined;
  page.dataset.event = answer.event;
  if (answer.codes) learn(answer.codes, answer.colours);
  const pieces = answer.pieces.map(({ id, ...drawn }) => [document.getElementById(id), drawn]).filter(([piece]) => piece);
  const windows = new Set(pieces.map(([piece]) => piece.closest(".window")));
  keeping(() => {
    for (const [piece, { html, names }] of pieces) put(piece, html, names);
    again(pieces.map(([piece]) => piece));
  });
  drawn(pieces.map(([piece]) => piece));
  redraw(windows);
  soon(windows);
  if (now.coding && !reading.querySelector(`.names > li[data-k="${now.coding.k}"]`)) now.coding = null;
  paint();
  repoint();
  listeners.forEach((run) => run());
}

function put(piece, html, names) {
  const list = piece.querySelector(".names"), there = new Map([...list.children].map((line) => [sign(line), line]));
  swap(wordsOf(piece), parsed(html));
  swap(list, parsed(names).map((line) => there.get(sign(line)) ?? line));
  list.hidden = !names;
}

/** What a name in the margin says; its stripe is as it was where this is. */
const sign = ({ dataset: { k, c, a, b }, classList, textContent }) =>
  [k, c, a, b, classList.contains("other"), classList.contains("on"), textContent].join();

const stale = new Set();
let waiting = 0;
function soon(windows) {
  for (const window_ of windows) stale.add(window_.closest(".leaf").dataset.d);
  clearTimeout(waiting);
  if (stale.size) waiting = setTimeout(bars, 1200);
}

async function bars() {
  const asked = new URLSearchParams([...stale].filter(bar).map((one) => ["document", one]));
  stale.clear();
  if (!asked.size) return;
  const answer = await fetch(`${base}shares/?${asked}`);
  if (answer.ok) for (const [one, share] of Object.entries(await answer.json())) bar(one).value = share;
}

const bar = (document_) => document.querySelector(`.sources li[data-document="${document_}"] meter`);

/** Bring the page up to date with what was done since it was drawn: an undo, or somebody else's work. */
export async function catchUp() {
  const answer = await fetch(`${base}since/${page.dataset.event}/`, { headers: { Accept: "application/json" } });
  if (answer.ok) apply(await answer.json());
}

