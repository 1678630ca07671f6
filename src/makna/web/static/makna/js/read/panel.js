// The panel: everything on the passage that is meant. It is asked for when the passage rests, and never over what is typed.
import { tell } from "../app.js";
import { piecesIn } from "./points.js";
import { base, mean, now, onPassage, words } from "./state.js";
import { onChange, post, settled } from "./changes.js";
import { open } from "./codebox.js";
import { decide } from "./typed.js";

const panel = document.querySelector(".panel");
const part = () => document.getElementById("passage");
let waiting = 0, asked = null;

const typing = () => [...part().querySelectorAll("textarea")].some((field) => field.value.trim() && !field.closest("[hidden]"));

async function put(address) {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(address, { signal: asked.signal });
    if (answer.ok) part().outerHTML = await answer.text();
    mark();
    return answer.ok;
  } catch (error) {
    if (error.name !== "AbortError") tell(words.failed);
    return false;
  }
}

function mark() {
  for (const line of part().querySelectorAll(".codings > li")) line.toggleAttribute("data-chosen", Number(line.dataset.k) === now.coding?.k);
}

const same = ({ d, a, b }) => part().dataset.d === String(d) && part().dataset.a === String(a) && part().dataset.b === String(b);
const comparing = () => "comparing" in part().dataset;
async function there() {
  clearTimeout(waiting);
  const passage = now.passage;
  if (!passage) return false;
  return (same(passage) && !comparing()) || put(`${base}${passage.d}/passage/${passage.a}-${passage.b}/`);
}

/** Another passage, or a change: the panel follows, unless something is typed or compared there. */
function soon(changed = false) {
  clearTimeout(waiting);
  if (!now.passage || typing() || (comparing() && same(now.passage))) return;
  if (changed) delete part().dataset.d;
  waiting = setTimeout(there, 140);
}

onPassage(() => soon());
onChange(() => soon(true));

/** The passage that was meant when a key was pressed, once all that was sent before it stands on the page. */
async function meant() {
  const passage = now.passage;
  await settled();
  if (passage && now.passage !== passage) mean(passage);
  return passage;
}

async function unfold(id, field) {
  if (!await meant() || !await there()) return;
  for (const form of part().querySelectorAll("form")) form.hidden = form.id !== id;
  const form = document.getElementById(id);
  if (id === "memo-form" && now.coding && form.coding) form.coding.value = now.coding.k;
  (form.querySelector(field) ?? form.querySelector("button"))?.focus();
}

export const memo = () => unfold("memo-form", "textarea");
export const evidence = () => unfold("evidence-form", "select");

export async function compare(code = now.coding?.c, page = 0) {
  const passage = await meant();
  clearTimeout(waiting);
  if (!passage) return;
  const chosen = code ?? (await there(), part().querySelector(".codings > li")?.dataset.c);
  if (!chosen) { tell(words.pick); return; }
  await put(`${base}${passage.d}/compare/${passage.a}-${passage.b}/${chosen}/${page ? `?page=${page}` : ""}`);
  panel.scrollTop = 0;
}

/** Take a coding of the passage away; where there are several, ask which by number. */
export async function remove() {
  if (now.coding?.mine) { take([now.coding.k]); return; }
  if (!await meant()) return;
  await there();
  const mine = [...part().querySelectorAll(".codings > li[data-mine]")];
  if (mine.length === 1) take([mine[0].dataset.k]);
  else if (!mine.length) tell(words.none);
  else {
    tell(words.choose);
    mine.slice(0, 9).forEach((line, n) => { line.dataset.number = n + 1; });
  }
}

/** A digit after `remove` asked: whether it meant a coding. */
export function chosen(digit) {
  const line = part().querySelector(`.codings > li[data-number="${digit}"]`);
  if (!line) return false;
  take([line.dataset.k]);
  return true;
}

async function take(codings) {
  await post(`${base}codings/remove/`, { coding: codings });
}

panel.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const line = button.closest(".codings > li");
  if (button.classList.contains("remove")) take([line.dataset.k]);
  else if (button.classList.contains("coding-name")) {
    const { k, c, a, b } = line.dataset;
    const coding = { k: Number(k), c: Number(c), d: part().dataset.d, a: Number(a), b: Number(b), mine: "mine" in line.dataset };
    mean({ d: coding.d, a: coding.a, b: coding.b }, coding);
    if (!piecesIn(coding).length) location.assign(`${base}${coding.d}/?at=${a}-${b}`);
  } else if (button.dataset.do === "code") open();
  else if (button.dataset.do === "memo") memo();
  else if (button.dataset.do === "evidence") evidence();
  else if (button.dataset.do === "compare") compare(button.dataset.c, Number(button.dataset.page ?? 0));
  else if (button.dataset.do === "back") { delete part().dataset.d; there(); }
  else if (button.dataset.do === "close") fold(button.closest("form"));
});

function fold(form) {
  form.reset();
  form.hidden = true;
  document.getElementById("reading").focus({ preventScroll: true });
}

panel.addEventListener("submit", (event) => {
  event.preventDefault();
  write(event.target);
});

async function write(form, kept = []) {
  const values = Object.fromEntries(new FormData(form));
  const beside = comparing();
  const answer = await post(form.dataset.to, kept.length ? { ...values, kept } : values);
  if (!answer) return;
  if (answer.status === 422 && answer.said?.hits?.length) decide(form.querySelector(".typed"), answer.said.hits, (one) => write(form, one));
  else if (answer.ok) {
    form.reset();
    if (beside) compare(values.code);
    else {
      soon(true);
      document.getElementById("reading").focus({ preventScroll: true });
    }
  }
}

panel.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const form = event.target.closest("form");
  if (form) fold(form);
});
