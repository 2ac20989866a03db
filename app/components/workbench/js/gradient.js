// How far the error travels back along the watched sequence.

import { element } from "../../shared/js/elements.js";
import { say } from "../../shared/js/words.js";
import { short } from "./numbers.js";
import { logarithmic, paintDecades, strokeLine } from "./plot.js";
import { makeRow } from "./row.js";

/** @import { Pen, Size } from "../../shared/js/types.d.ts" */
/** @import { Bench, Range } from "./types.d.ts" */

const GRADIENT = 84;
const MOST_POWERS = 16; // of ten on the axis
const SYMBOL = "‖∂L/∂h‖";

/** The row of the gradient's norm. */
export function gradientRow() {
  const label = [
    element("b", {}, say("gradient_norm")),
    element("small", {}, say("at_each_timestep", { symbol: SYMBOL })),
    element("small", { class: "range" }),
  ];
  return makeRow("strip gradient", GRADIENT, label, say("gradient_picture"), {
    paint: paintGradient,
    tip: ({ run: { head } }, { planes }, t) => [
      SYMBOL,
      short(planes.gradient[Math.floor(t / head.factor)]),
    ],
  });
}

/**
 * The norm at each timestep; what lies below the axis is a gap.
 *
 * @param {Pen} pen
 * @param {Bench} bench
 * @param {Size} size
 */
function paintGradient(pen, bench, { width, height }) {
  const { run, snapshot, colours } = bench;
  const [least, most] = run.gradients ?? [1e-3, 1];
  const high = Math.ceil(Math.log10(most));
  const low = Math.max(Math.min(Math.floor(Math.log10(least)), high - 1), high - MOST_POWERS);
  /** @type {Range} */
  const powers = [low, high];
  const y = logarithmic(powers, height);
  const label = paintDecades(pen, bench, powers, y, width);
  const norms = snapshot?.planes.gradient ?? [];
  const values = Array.from(norms, (value) => (value >= 10 ** low ? value : NaN));
  const xs = values.map((_, k) => (k + 0.5) * (width / values.length));
  strokeLine(pen, xs, values, y, colours.signals.gradient.line, 1.8);
  label();
}
