// A canvas's pen that also writes down what it draws, so that a picture has lines and text in place
// of dots.

import { shape } from "../elements.js";

/** @import { Pen } from "../types.d.ts" */

/**
 * What was drawn on a canvas.
 *
 * @typedef {object} Drawn
 * @property {SVGElement[]} shapes
 * @property {boolean} dots - whether some of it is of dots alone
 */

const FULL_TURN = 2 * Math.PI - 1e-6;

/** @type {WeakMap<HTMLCanvasElement, Drawn>} */
const drawings = new WeakMap();

/**
 * What was drawn on a canvas by a pen of `recordingPen`; null where that is nothing, or not all.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function drawnOn(canvas) {
  const drawn = drawings.get(canvas);
  return drawn?.shapes.length && !drawn.dots ? drawn.shapes : null;
}

/**
 * The pen of a canvas, which from now on writes down what it draws.
 *
 * @param {Pen} pen
 * @returns {Pen}
 */
export function recordingPen(pen) {
  /** @type {Drawn} */
  const drawn = { shapes: [], dots: false };
  drawings.set(pen.canvas, drawn);
  const record = recorder(pen, drawn);
  return new Proxy(pen, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return (/** @type {any[]} */ ...given) => {
        record[/** @type {string} */ (name)]?.(...given);
        return value.apply(target, given);
      };
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}

/**
 * What is written down for each thing that a pen does.
 *
 * @param {Pen} pen
 * @param {Drawn} drawn
 * @returns {Record<string, (...given: any[]) => void>}
 */
function recorder(pen, drawn) {
  let path = "";
  const put = (/** @type {SVGElement} */ made) => drawn.shapes.push(made);
  const dots = () => {
    drawn.dots = true;
  };
  const box = (/** @type {number[]} */ [x, y, width, height]) => ({ x, y, width, height });
  return {
    beginPath: () => {
      path = "";
    },
    moveTo: (x, y) => {
      path += `M${twoPlaces(x)} ${twoPlaces(y)}`;
    },
    lineTo: (x, y) => {
      path += `${path ? "L" : "M"}${twoPlaces(x)} ${twoPlaces(y)}`;
    },
    arc: (x, y, radius, from, to) => {
      path += arcPath(x, y, radius, from, to);
    },
    rect: (x, y, width, height) => {
      path += `M${twoPlaces(x)} ${twoPlaces(y)}h${twoPlaces(width)}`;
      path += `v${twoPlaces(height)}h${twoPlaces(-width)}Z`;
    },
    roundRect: (x, y, width, height, radius) => {
      path += roundedPath(x, y, width, height, radius);
    },
    // a path of its own cannot be read
    fill: (own) => (own ? dots() : put(shape("path", { d: path, ...filled(pen) }))),
    stroke: (own) =>
      own ? dots() : put(shape("path", { d: path, fill: "none", ...stroked(pen) })),
    fillRect: (...given) => put(shape("rect", { ...box(given), ...filled(pen) })),
    strokeRect: (...given) => put(shape("rect", { ...box(given), fill: "none", ...stroked(pen) })),
    fillText: (text, x, y) =>
      put(shape("text", { ...lettered(pen, text, x, y), ...filled(pen) }, text)),
    strokeText: (text, x, y) =>
      put(shape("text", { ...lettered(pen, text, x, y), fill: "none", ...stroked(pen) }, text)),
    clearRect: () => {
      drawn.shapes.length = 0;
    },
    drawImage: dots,
    putImageData: dots,
  };
}

/** @param {number} value */
function twoPlaces(value) {
  return Math.round(value * 100) / 100;
}

/** @param {Pen} pen */
function filled({ fillStyle, globalAlpha }) {
  return { fill: String(fillStyle), opacity: globalAlpha < 1 ? twoPlaces(globalAlpha) : null };
}

/** @param {Pen} pen */
function stroked(pen) {
  const dashes = pen.getLineDash();
  return {
    stroke: String(pen.strokeStyle),
    "stroke-width": pen.lineWidth,
    "stroke-linejoin": pen.lineJoin,
    "stroke-dasharray": dashes.length ? dashes.join(" ") : null,
    opacity: pen.globalAlpha < 1 ? twoPlaces(pen.globalAlpha) : null,
  };
}

/**
 * What keeps a text as wide as it is here where the font is another one.
 *
 * @param {string} text
 * @param {number} width
 */
export function asWide(text, width) {
  if (text.length < 2 || !width) return {};
  return { textLength: twoPlaces(width), lengthAdjust: "spacingAndGlyphs" };
}

/**
 * Where a text stands and how it is written; its width is kept where the font is another one.
 *
 * @param {Pen} pen
 * @param {string} text
 * @param {number} x
 * @param {number} y
 */
function lettered(pen, text, x, y) {
  const { textBaseline, textAlign, font } = pen;
  const { fontBoundingBoxAscent: above, width } = pen.measureText(text);
  pen.textBaseline = "alphabetic";
  const { fontBoundingBoxAscent: ascent } = pen.measureText(text);
  pen.textBaseline = textBaseline;
  const anchors = { center: "middle", right: "end", end: "end", left: null, start: null };
  const place = { x: twoPlaces(x), y: twoPlaces(y + ascent - above) };
  return {
    ...place,
    style: `font: ${font}`,
    "text-anchor": anchors[textAlign],
    ...asWide(text, width),
  };
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {number} from
 * @param {number} to
 */
function arcPath(x, y, radius, from, to) {
  const at = (/** @type {number} */ angle) =>
    `${twoPlaces(x + radius * Math.cos(angle))} ${twoPlaces(y + radius * Math.sin(angle))}`;
  const r = twoPlaces(radius);
  if (to - from < FULL_TURN) {
    return `M${at(from)}A${r} ${r} 0 ${to - from > Math.PI ? 1 : 0} 1 ${at(to)}`;
  }
  const across = at(from + Math.PI);
  return `M${at(from)}A${r} ${r} 0 1 1 ${across}A${r} ${r} 0 1 1 ${at(from)}Z`;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {number} radius
 */
function roundedPath(x, y, width, height, radius) {
  const r = twoPlaces(Math.min(radius, width / 2, height / 2));
  const [across, down] = [twoPlaces(width - 2 * r), twoPlaces(height - 2 * r)];
  const corner = (/** @type {string} */ to) => `a${r} ${r} 0 0 1 ${to}`;
  return [
    `M${twoPlaces(x + r)} ${twoPlaces(y)}h${across}${corner(`${r} ${r}`)}v${down}`,
    `${corner(`${-r} ${r}`)}h${-across}${corner(`${-r} ${-r}`)}v${-down}${corner(`${r} ${-r}`)}Z`,
  ].join("");
}
