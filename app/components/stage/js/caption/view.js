// The sentence on the page, under the drawing; a stage of several has none.

import { element } from "../../../shared/js/elements.js";
import { colourOf } from "../../../shared/js/theme.js";
import { timestepOf } from "../group.js";
import { captionSpans } from "./caption.js";

/** @import { Stage } from "../types.d.ts" */
/** @import { Span } from "./types.d.ts" */

/**
 * Write what happens now under the drawing.
 *
 * @param {Stage} stage
 */
export function writeCaption(stage) {
  if (stage.group.compact) return;
  stage.parts.caption.replaceChildren(...captionNow(stage).map(spanNode));
}

/**
 * What happens now, as plain text.
 *
 * @param {Stage} stage
 */
export function spokenCaption(stage) {
  if (stage.group.compact) return "";
  return captionNow(stage)
    .map(({ text }) => text)
    .join("");
}

/**
 * @param {Stage} stage
 */
function captionNow(stage) {
  const { scene, unit, drawing, group } = stage;
  const names = drawing.phases.map((phase) => phase.name);
  return captionSpans(scene, timestepOf(stage), unit, { names, now: group.phase });
}

/**
 * @param {Span} span
 * @returns {Node | string}
 */
function spanNode({ text, kind, signal }) {
  if (kind === "plain") return text;
  return element("b", { style: signal && colourOf(signal) }, text);
}
