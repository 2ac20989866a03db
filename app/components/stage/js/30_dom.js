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

/** A small picture on a button, drawn by a path on a square of 16. */
function icon(path) {
  const size = { viewBox: "0 0 16 16", width: 14, height: 14 };
  return shape("svg", { ...size, class: "icon", "aria-hidden": "true" }, shape("path", { d: path }));
}

function option(value, text) {
  return element("option", { value }, text);
}

/** What a group has once: the card, and what acts on all of its stages. */
function buildShell(compact) {
  return {
    root: compact
      ? element("div", { class: "card stage group" })
      : element("section", { class: "card stage", tabindex: "0", role: "region", "aria-label": "Stage: the network, timestep by timestep" }),
    transport: element("div", { class: "transport", role: "toolbar", "aria-label": "Play the run" }),
    choices: element("div", { class: "choices" }),
    footnote: element("p", { class: "footnote" }),
    live: element("div", { class: "live", role: "status", "aria-live": "polite", "aria-atomic": "true" }),
    help: element("div", { class: "help", role: "dialog", "aria-label": "Keys", hidden: true }),
  };
}

/** What every stage has for itself. */
function buildParts() {
  const parts = {
    note: element("p", { class: "note" }),
    drawing: element("div", { class: "drawing" }),
    numbers: element("div", { class: "numbers" }),
    board: element("div", { class: "board" }),
  };
  const equations = element("div", { class: "equations" });
  parts.numbers.append(equations);
  return { equations, ...parts };
}

/** The stage's parts, in reading order: note, drawing, numbers, transport, board, choices, keys. */
function composeStage(shell, { note, drawing, numbers, board }) {
  const { root, transport, choices, footnote, live, help } = shell;
  root.replaceChildren(note, drawing, numbers, transport, board, choices, footnote, live, help);
  return root;
}

/** One stage of several: its title with the unit, and its board. */
function composeMember({ note, board }, unitChoice) {
  const heading = element("div", { class: "heading" }, element("h3", { class: "title" }), unitChoice);
  return element("section", { class: "member", tabindex: "0", role: "region" }, heading, note, board);
}

/** Several stages under one row of controls. */
function composeGroup(shell, members) {
  const { root, transport, choices, footnote, live, help } = shell;
  root.replaceChildren(transport, ...members, choices, footnote, live, help);
}
