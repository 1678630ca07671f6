// Keys: one each for every action. They never act while somebody types and never shadow the browser's own.
const OFF = "makna-keys-off";
const bound = new Map(); // key -> {what, run, page}
let sequence = null;

export const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
export const off = () => localStorage.getItem(OFF) === "1";

/** Bind `key` ("j", "Shift+j", "ArrowDown", "g r") to `run`; `what` is what the list of keys says. */
export function on(keys, what, run, { everywhere = false } = {}) {
  for (const key of [keys].flat()) bound.set(key, { what, run, everywhere, first: [keys].flat()[0] });
}

const typing = (target) =>
  target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio|button|submit)$/.test(target.type);

function name(event) {
  const letter = event.key.length === 1;
  return event.shiftKey && (!letter || /[a-z]/i.test(event.key) && event.key === event.key.toLowerCase()) ? `Shift+${event.key}` : event.key;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]") || (off() && event.key !== "?")) return;
  const pressed = name(event);
  const key = sequence ? `${sequence} ${pressed}` : pressed;
  sequence = null;
  const found = bound.get(key);
  if (found) {
    if ((event.key === "Enter" || event.key === " ") && event.target.closest("a, button, summary, [role=button]")) return;
    if (found.run(event) !== false) event.preventDefault();
  } else if ([...bound.keys()].some((one) => one.startsWith(`${key} `))) {
    sequence = key;
    setTimeout(() => { if (sequence === key) sequence = null; }, 1500);
  }
});

/** Show all keys of this page. */
export function show() {
  const box = document.getElementById("keys");
  const lists = { here: [], everywhere: [] };
  const seen = new Map();
  for (const [key, { what, everywhere, first }] of bound) {
    const id = `${first}|${what}`;
    if (!seen.has(id)) { seen.set(id, { what, keys: [] }); lists[everywhere ? "everywhere" : "here"].push(seen.get(id)); }
    seen.get(id).keys.push(key);
  }
  box.replaceChildren();
  box.append(make("h2", words.keys));
  for (const part of ["here", "everywhere"]) {
    if (!lists[part].length) continue;
    box.append(make("h3", words[part]));
    const list = box.appendChild(document.createElement("ul"));
    for (const { what, keys } of lists[part]) {
      const line = list.appendChild(document.createElement("li"));
      keys.forEach((key) => line.append(...key.split(" ").map((one) => make("kbd", one)), " "));
      line.append(` ${what}`);
    }
  }
  const turn = box.appendChild(make("button", off() ? words.on : words.off));
  turn.addEventListener("click", () => { localStorage.setItem(OFF, off() ? "0" : "1"); box.close(); });
  const close = box.appendChild(make("button", words.close));
  close.addEventListener("click", () => box.close());
  box.showModal();
  close.focus();
}

function make(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
