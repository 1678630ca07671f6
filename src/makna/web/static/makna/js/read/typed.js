// What was typed and seems to name or reach a person: each place is shown, and kept or written anew.
import { words } from "./state.js";

const make = (tag, values = {}) => Object.assign(document.createElement(tag), values);

/** Show `hits` in `where`; `store(kept)` sends again with the words that are kept. */
export function decide(where, hits, store) {
  const list = make("ul", { className: "hits" });
  for (const { before, word, after, label } of hits) {
    const line = list.appendChild(make("li")), keep = line.appendChild(make("label"));
    keep.append(make("input", { type: "checkbox", value: word }), ` ${words.keep}`);
    const context = line.appendChild(make("span", { className: "context" }));
    context.append(` ${before}`, make("mark", { className: "doubt", textContent: word }), after);
    line.append(" ", make("small", { textContent: label }));
  }
  const button = make("button", { type: "button", textContent: words.store });
  button.addEventListener("click", () => { where.hidden = true; store([...list.querySelectorAll("input:checked")].map((one) => one.value)); });
  where.replaceChildren(make("p", { textContent: words.hits }), list, button);
  where.hidden = false;
}
