// Lines that are chosen: by mouse and with Shift a range of them, by keys, or all there are.
import { on } from "./keys.js";

/** Bind the lines (`.pick`) of the form `[data-picking]`; `doing` runs where somebody goes on to what is done with them. */
export function picking(words, doing) {
  const form = () => document.querySelector("[data-picking]");
  const lines = () => [...document.querySelectorAll("[data-picking] .pick")];
  const box = (line) => line.querySelector("input[type=checkbox]");
  const here = () => lines().find((line) => line.classList.contains("here"));
  let last = null;

  function told() {
    const all = form()?.querySelector("[data-all]");
    const n = lines().filter((line) => box(line)?.checked).length;
    for (const line of lines()) line.classList.toggle("chosen", Boolean(all?.checked || box(line)?.checked));
    const count = form()?.querySelector("[data-picked-count]");
    if (count) count.textContent = all?.checked ? all.parentElement.textContent.trim() : n ? words.some.replace("{n}", n) : words.none;
    form()?.querySelectorAll("[data-with-picked]").forEach((button) => { button.disabled = !n && !all?.checked; });
  }

  function stand(line) {
    if (!line) return;
    here()?.classList.remove("here");
    line.classList.add("here");
    (box(line) ?? line.querySelector("a"))?.focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  }

  function step(by, pick) {
    const all = lines();
    const at = here() ? all.indexOf(here()) : -1;
    const to = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (pick) for (const line of [all[at], to]) if (line && box(line)) box(line).checked = true;
    stand(to);
    if (pick) { last = to; told(); }
  }

  function range(to, checked) {
    const all = lines();
    const [from, until] = [all.indexOf(last), all.indexOf(to)].sort((a, b) => a - b);
    for (const line of all.slice(Math.max(from, 0), until + 1)) if (box(line)) box(line).checked = checked;
  }

  document.addEventListener("click", (event) => {
    const line = event.target.closest?.("[data-picking] .pick");
    if (!line || !box(line) || event.target.closest("a, button, summary")) return;
    const own = event.target === box(line);
    if (!own && (event.target.closest("label.box") || String(getSelection()).length)) return;
    if (!own) box(line).checked = !box(line).checked;
    if (event.shiftKey && last?.isConnected) range(line, box(line).checked);
    last = line;
    stand(line);
    told();
  });
  document.addEventListener("mousedown", (event) => {
    if (event.shiftKey && event.target.closest?.("[data-picking] .pick")) event.preventDefault();  // no words are selected
  });
  document.addEventListener("change", (event) => { if (event.target.closest?.("[data-picking]")) told(); });
  document.addEventListener("focusin", (event) => {
    const line = event.target.closest?.("[data-picking] .pick");
    if (line && line !== here()) { here()?.classList.remove("here"); line.classList.add("here"); }
  });
  // What was done with the chosen brings the lines anew: the focus goes back to the line that it stood on.
  let at = null;
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    at = event.target.closest("[data-picking]") && !event.target.closest("[data-more]") ? lines().indexOf(here()) : null;
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    told();
    if (event.detail.target?.id === "told") return;
    if (at !== null && form()) stand(lines()[Math.min(Math.max(at, 0), lines().length - 1)]);
    at = null;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest?.(".picked")) stand(here() ?? lines()[0]);
  });

  const set = (checked) => { for (const line of lines()) if (box(line)) box(line).checked = checked; told(); };
  on(["ArrowDown", "j"], words.next, () => step(1));
  on(["ArrowUp", "k"], words.previous, () => step(-1));
  on(["Shift+ArrowDown", "Shift+j", "J"], words.widen, () => step(1, true));
  on(["Shift+ArrowUp", "Shift+k", "K"], words.narrow, () => step(-1, true));
  on([" ", "x"], words.pick, (event) => {
    if (event.key === " " && event.target === box(here() ?? form())) return false;  // the box does it
    if (!here() || !box(here())) return false;
    box(here()).checked = !box(here()).checked;
    last = here();
    told();
  });
  on("*", words.everything, () => set(true));
  on("Escape", words.nothing, () => { const all = form()?.querySelector("[data-all]"); if (all) all.checked = false; set(false); });
  on(["Enter", "o"], words.open, () => { const to = here()?.dataset.open; if (!to) return false; location.href = to; });
  on("c", words.do, () => { if (!lines().some((line) => box(line)?.checked) && here() && box(here())) { box(here()).checked = true; told(); } doing(); });
  on("m", words.more, () => document.querySelector("[data-more]")?.click());
  told();
  return { step };
}
