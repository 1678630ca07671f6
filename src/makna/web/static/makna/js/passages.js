// The passages of a code: choose some, split them off or take them away.
import { picking } from "./picking.js";

const words = JSON.parse(document.getElementById("picking-words").textContent);
picking(words, () => document.getElementById("split-name")?.focus());
