// The strip of a sequence of numbers: small lines, and the prediction against the truth.

import { written } from "../../../shared/js/formatting.js";
import { say } from "../../../shared/js/words.js";
import { exactTile } from "../lookup.js";
import { pitchOf } from "../view.js";
import { walkLine } from "./lines.js";

/** @import { Pen, Size } from "../../../shared/js/types.d.ts" */
/** @import { NumberStrip, Scene, Stage, StripRow } from "../types.d.ts" */

/** @typedef {"ink" | "muted" | "good"} Style - the colour of a line */

/**
 * A line of the strip: which numbers, on which range, in which colour, and what they are called.
 *
 * @typedef {object} LineStyle
 * @property {string} name
 * @property {number} column
 * @property {[low: number, high: number]} range
 * @property {Style} style
 * @property {string} label
 */

const MOST_COLUMNS = 3; // of numbers that get a line of their own

/** @type {[name: string, style: Style][]} */
const OUTCOME = [
  ["predicted", "good"],
  ["truth", "muted"],
];

/**
 * A row for each column that was read, and one for what was predicted.
 *
 * @param {Scene} scene
 * @param {NumberStrip} strip
 * @returns {StripRow[]}
 */
export function numberRows(scene, strip) {
  const { columns, ranges, unit } = strip;
  const rows = columns.slice(0, MOST_COLUMNS).map((title, k) => ({
    title,
    read: true,
    more: k === MOST_COLUMNS - 1 ? Math.max(0, columns.length - MOST_COLUMNS) : 0,
    unit,
    height: 34,
    range: ranges.values[k],
    draw: (/** @type {Pen} */ pen, /** @type {Stage} */ stage, /** @type {Size} */ size) =>
      drawLine(pen, stage, size, {
        name: "values",
        column: k,
        range: ranges.values[k],
        style: "ink",
        label: title,
      }),
    now: (/** @type {number} */ t) => lineAt(scene, "values", k, t),
  }));
  return [...rows, ...outcomeRows(scene, strip)];
}

/**
 * One chart for prediction against truth, on one range; none where there is neither.
 *
 * @param {Scene} scene
 * @param {NumberStrip} strip
 * @returns {StripRow[]}
 */
function outcomeRows(scene, { ranges, titles, unit }) {
  const shown = OUTCOME.filter(([name]) => ranges[name]);
  if (!shown.length) return [];
  const lows = shown.map(([name]) => ranges[name][0][0]);
  const highs = shown.map(([name]) => ranges[name][0][1]);
  const range = roomy([Math.min(...lows), Math.max(...highs)]);
  return [
    {
      title: bothTitles(shown.map(([name]) => titles[name])),
      unit,
      key: shown.map(([name, style]) => ({ text: titles[name], style })),
      height: 48,
      range,
      draw: (pen, stage, size) => {
        for (const [name, style] of [...shown].reverse()) {
          drawLine(pen, stage, size, { name, column: 0, range, style, label: titles[name] });
        }
      },
      now: (t) => lineAt(scene, shown[0][0], 0, t),
    },
  ];
}

/**
 * @param {string[]} titles - one or two
 */
function bothTitles([first, second]) {
  return second ? say("both", { first, second }) : first;
}

/**
 * A range that does not blow two almost equal numbers up to the whole height.
 *
 * @param {[low: number, high: number]} range
 * @returns {[low: number, high: number]}
 */
function roomy([low, high]) {
  const middle = (low + high) / 2;
  const reach = Math.max((high - low) / 2, Math.abs(middle) / 2);
  return [middle - reach, middle + reach];
}

/**
 * A line's number at t; a dash for a gap, dots while it is on its way.
 *
 * @param {Scene} scene
 * @param {string} name
 * @param {number} column
 * @param {number} t
 */
function lineAt(scene, name, column, t) {
  const tile = exactTile(scene, t);
  const line = tile?.strip.lines[name];
  if (!tile || !line) return "…";
  const value = line.low[(t - tile.start) * line.width + column];
  return Number.isNaN(value) ? "–" : written(value);
}

/**
 * A line through the middle of each column; where a column is many timesteps, their range.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Size} size
 * @param {LineStyle} line
 */
function drawLine(pen, stage, size, { name, column, range: [low, high], style, label }) {
  const span = high - low || 1;
  const y = (/** @type {number} */ value) =>
    size.height - 4 - ((value - low) / span) * (size.height - 8);
  const marked = pitchOf(stage.group.view, size.width) > 12;
  /** @type {{ x: number, value: number, length: number }[]} */
  const stretches = []; // between gaps
  let drawing = false;
  pen.strokeStyle = pen.fillStyle = stage.colours[style];
  pen.lineWidth = 1.4;
  pen.beginPath();
  walkLine(stage, size.width, name, column, (x, least, most) => {
    if (Number.isNaN(least)) {
      drawing = false;
      return;
    }
    if (!drawing) stretches.push({ x, value: most, length: 0 });
    stretches[stretches.length - 1].length += 1;
    if (drawing) pen.lineTo(x, y(most));
    else pen.moveTo(x, y(most));
    if (most !== least) pen.lineTo(x, y(least));
    if (marked) pen.rect(x - 0.8, y(most) - 0.8, 1.6, 1.6);
    pen.moveTo(x, y(least));
    drawing = true;
  });
  pen.stroke();
  for (const { x, value, length } of stretches) {
    if (length !== 1) continue;
    markAlone(pen, x, y(value), `${label} ${written(value)}`, name === "truth", size);
  }
}

/**
 * A number with none beside it (an answer at the end) is a dot: truth a ring, with its value.
 *
 * @param {Pen} pen
 * @param {number} x
 * @param {number} y
 * @param {string} text
 * @param {boolean} isTruth
 * @param {Size} size
 */
function markAlone(pen, x, y, text, isTruth, { width, height }) {
  const at = Math.min(width - 7, Math.max(7, x));
  pen.lineWidth = 2;
  pen.beginPath();
  pen.arc(at, y, isTruth ? 6 : 3.2, 0, 2 * Math.PI);
  if (isTruth) pen.stroke();
  else pen.fill();
  pen.font = "600 12px sans-serif";
  pen.textBaseline = "middle";
  const right = at > width / 2;
  pen.textAlign = right ? "right" : "left";
  const middle = Math.min(height - 7, Math.max(7, y + (isTruth ? 8 : -8)));
  pen.fillText(text, right ? at - 12 : at + 12, middle);
}
