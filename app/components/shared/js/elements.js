// Small helpers to make elements. Text is always set as text, never as markup.

/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */

const SVG = "http://www.w3.org/2000/svg";

/**
 * element("button", {class: "play", "aria-label": "Play"}, "text" | node, ...)
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

/**
 * The same for a drawing.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function shape(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

/**
 * Set attributes: true is an empty one, and what is null, undefined or false is left out.
 *
 * @param {Element} node
 * @param {Attributes} attributes
 */
export function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
}

/**
 * Set text only where it differs: untouched text costs no layout, and a changed one no new node.
 *
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  const { firstChild } = node;
  if (firstChild instanceof Text && firstChild === node.lastChild) {
    if (firstChild.data !== text) firstChild.data = text;
  } else if (node.textContent !== text) node.textContent = text;
}

/**
 * A small picture on a button, drawn by a path on a square of 16.
 *
 * @param {string} path
 */
export function icon(path) {
  const size = { viewBox: "0 0 16 16", width: 14, height: 14 };
  return shape(
    "svg",
    { ...size, class: "icon", "aria-hidden": "true" },
    shape("path", { d: path }),
  );
}

/**
 * A button of the class `name`.
 *
 * @param {string} name
 * @param {string} label
 * @param {(Node | string)[]} content
 * @param {() => void} act
 */
export function button(name, label, content, act) {
  const node = element(
    "button",
    { type: "button", class: name, "aria-label": label, title: label },
    ...content,
  );
  node.addEventListener("click", act);
  return node;
}

/**
 * An entry of a list.
 *
 * @param {string | number} value
 * @param {string} text
 */
export function option(value, text) {
  return element("option", { value }, text);
}
