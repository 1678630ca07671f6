// Search: lines are chosen and coded; the code box stands one key away.
import { on } from "./keys.js";
import { picking } from "./picking.js";

const words = JSON.parse(document.getElementById("picking-words").textContent);
const { step } = picking(words, () => document.getElementById("code-name")?.focus());

// From the field straight to the lines, and out of it.
document.addEventListener("keydown", (event) => {
  if (event.target.id !== "q") return;
  if (event.key === "ArrowDown" && document.querySelector("#results .pick")) { event.preventDefault(); step(1); }
  if (event.key === "Escape" && !event.target.value) event.target.blur();
});
// What nobody chose does not stand in the address.
document.body.addEventListener("htmx:configRequest", (event) => {
  if (event.target.id !== "asking") return;
  const sent = event.detail.formData;
  for (const [name, value] of [...sent.entries()]) if (value === "" && name !== "q") sent.delete(name);
});

on("n", words.filters, () => {
  const part = document.getElementById("narrow");
  part.open = true;
  part.querySelector("input, select").focus();
});
