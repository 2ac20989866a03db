// The numbers beside the curves and pictures.

import { element, setText } from "../../shared/js/elements.js";
import { written } from "../../shared/js/formatting.js";

export function short(value) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e4)) return value.toExponential(1).replace("e-", "e−").replace("e+", "e");
  return written(value, size < 1 ? 3 : 2);
}

export function setLines(node, lines, classes) {
  while (node.childNodes.length < lines.length) node.append(element("span"));
  while (node.childNodes.length > lines.length) node.lastChild.remove();
  lines.forEach((line, k) => {
    setText(node.childNodes[k], line);
    node.childNodes[k].className = classes[k];
  });
}
