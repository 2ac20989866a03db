// The sentence on the page, under the drawing; a stage of several has none.

import { element, setText } from "../../../shared/js/elements.js";
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
  for (const [k, span] of spans.entries()) writeSpan(caption, span, caption.childNodes[k]);
  while (caption.childNodes.length > spans.length) caption.lastChild?.remove();
}

/**
 * Write a span in place of the one that stands there: most sentences are like the one before.
 *
 * @param {HTMLElement} caption
 * @param {Span} span
 * @param {Node | undefined} node
 */
function writeSpan(caption, span, node) {
  const { text, kind, signal } = span;
  if (kind === "plain" && node instanceof Text) setText(node, text);
  else if (kind !== "plain" && node instanceof HTMLElement) {
    setText(node, text);
    const style = signal ? colourOf(signal) : "";
    if ((node.getAttribute("style") ?? "") !== style) node.setAttribute("style", style);
  } else if (node) caption.replaceChild(asNode(span), node);
  else caption.append(asNode(span));
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
