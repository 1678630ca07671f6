// What every page does: the quiet line, undo, keys that go somewhere, light and dark.
import { on, show, words } from "./keys.js";

const body = document.body;
const line = document.getElementById("told");

/** Say `text` in the quiet line; with `undo`, a button that takes it back. */
export function tell(text, undo = false) {
  line.replaceChildren(Object.assign(document.createElement("span"), { textContent: text }));
  if (undo && body.dataset.undo) {
    const button = Object.assign(document.createElement("button"), { textContent: `${words.undo} (Z)` });
    button.addEventListener("click", () => send(body.dataset.undo));
    line.append(" ", button);
  }
}

export const csrf = () => JSON.parse(body.getAttribute("hx-headers"))["X-CSRFToken"];

/** POST without a part of the page to swap: the answer's line is told, its events happen. */
export async function send(address, values = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) [value].flat().forEach((one) => form.append(name, one));
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body: form, headers: { "X-CSRFToken": csrf(), Accept: "application/json" } });
  } catch {
    tell(words.failed);
    return null;
  }
  happen(answer.headers.get("HX-Trigger"));
  const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
  if (!answer.ok) tell(said?.told ?? words.failed);
  return { ok: answer.ok, status: answer.status, said };
}

function happen(events) {
  if (!events) return;
  for (const [name, detail] of Object.entries(JSON.parse(events))) body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

body.addEventListener("told", (event) => tell(event.detail.text, event.detail.undo));
body.addEventListener("htmx:sendError", () => tell(words.failed));

// After undo a page that can mend itself cancels this event; every other is asked for anew, where it stands.
body.addEventListener("changed", (event) => {
  const asked = new CustomEvent("makna:mend", { detail: event.detail, cancelable: true, bubbles: true });
  if (body.dispatchEvent(asked)) htmx.ajax("GET", location.href, { target: "#main", select: "#main", swap: "outerHTML show:none" });
});

if (body.dataset.undo) {
  on("z", words.undo_key, () => { send(body.dataset.undo); }, { everywhere: true });
  on("Z", words.redo_key, () => { send(body.dataset.redo); }, { everywhere: true });
}
for (const link of document.querySelectorAll("[data-go]")) {
  on(`g ${link.dataset.go}`, words.go.replace("{page}", link.textContent), () => link.click(), { everywhere: true });
}
const search = document.querySelector('[data-go="s"]');
if (search) on("/", words.search, () => {
  const field = document.querySelector("[data-search]");
  field ? field.focus() : search.click();
}, { everywhere: true });
on("?", words.help, show, { everywhere: true });
document.getElementById("help")?.addEventListener("click", show);

document.getElementById("theme")?.addEventListener("click", () => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
  const next = now === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  document.cookie = `makna_theme=${next}; path=/; max-age=34560000; samesite=strict`;
});
