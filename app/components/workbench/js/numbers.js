// The numbers beside the curves and pictures.

import { element, setText } from "../../shared/js/elements.js";
import { written } from "../../shared/js/formatting.js";

/**
 * A number in little room: powers of ten where it is small or large, a dash where it is none.
 *
 * @param {number} value
 */
export function short(value) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e4)) {
    return value.toExponential(1).replace("e-", "e−").replace("e+", "e");
  }
  return written(value, size < 1 ? 3 : 2);
}

/**
 * Write lines into an element, each with its class.
 *
 * @param {HTMLElement} node
 * @param {string[]} lines
 * @param {string[]} classes
 */
export function setLines(node, lines, classes) {
  while (node.children.length < lines.length) node.append(element("span"));
  while (node.children.length > lines.length) node.lastElementChild?.remove();
  lines.forEach((line, k) => {
    setText(node.children[k], line);
    node.children[k].className = classes[k];
  });
}
