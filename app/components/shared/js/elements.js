// Small helpers to make elements. Text is always set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** element("button", {class: "play", "aria-label": "Play"}, "text" | node, ...) */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

/** The same for a drawing. */
export function shape(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

export function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : value);
  }
}

/** Set text only where it differs: untouched text costs no layout. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A small picture on a button, drawn by a path on a square of 16. */
export function icon(path) {
  const size = { viewBox: "0 0 16 16", width: 14, height: 14 };
  return shape("svg", { ...size, class: "icon", "aria-hidden": "true" }, shape("path", { d: path }));
}

export function button(name, label, content, act) {
  const node = element("button", { type: "button", class: name, "aria-label": label, title: label }, ...content);
  node.addEventListener("click", act);
  return node;
}

export function option(value, text) {
  return element("option", { value }, text);
}
