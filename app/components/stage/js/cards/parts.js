// The parts of a drawing that one can press: buttons that lie on it, so that keys, fingers and
// screen readers find them, and that a word of a lesson can light up.

import { element } from "../../../shared/js/elements.js";
import { fillText } from "../../../shared/js/words.js";
import { canPull } from "../pull.js";

/** @import { Box, Stage } from "../types.d.ts" */

const SMALLEST_PART = 24; // pixels that a finger needs

/**
 * A layer of buttons over the drawing, one for each of its parts that the glossary knows.
 *
 * @param {Stage} stage
 * @param {{ id: string, box: Box }[]} drawn - the parts and where they are
 */
export function partButtons(stage, drawn) {
  const { words, parts } = stage.scene.cards;
  const known = new Map(parts.map((part) => [part.id, part]));
  const buttons = drawn.flatMap(({ id, box }) => {
    const part = known.get(id);
    const signal = stage.scene.signals.find(({ name }) => name === id);
    if (!part || (signal && canPull(stage.scene, signal))) return []; // its handle is pressed
    const label = fillText(words.open, { title: part.title });
    const node = element("button", { type: "button", class: "part", "aria-label": label });
    node.dataset.part = id;
    Object.assign(node.style, buttonPlace(box));
    return [node];
  });
  return element("div", { class: "parts" }, ...buttons);
}

/**
 * Where a button lies: on the part, and never too small for a finger.
 *
 * @param {Box} box
 */
function buttonPlace({ left, top, width, height }) {
  const [wide, high] = [Math.max(width, SMALLEST_PART), Math.max(height, SMALLEST_PART)];
  return {
    left: `${left + (width - wide) / 2}px`,
    top: `${top + (height - high) / 2}px`,
    width: `${wide}px`,
    height: `${high}px`,
  };
}

/**
 * What is pressed of a part on a stage, its button or the handle by which it is pulled; null where
 * the drawing does not have it.
 *
 * @param {Stage} stage
 * @param {string} id
 * @returns {HTMLElement | null}
 */
export function partButton(stage, id) {
  return stage.parts.drawing.querySelector(`[data-part="${CSS.escape(id)}"]`);
}
