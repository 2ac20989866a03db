// One row of the watched sequence: its label, its picture, its number.

import { element } from "../../shared/js/elements.js";
import { benchRow, picture } from "./parts.js";

/** @import { Row } from "./types.d.ts" */

/**
 * A row with its elements; `described` is what a screen reader says of the picture.
 *
 * @param {string} kind
 * @param {number} height
 * @param {Node[]} label
 * @param {string} described
 * @param {Pick<Row, "paint" | "tip" | "silent">} behaviour
 * @returns {Row}
 */
export function makeRow(kind, height, label, described, behaviour) {
  const canvas = picture(kind, described);
  const now = element("div", { class: "now" });
  const node = benchRow(kind, label, canvas, now);
  return { kind, height, canvas, now, node, scratch: element("canvas"), ...behaviour };
}
