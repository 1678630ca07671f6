// The matrix of codes and concepts: arrows go from cell to cell, Enter writes in one.
import { on } from "./keys.js";

const words = JSON.parse(document.getElementById("matrix-words")?.textContent ?? "{}");
const table = () => document.getElementById("matrix");
let last = null;  // the place of the cell that was written in: [row, column]

function cellAt(row, column) { return table()?.tBodies[0].rows[row]?.cells[column]; }
function place() {
  const cell = document.activeElement?.closest?.("#matrix tbody td");
  return cell ? [cell.parentElement.sectionRowIndex, cell.cellIndex] : null;
}
function go(down, right) {
  const at = place();
  const to = at ? cellAt(at[0] + down, at[1] + right) : cellAt(0, 1);
  if (!to || to.tagName !== "TD") return at !== null;
  to.querySelector("a, textarea")?.focus();
}
if (table()) {
  on(["ArrowRight", "l"], words.right, () => go(0, 1));
  on(["ArrowLeft", "h"], words.left, () => go(0, -1));
  on(["ArrowDown", "j"], words.down, () => go(1, 0));
  on(["ArrowUp", "k"], words.up, () => go(-1, 0));
  on("Enter", words.edit, () => false);  // the cell's own link opens it; listed so that it is known
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.target.closest?.("td.open")?.querySelector("[data-close]")?.click();
});
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const cell = event.detail.target.closest?.("#matrix td");
  last = cell && event.detail.shouldSwap ? [cell.parentElement.sectionRowIndex, cell.cellIndex] : null;
});
document.body.addEventListener("htmx:afterSettle", () => {
  if (!last) return;
  const cell = cellAt(...last);
  last = null;
  (cell?.querySelector("textarea") ?? cell?.querySelector("a.cell"))?.focus();
});
