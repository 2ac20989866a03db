// What the watched sequence reads: symbols, or lines of numbers.

import { element } from "../../shared/js/elements.js";
import { visible } from "../../shared/js/formatting.js";
import { say } from "../../shared/js/words.js";
import { pitchOf } from "./cells.js";
import { strokeLine } from "./plot.js";
import { makeRow } from "./row.js";

/** @import { Numbers, Pen, Size } from "../../shared/js/types.d.ts" */
/** @import { Bench, Range, Row } from "./types.d.ts" */

const STRIP = 26;
const NUMBERS = 34;
const LETTER = 7.5; // letters are drawn where a timestep is at least this wide

/**
 * One row of symbols, or one for each column of numbers.
 *
 * @param {Bench} bench
 * @returns {Row[]}
 */
export function readRows({ run }) {
  const { read } = run.head;
  if (read.kind === "symbols") {
    const label = [element("small", {}, say("reads"))];
    const paint = (/** @type {Pen} */ pen, /** @type {Bench} */ bench, /** @type {Size} */ size) =>
      paintTokens(pen, bench, size, read.tokens, read.rare);
    return [makeRow("strip", STRIP, label, say("sequence_read"), { paint })];
  }
  const { columns, values, ranges } = read;
  return columns.map((name, k) => {
    const own = values.filter((_, at) => at % columns.length === k);
    return makeRow("strip", NUMBERS, [element("small", {}, name)], say("what_is_read", { name }), {
      paint: (pen, bench, size) => paintNumbersRead(pen, bench, size, own, ranges[k]),
    });
  });
}

/**
 * Every symbol where there is room, else those that are rare.
 *
 * @param {Pen} pen
 * @param {Bench} bench
 * @param {Size} size
 * @param {string[]} tokens
 * @param {string[]} rare
 */
function paintTokens(pen, bench, { width, height }, tokens, rare) {
  const pitch = pitchOf(bench);
  const everything = pitch >= LETTER;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = bench.colours.ink;
  pen.font = `500 ${Math.min(16, Math.max(10, pitch * 0.8))}px ${bench.codeFont}`;
  tokens.forEach((token, t) => {
    if (!everything && !rare.includes(token)) return;
    const text = everything ? shortText(pen, visible(token), pitch + 1) : visible(token);
    const half = pen.measureText(text).width / 2;
    const x = Math.min(width - half, Math.max(half, (t + 0.5) * pitch));
    pen.fillText(text, x, height / 2);
  });
}

/**
 * A text in this width: whole, or its first letter.
 *
 * @param {Pen} pen
 * @param {string} text
 * @param {number} width
 */
function shortText(pen, text, width) {
  return pen.measureText(text).width <= width || text.length < 2 ? text : `${[...text][0]}…`;
}

/**
 * One column of numbers as a line.
 *
 * @param {Pen} pen
 * @param {Bench} bench
 * @param {Size} size
 * @param {Numbers} values
 * @param {Range} range
 */
function paintNumbersRead(pen, bench, { width, height }, values, [low, high]) {
  const y = (/** @type {number} */ value) =>
    height - 4 - ((value - low) / (high - low || 1)) * (height - 8);
  const xs = Array.from(values, (_, k) => (k + 0.5) * (width / values.length));
  strokeLine(pen, xs, values, y, bench.colours.ink, 1.2);
}
