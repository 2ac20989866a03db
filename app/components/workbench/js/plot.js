// The forms that curves are drawn with: rules, labels, bands, lines, ticks.

/** @import { Pen } from "../../shared/js/types.d.ts" */
/** @import { Bench, Range } from "./types.d.ts" */

/** @typedef {(value: number) => number} Axis - where a value stands, in pixels */
/** @typedef {ArrayLike<number>} Values */

const FEWEST = 12; // of fewer numbers than this each is a dot, too

export const LABEL_AT = 14; // beside the playhead where it stands at the beginning

/**
 * The logarithmic axis from the lower power of ten at the bottom to the higher at the top.
 *
 * @param {Range} powers
 * @param {number} height
 * @returns {Axis}
 */
export function logarithmic([low, high], height) {
  return (value) => 6 + ((high - Math.log10(value)) / (high - low)) * (height - 12);
}

/**
 * A rule for every power of ten; return what labels them, once the lines are there.
 *
 * @param {Pen} pen
 * @param {Bench} bench
 * @param {Range} powers
 * @param {Axis} y
 * @param {number} width
 */
export function paintDecades(pen, bench, [low, high], y, width) {
  const every = Math.ceil((high - low) / 5);
  /** @type {[text: string, y: number][]} */
  const labels = [];
  let free = -Infinity; // where the last label stands
  for (let power = high; power >= low; power -= every) {
    const at = y(10 ** power);
    pen.fillStyle = bench.colours.line;
    pen.fillRect(0, Math.round(at), width, 1);
    const label = power - every < low ? at - 7 : at + 7;
    if (label - free < 12) continue;
    labels.push([powerText(power), label]);
    free = label;
  }
  return () => {
    for (const [text, at] of labels) writeOver(pen, bench, text, at);
  };
}

/**
 * A number of an axis: it can be read where a line passes behind it.
 *
 * @param {Pen} pen
 * @param {Bench} bench
 * @param {string} text
 * @param {number} y
 */
export function writeOver(pen, bench, text, y) {
  pen.font = `12px ${bench.font}`;
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  pen.fillStyle = bench.colours.panel;
  pen.fillRect(LABEL_AT - 3, y - 7, pen.measureText(text).width + 6, 13);
  pen.fillStyle = bench.colours.muted;
  pen.fillText(text, LABEL_AT, y);
}

/**
 * 0.01 where that is short, else 10⁻⁶.
 *
 * @param {number} power
 */
function powerText(power) {
  if (power >= -3 && power <= 3) return String(Number((10 ** power).toFixed(3)));
  const raised = [...String(power)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)] ?? "⁻");
  return `10${raised.join("")}`;
}

/**
 * A sentence in lines that are no wider than this, where its words allow it.
 *
 * @param {Pen} pen
 * @param {string} text
 * @param {number} width
 */
export function wrapped(pen, text, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * Fill what lies between two lines of positive numbers.
 *
 * @param {Pen} pen
 * @param {number[]} xs
 * @param {Values} low
 * @param {Values} high
 * @param {Axis} y
 */
export function paintBand(pen, xs, low, high, y) {
  pen.beginPath();
  xs.forEach((x, k) => {
    if (high[k] > 0) pen.lineTo(x, y(high[k]));
  });
  for (let k = xs.length - 1; k >= 0; k -= 1) if (low[k] > 0) pen.lineTo(xs[k], y(low[k]));
  pen.fill();
}

/**
 * A line through the numbers that the axis has a place for; few of them are dots, too.
 *
 * @param {Pen} pen
 * @param {number[]} xs
 * @param {Values} values
 * @param {Axis} y
 * @param {string} colour
 * @param {number} width
 */
export function strokeLine(pen, xs, values, y, colour, width) {
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = width;
  pen.lineJoin = "round";
  const points = xs.map((x, k) => [x, y(values[k])]).filter(([, at]) => Number.isFinite(at));
  pen.beginPath();
  for (const [x, at] of points) pen.lineTo(x, at);
  pen.stroke();
  if (points.length < FEWEST) for (const [x, at] of points) dot(pen, x, at, 2.2);
}

/**
 * A disc.
 *
 * @param {Pen} pen
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function dot(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}

/**
 * The numbers of an axis, which begins at the top of its canvas.
 *
 * @param {Pen} pen
 * @param {Bench} bench
 * @param {number[]} ticks
 * @param {Axis} toX
 */
export function paintTicks(pen, { font, colours, widths }, ticks, toX) {
  pen.font = `12px ${font}`;
  pen.fillStyle = colours.muted;
  pen.textBaseline = "top";
  pen.textAlign = "center";
  for (const tick of ticks) {
    const text = tick.toLocaleString("en");
    const half = pen.measureText(text).width / 2;
    pen.fillRect(toX(tick) - 0.5, 0, 1, 4);
    pen.fillText(text, Math.min(widths.plot - half, Math.max(half, toX(tick))), 7);
  }
}
