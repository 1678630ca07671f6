// Search: lines are chosen and coded; the code box stands one key away.
import { on } from "./keys.js";
import { picking } from "./picking.js";

const words = JSON.parse(document.getElementById("picking-words").textContent);
picking(words, () => document.getElementById("code-name")?.focus());

on("n", words.filters, () => {
  const part = document.getElementById("narrow");
  part.open = true;
  part.querySelector("input, select").focus();
});
