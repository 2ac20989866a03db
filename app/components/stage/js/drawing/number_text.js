// A number of the drawing as text, and what becomes of it where it is long.

const GATE_DIGIT = 8.3; // pixels of a layer's number

/**
 * A number by its name, as text.
 *
 * @param {string} name
 */
export function numberNamed(name) {
  return (/** @type {Record<string, string>} */ texts) => texts[name] ?? "…";
}

/**
 * Have a number of many digits stay in its room; a step measures nothing on the page.
 *
 * @param {SVGTextElement} node
 * @param {number} room
 */
export function squeeze(node, room) {
  const isLong = (node.textContent ?? "").length * GATE_DIGIT > room;
  if (isLong === node.hasAttribute("textLength")) return;
  if (!isLong) {
    node.removeAttribute("textLength");
    return;
  }
  node.setAttribute("textLength", String(room));
  node.setAttribute("lengthAdjust", "spacingAndGlyphs");
}
