// Review by keys: one for each decision. A class is typed by its beginning; Enter masks.
import { on } from "./keys.js";

const words = document.getElementById("key-words").dataset;
const press = (id) => { const button = document.getElementById(id); if (!button) return false; button.click(); };
let verb = "do-mask";

function choose(button) {
  const label = document.getElementById("label");
  if (!label) return false;
  verb = button;
  label.focus();
  label.select();
}

on("m", words.mask, () => choose("do-mask"));
on("k", words.keep, () => press("do-keep"));
on("e", words.everywhere, () => choose("do-everywhere"));
on("n", words.never, () => press("do-never"));
on("s", words.later, () => press("do-later"));
on("u", words.undo, () => press("do-undo"));

document.addEventListener("keydown", (event) => {
  if (event.target.id !== "label") return;
  if (event.key === "Enter") {
    event.preventDefault();
    event.target.blur(); // the next key decides about the next span
    press(verb);
  } else if (event.key === "Escape") event.target.blur();
});
