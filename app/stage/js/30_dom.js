// Small helpers to make elements. Text is always set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** element("button", {class: "play", "aria-label": "Play"}, "text" | node, ...) */
function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

/** The same for a drawing. */
function shape(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : value);
  }
}

/** Set text only where it differs: untouched text costs no layout. */
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function option(value, text) {
  return element("option", { value }, text);
}

/** The stage's parts, in reading order: note, drawing, numbers, transport, board, choices, keys. */
function buildSkeleton() {
  const parts = {
    note: element("p", { class: "note" }),
    drawing: element("div", { class: "drawing" }),
    numbers: element("div", { class: "numbers" }),
    transport: element("div", { class: "transport", role: "toolbar", "aria-label": "Play the run" }),
    board: element("div", { class: "board" }),
    choices: element("div", { class: "choices" }),
    footnote: element("p", { class: "footnote" }),
    live: element("div", { class: "live", role: "status", "aria-live": "polite", "aria-atomic": "true" }),
    help: element("div", { class: "help", role: "dialog", "aria-label": "Keys", hidden: true }),
  };
  const root = element("section", {
    class: "stage",
    tabindex: "0",
    role: "region",
    "aria-label": "Stage: the network, timestep by timestep",
  });
  const equations = element("div", { class: "equations" });
  parts.numbers.append(equations);
  root.append(...Object.values(parts));
  return { root, equations, ...parts };
}
