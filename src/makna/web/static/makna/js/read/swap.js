// Words drawn anew under the hands of whoever selects: what stays the same is not touched, and a selection stays where it is.
import { pieceAt, pieceOf, place, pointAt, reading } from "./points.js";

export function parsed(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  return [...made.content.childNodes];
}

/** Give `parent` these nodes; those of its own at the beginning and the end that are alike stay. */
export function swap(parent, next) {
  const old = [...parent.childNodes], most = Math.min(old.length, next.length);
  let head = 0, tail = 0;
  while (head < most && alike(old[head], next[head])) head += 1;
  while (tail < most - head && alike(old.at(-1 - tail), next.at(-1 - tail))) tail += 1;
  const after = old[old.length - tail] ?? null;
  old.slice(head, old.length - tail).forEach((node) => node.remove());
  next.slice(head, next.length - tail).forEach((node) => parent.insertBefore(node, after));
}

const alike = (one, other) => one === other || one.isEqualNode(other);

/** Run `change`, which draws words anew; what the hand has selected is selected afterwards too, from the same end. */
export function keeping(change) {
  const selection = getSelection();
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const held = !selection.isCollapsed && reading.contains(anchorNode) && reading.contains(focusNode);
  const back = selection.direction === "backward";
  const from = held ? spot(anchorNode, anchorOffset, back) : null, to = held ? spot(focusNode, focusOffset, !back) : null;
  change();
  if (!from || !to || (anchorNode.isConnected && focusNode.isConnected && selection.anchorNode === anchorNode && selection.focusNode === focusNode)) return;
  selection.setBaseAndExtent(...where(from), ...where(to));
}

function spot(node, offset, ends) {
  const at = pointAt(node, offset, ends);
  return at === null ? null : { d: pieceOf(node).dataset.d, at, ends };
}

const where = ({ d, at, ends }) => place(pieceAt(d, at, ends) ?? pieceAt(d, at), at);
