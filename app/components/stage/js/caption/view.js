// The sentence on the page, under the drawing; a stage of several has none.

import { element } from "../../../shared/js/elements.js";
import { colourOf } from "../../../shared/js/theme.js";
import { saidOfMissing } from "../details.js";
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
  const { caption } = stage.parts;
  const spans = captionNow(stage);
  const shown = JSON.stringify(spans.map(({ text, signal }) => [text, signal && colourOf(signal)]));
  if (caption.dataset.shown === shown) return;
  caption.dataset.shown = shown;
  caption.replaceChildren(...spans.map(asNode)); // a node that is kept and moves is a layout shift
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
 * @returns {Span[]}
 */
function captionNow(stage) {
  const { scene, unit, drawing, group, numbers } = stage;
  const missing = "carried" in numbers ? "" : saidOfMissing(stage);
  if (missing) return [{ text: missing, kind: "plain" }];
  const names = drawing.phases.map((phase) => phase.name);
  return captionSpans(scene, timestepOf(stage), unit, { names, now: group.phase });
}

/**
 * @param {Span} span
 * @returns {Node}
 */
function asNode({ text, kind, signal }) {
  if (kind === "plain") return document.createTextNode(text);
  return element("b", { style: signal && colourOf(signal) }, text);
}
