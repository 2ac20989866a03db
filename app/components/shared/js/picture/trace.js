// What stands on the page as SVG: drawings stay drawings, text stays text, a canvas becomes a
// picture of as many pixels as it has.

import { penOf } from "../canvas.js";
import { element, setAttributes, shape } from "../elements.js";
import { asWide, drawnOn } from "./pen.js";

/**
 * What is being drawn: where its corner stands on the page, and how large a pixel of it is there.
 *
 * @typedef {object} Frame
 * @property {number} left
 * @property {number} top
 * @property {number} scale
 * @property {string} skipped - a selector of what is left out
 */

const DRAWN = [
  ...["fill-opacity", "stroke-opacity", "fill", "stroke", "stroke-width", "stroke-dasharray"],
  ...["stroke-linecap", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight"],
  ...["font-style", "text-anchor", "dominant-baseline", "paint-order", "image-rendering"],
];
const COLOURED = new Set(["fill", "stroke"]);
const OF_STOPS = ["stop-color", "stop-opacity"]; // of a gradient
const SIDES = ["top", "right", "bottom", "left"];

/**
 * An SVG of an element and all in it, as it stands on the page now.
 *
 * @param {HTMLElement} root
 * @param {{ skipped?: string, scale?: number }} [options] - `scale`: how much the page enlarges it
 */
export function svgOf(root, { skipped = ":not(*)", scale = 1 } = {}) {
  const { left, top, width, height } = root.getBoundingClientRect();
  const frame = { left, top, scale, skipped };
  const [w, h] = [Math.ceil(width / scale), Math.ceil(height / scale)];
  const size = { width: w, height: h, viewBox: `0 0 ${w} ${h}` };
  return shape("svg", { xmlns: "http://www.w3.org/2000/svg", ...size }, ...traced(root, frame));
}

/**
 * The colour on which an element stands: of the nearest around it that lets nothing through.
 *
 * @param {Element} node
 */
export function groundOf(node) {
  for (let around = /** @type {Element | null} */ (node); around; around = around.parentElement) {
    const { css, alpha } = colourOn(getComputedStyle(around).backgroundColor);
    if (alpha === 1) return css;
  }
  return "#ffffff"; // the page's own, where nobody has painted it
}

/**
 * Where an element stands in the frame.
 *
 * @param {{ left: number, top: number, width: number, height: number }} box - on the page
 * @param {Frame} frame
 */
function placed({ left, top, width, height }, { left: x, top: y, scale }) {
  return {
    x: rounded((left - x) / scale),
    y: rounded((top - y) / scale),
    width: rounded(width / scale),
    height: rounded(height / scale),
  };
}

/** @param {number} value */
function rounded(value) {
  return Math.round(value * 100) / 100;
}

/**
 * The shapes of a node and of all in it, in the order in which they are painted.
 *
 * @param {Node} node
 * @param {Frame} frame
 * @returns {SVGElement[]}
 */
function traced(node, frame) {
  if (node instanceof Text) return tracedText(node, frame);
  if (!(node instanceof Element) || node.matches(frame.skipped)) return [];
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden") return [];
  const opacity = Number(style.opacity);
  if (opacity === 0) return [];
  const shapes = tracedElement(node, style, frame);
  if (opacity === 1 || !shapes.length) return shapes;
  return [shape("g", { opacity }, ...shapes)];
}

/**
 * @param {Element} node
 * @param {CSSStyleDeclaration} style
 * @param {Frame} frame
 * @returns {SVGElement[]}
 */
function tracedElement(node, style, frame) {
  const box = placed(node.getBoundingClientRect(), frame);
  if (node instanceof SVGSVGElement) return [tracedDrawing(node, box)];
  if (node instanceof HTMLCanvasElement) return tracedCanvas(node, box);
  const ground = tracedBox(style, box);
  const inner = node instanceof HTMLSelectElement ? tracedChoice(node, frame) : inside(node, frame);
  if (style.overflowX !== "hidden" || !inner.length) return [...ground, ...inner];
  const { x, y, width, height } = box;
  if (!width || !height) return ground;
  const clipped = { ...box, viewBox: `${x} ${y} ${width} ${height}`, overflow: "hidden" };
  return [...ground, shape("svg", clipped, ...inner)];
}

/**
 * What is drawn on a canvas: as shapes where all of it was written down, else as dots.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {{ x: number, y: number, width: number, height: number }} box
 */
function tracedCanvas(canvas, box) {
  const shapes = drawnOn(canvas);
  const { width, height } = box;
  if (shapes) return [shape("svg", { ...box, viewBox: `0 0 ${width} ${height}` }, ...shapes)];
  return canvas.width > 1 ? [shape("image", { ...box, href: canvas.toDataURL() })] : [];
}

/**
 * @param {Element} node
 * @param {Frame} frame
 */
function inside(node, frame) {
  return [...node.childNodes].flatMap((child) => traced(child, frame));
}

/**
 * A list shows what is chosen in it.
 *
 * @param {HTMLSelectElement} list
 * @param {Frame} frame
 */
function tracedChoice(list, frame) {
  const text = list.selectedOptions[0]?.textContent ?? "";
  const style = getComputedStyle(list);
  const { left, top, width, height } = list.getBoundingClientRect();
  const indent = Number.parseFloat(style.paddingLeft) * frame.scale;
  return text ? [line(text, style, { left: left + indent, top, width, height }, frame, false)] : [];
}

/**
 * What lies behind an element's content: its ground and its borders.
 *
 * @param {CSSStyleDeclaration} style
 * @param {{ x: number, y: number, width: number, height: number }} box
 */
function tracedBox(style, box) {
  const ground = colourOn(style.backgroundColor);
  const widths = SIDES.map((side) =>
    Number.parseFloat(style.getPropertyValue(`border-${side}-width`)),
  );
  const inks = SIDES.map((side) => colourOn(style.getPropertyValue(`border-${side}-color`)));
  const rx = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, box.height / 2);
  const even = widths.every((width, k) => width === widths[0] && inks[k].css === inks[0].css);
  if (even && (ground.alpha || (widths[0] && inks[0].alpha))) {
    const [half, stroked] = [widths[0] / 2, widths[0] > 0 && inks[0].alpha > 0];
    const inset = stroked ? half : 0;
    const place = {
      x: box.x + inset,
      y: box.y + inset,
      width: Math.max(0, box.width - 2 * inset),
      height: Math.max(0, box.height - 2 * inset),
    };
    const ink = stroked ? { stroke: inks[0].css, "stroke-width": widths[0] } : {};
    return [shape("rect", { ...place, rx, ...paint("fill", ground), ...ink })];
  }
  const fill = ground.alpha ? [shape("rect", { ...box, rx, ...paint("fill", ground) })] : [];
  return [...fill, ...(even ? [] : tracedSides(widths, inks, box))];
}

/**
 * Borders that are not alike: a bar for each that is there.
 *
 * @param {number[]} widths
 * @param {Colour[]} inks
 * @param {{ x: number, y: number, width: number, height: number }} box
 */
function tracedSides([top, right, bottom, left], inks, { x, y, width, height }) {
  const bars = [
    { x, y, width, height: top },
    { x: x + width - right, y, width: right, height },
    { x, y: y + height - bottom, width, height: bottom },
    { x, y, width: left, height },
  ];
  return bars.flatMap((bar, k) =>
    bar.width && bar.height && inks[k].alpha
      ? [shape("rect", { ...bar, ...paint("fill", inks[k]) })]
      : [],
  );
}

/**
 * A drawing as it is, with the style that it has here.
 *
 * @param {SVGSVGElement} drawing
 * @param {{ x: number, y: number, width: number, height: number }} box
 */
function tracedDrawing(drawing, box) {
  const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  styleAs(drawing, copy);
  const { width, height } = drawing.viewBox.baseVal ?? { width: 0, height: 0 };
  for (const name of ["class", "style"]) copy.removeAttribute(name);
  for (const [name, value] of Object.entries(box)) copy.setAttribute(name, String(value));
  if (!width || !height) copy.setAttribute("viewBox", `0 0 ${box.width} ${box.height}`);
  copy.setAttribute("overflow", "visible");
  return copy;
}

/**
 * Write the style of a drawing's parts into their copies, which no stylesheet follows.
 *
 * @param {Element} original
 * @param {Element} copy
 */
function styleAs(original, copy) {
  const style = getComputedStyle(original);
  if (style.display === "none" || style.visibility === "hidden") {
    copy.remove();
    return;
  }
  const parts = [...original.children];
  for (const [k, child] of [...copy.children].entries()) styleAs(parts[k], child);
  writeStyle(copy, style, original instanceof SVGStopElement ? OF_STOPS : DRAWN);
  keepWidth(original, copy);
  for (const { name } of [...copy.attributes]) {
    if (name === "class" || name === "style" || name.startsWith("data-"))
      copy.removeAttribute(name);
  }
}

/**
 * @param {Element} copy
 * @param {CSSStyleDeclaration} style - of its original
 * @param {string[]} names - of the properties that it keeps
 */
function writeStyle(copy, style, names) {
  for (const name of names) {
    const value = style.getPropertyValue(name);
    if (!value || value === "auto") continue;
    if (COLOURED.has(name) && isColour(value)) inkAs(copy, name, style);
    else copy.setAttribute(name, value);
  }
}

/**
 * Whether the paint of a shape is one colour: neither nothing nor a gradient of the drawing's own.
 *
 * @param {string} value - of `fill` or `stroke`
 */
function isColour(value) {
  return value !== "none" && !value.startsWith("url(");
}

/**
 * Write into the copy of a text, or of a line or an index in one, how wide it is.
 *
 * @param {Element} original
 * @param {Element} copy
 */
function keepWidth(original, copy) {
  if (!(original instanceof SVGTextContentElement) || original.childElementCount) return;
  setAttributes(copy, asWide(original.textContent ?? "", original.getComputedTextLength()));
}

/**
 * Write a colour of a drawing's part into its copy, and how much shows through it.
 *
 * @param {Element} copy
 * @param {string} name - of the property
 * @param {CSSStyleDeclaration} style
 */
function inkAs(copy, name, style) {
  const { css, alpha } = colourOn(style.getPropertyValue(name));
  copy.setAttribute(name, css);
  const own = Number(style.getPropertyValue(`${name}-opacity`) || 1);
  copy.setAttribute(`${name}-opacity`, String(rounded(own * alpha)));
}

/**
 * The lines of a text, each where it stands.
 *
 * @param {Text} node
 * @param {Frame} frame
 */
function tracedText(node, frame) {
  if (!node.data.trim() || !node.parentElement) return [];
  const style = getComputedStyle(node.parentElement);
  return linesOf(node).map(([text, box]) => line(text, style, box, frame, true));
}

/**
 * The parts of a text that stand in one line each, with their boxes on the page.
 *
 * @param {Text} node
 * @returns {[text: string, box: DOMRect][]}
 */
function linesOf(node) {
  const range = document.createRange();
  const boxOf = (/** @type {number} */ from, /** @type {number} */ to) => {
    range.setStart(node, from);
    range.setEnd(node, to);
    return range.getBoundingClientRect();
  };
  const whole = boxOf(0, node.data.length);
  if (range.getClientRects().length <= 1) return [[node.data, whole]];
  /** @type {[number, number][]} */
  const lines = [];
  let top = NaN;
  for (let k = 0; k < node.data.length; k += 1) {
    const box = boxOf(k, k + 1);
    if (!box.width) continue;
    if (Math.abs(box.top - top) < box.height / 2) lines[lines.length - 1][1] = k + 1;
    else lines.push([k, k + 1]);
    top = box.top;
  }
  return lines.map(([from, to]) => [node.data.slice(from, to), boxOf(from, to)]);
}

/**
 * One line of text. Its width is kept where the font is another one.
 *
 * @param {string} text
 * @param {CSSStyleDeclaration} style
 * @param {{ left: number, top: number, width: number, height: number }} box
 * @param {Frame} frame
 * @param {boolean} fits - whether the box is as wide as the text
 */
function line(text, style, box, frame, fits) {
  const { x, y, width, height } = placed(box, frame);
  const pen = penOf(element("canvas"));
  pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = pen.measureText(text);
  const baseline = y + height / 2 + (above - below) / 2;
  const font = {
    "font-family": style.fontFamily,
    "font-size": style.fontSize,
    "font-weight": style.fontWeight === "400" ? null : style.fontWeight,
    "font-style": style.fontStyle === "normal" ? null : style.fontStyle,
  };
  const kept = fits ? { ...asWide(text, width), "xml:space": "preserve" } : {};
  const ink = paint("fill", colourOn(style.color));
  return shape("text", { x, y: rounded(baseline), ...font, ...kept, ...ink }, text);
}

/**
 * @typedef {object} Colour
 * @property {string} css - without transparency
 * @property {number} alpha
 */

/** @type {Map<string, Colour>} */
const known = new Map();

/**
 * A colour in the plain spelling that every program reads.
 *
 * @param {string} spelled
 * @returns {Colour}
 */
function colourOn(spelled) {
  const before = known.get(spelled);
  if (before) return before;
  const pen = penOf(element("canvas", { width: 1, height: 1 }));
  pen.fillStyle = "#000000";
  pen.fillStyle = spelled;
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
  const css = `#${[r, g, b].map((level) => level.toString(16).padStart(2, "0")).join("")}`;
  const colour = { css, alpha: a / 255 };
  known.set(spelled, colour);
  return colour;
}

/**
 * The attributes of a colour.
 *
 * @param {"fill" | "stroke"} what
 * @param {Colour} colour
 */
function paint(what, { css, alpha }) {
  if (!alpha) return { [what]: "none" };
  return { [what]: css, [`${what}-opacity`]: alpha < 1 ? rounded(alpha) : null };
}
