// The code box: at the passage, with its words still in sight. Type two letters, Enter; an unknown name is a new code.
import { off } from "../keys.js";
import { boxesOf, rangesOf, reading } from "./points.js";
import { base, mayCode, mean, now, words } from "./state.js";
import { post } from "./changes.js";
import { exact, fitting, last, named, use } from "./codes.js";
import { draw } from "./coming.js";
import { decide } from "./typed.js";

const box = document.getElementById("codebox");
const field = document.getElementById("code-name");
const list = document.getElementById("code-list");
const typed = document.getElementById("code-typed");
const again = document.getElementById("last-code");
let choices = [], at = 0;
let finger = false; // whether the last pointer was a finger or a pen
let recent = null; // what was sent last and has no answer yet

export const opened = () => !box.hidden;
export const touched = () => finger;
document.addEventListener("pointerdown", (event) => { finger = event.pointerType !== "mouse"; }, true);

/** Open the box at the passage; with `type` the field takes what is typed from now on. */
export function open(type = true) {
  if (!now.passage || !mayCode) return;
  box.hidden = false;
  field.value = "";
  typed.hidden = true;
  const one = last();
  again.hidden = !one;
  if (one) again.textContent = words.last.replace("{name}", one.name);
  offer();
  stand();
  if (type) field.focus({ preventScroll: true });
}

export function close() {
  if (box.hidden) return;
  const held = box.contains(document.activeElement);
  box.hidden = true;
  if (held) reading.focus({ preventScroll: true });
}

/** Below the passage where there is room, else above it; never over its words, nor over the handles that a finger moves. */
function stand() {
  const GAP = finger ? 40 : 8;
  const lines = boxesOf(now.passage), high = lines[0], low = lines.at(-1);
  if (!low) return;
  const height = box.offsetHeight, below = low.bottom + GAP, above = high.top - height - GAP;
  const top = below + height < innerHeight || above < 60 ? below : above;
  const left = Math.max(8, Math.min(low.right - 40, innerWidth - box.offsetWidth - 8));
  box.style.cssText = `top:${top + scrollY}px;left:${left + scrollX}px`;
  const over = top + height - innerHeight;
  if (over > 0 && below + height > innerHeight && high.top - over > 100) scrollBy({ top: over + 8, behavior: "instant" });
}

function offer() {
  const value = field.value.trim();
  choices = fitting(value).map((code) => ({ code }));
  if (value && !exact(value)) choices.push({ name: value });
  at = 0;
  list.replaceChildren(...choices.map(({ code, name }, n) => {
    const line = document.createElement("li");
    line.id = `choice-${n}`;
    line.setAttribute("role", "option");
    if (code) {
      line.className = `c-${code.id}`;
      line.append(Object.assign(document.createElement("span"), { className: "dot" }), code.name);
      if (code.above) line.append(" ", Object.assign(document.createElement("small"), { textContent: code.above }));
      if (code.says) line.title = code.says;
    } else line.textContent = words.new.replace("{name}", name);
    line.addEventListener("pointerdown", (event) => { if (event.pointerType === "mouse") event.preventDefault(); }); // the selection stays; a finger may scroll
    line.addEventListener("click", () => choose(n));
    return line;
  }));
  point(0);
}

function point(n) {
  at = Math.max(0, Math.min(choices.length - 1, n));
  [...list.children].forEach((line, i) => line.setAttribute("aria-selected", i === at));
  const line = list.children[at];
  if (line) list.scrollTop = Math.min(line.offsetTop - list.offsetTop, Math.max(list.scrollTop, line.offsetTop - list.offsetTop + line.offsetHeight - list.clientHeight));
  if (choices.length) field.setAttribute("aria-activedescendant", `choice-${at}`);
}

function choose(n) {
  const { code, name } = choices[n] ?? {};
  if (code) return store({ code: code.id });
  if (name) return store({ name });
  return undefined;
}

/** Code the passage that is meant: it is drawn and the hands are free at once; what is typed and seems to identify comes
    back to be decided. */
export async function store(values, passage = now.passage) {
  if (!passage || !mayCode) return;
  close();
  recent = values;
  getSelection().removeAllRanges();
  const known = values.code ? named(values.code) : exact(values.name ?? wordsIn(passage));
  const answered = draw(passage, known?.id ?? "new", known?.name ?? values.name ?? wordsIn(passage));
  const answer = await post(`${base}${passage.d}/code/`, { start: passage.a, end: passage.b, ...values }, answered);
  if (recent === values) recent = null;
  if (answer?.ok) use(answer.said.code);
  else if (answer?.status === 422 && answer.said?.hits?.length) {
    mean(passage);
    open(false);
    field.value = values.name ?? "";
    decide(typed, answer.said.hits, (kept) => store({ ...values, kept }, passage));
    stand();
  }
}

const wordsIn = (passage) => rangesOf(passage).join(" ").slice(0, 200);
export const inVivo = () => store({ in_vivo: 1 });

/** Code with the last code again, also where its answer is still to come; whether there is one. */
export function repeat() {
  const one = last(), again_ = recent?.code || recent?.name ? recent : one && { code: one.id };
  if (again_) store({ ...again_ });
  return Boolean(again_);
}

field.addEventListener("input", () => { typed.hidden = true; offer(); });
field.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) point(at + step);
  else if (event.key === "Enter" && !event.isComposing) choose(at);
  else if (event.key === "Escape") close();
  else if (event.key === "." && !field.value) repeat();
  else return;
  event.preventDefault();
  event.stopPropagation();
});
document.getElementById("in-vivo").addEventListener("click", inVivo);
again.addEventListener("click", repeat);
addEventListener("resize", () => { if (!box.hidden) stand(); });
document.addEventListener("pointerdown", (event) => { if (!box.contains(event.target) && !reading.contains(event.target)) close(); });

// After a selection by mouse the box is there without the focus, so that the selection stays: the first letter goes into it.
addEventListener("keydown", (event) => {
  if (box.hidden || box.contains(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (event.key === "Escape") { close(); event.stopImmediatePropagation(); return; }
  if (!off() && /^[\p{L}\p{N}]$/u.test(event.key)) { field.focus({ preventScroll: true }); event.stopImmediatePropagation(); }
  else if (event.key === "Enter" && !event.target.closest("button, a")) { field.focus({ preventScroll: true }); event.preventDefault(); event.stopImmediatePropagation(); }
}, true);
