// What several cells' drawings have in common beside the forms of the easel.

import { setText } from "../../../shared/js/elements.js";
import {
  DIGITS,
  digitsThatAddUp,
  factor,
  visible,
  written,
} from "../../../shared/js/formatting.js";
import { tokenAt } from "../lookup.js";

/** What every layer of the cell reads: x and, unless it is drawn elsewhere, h₋. */
export function inputTag(easel, scene, x, y, width, more = ", h₋") {
  easel.add("rect", { x, y: y - 13, width, height: 26, rx: 13, class: "tag" });
  const node = easel.text(x + width / 2, y + 4, "", { class: "tag-text", "text-anchor": "middle" });
  easel.updates.push(() => {
    const token = tokenAt(scene, easel.stage.t);
    const shown = visible(token);
    setText(node, (token && shown.length < 5 ? `“${shown}”` : "x") + more);
  });
}

/** A number that rides on a stretch of the belt; on a phone there is no room but above it. */
export function onBelt(easel, { narrow, belt }, from, to, pick, style = "") {
  const y = narrow ? belt - 21 : belt + 4.5;
  easel.number((from + to) / 2, y, (n) => written(pick(n)), { class: `number on-belt ${style}`, "text-anchor": "middle" });
}

/** A sum in numbers, with as many digits as it takes to add up: a + b = c. */
export function sumText(terms, sum) {
  const found = digitsThatAddUp(terms, sum);
  const digits = found ?? DIGITS;
  const [first, ...others] = terms;
  return [written(first, digits), ...others.map((term) => ` + ${factor(term, digits)}`), ` ${found ? "=" : "≈"} ${written(sum, digits)}`].join("");
}
