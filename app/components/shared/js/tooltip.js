// A tooltip beside the pointer.

import { element } from "./elements.js";

/**
 * Say these lines beside a point of a card of this width; empty ones are left out.
 *
 * @param {HTMLElement} tooltip
 * @param {string[]} lines
 * @param {{ x: number, y: number }} point
 * @param {number} width
 */
export function tellBeside(tooltip, lines, { x, y }, width) {
  tooltip.replaceChildren(...lines.filter(Boolean).map((line) => element("div", {}, line)));
  tooltip.hidden = false;
  const own = tooltip.offsetWidth;
  const left = x + 16 + own > width ? x - own - 12 : x + 16;
  tooltip.style.transform = `translate(${Math.max(0, left)}px, ${y + 14}px)`;
}
