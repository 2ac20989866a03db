// How far the error travels back along the watched sequence.

import { element } from "../../shared/js/elements.js";
import { short } from "./numbers.js";
import { paintDecades, strokeLine } from "./plot.js";
import { makeRow } from "./row.js";

const GRADIENT = 84;

export function gradientRow(bench) {
  const label = [element("b", {}, "Gradient norm"), element("small", {}, "‖∂L/∂h‖ at each timestep"), element("small", { class: "range" })];
  return makeRow("strip gradient", GRADIENT, label, "Norm of the gradient that reaches each timestep, on a logarithmic axis", paintGradient, {
    tip: ({ run: { head }, snapshot }, t) => ["‖∂L/∂h‖", short(snapshot.planes.gradient[Math.floor(t / head.factor)])],
  });
}

function paintGradient(pen, bench, box) {
  const { run, snapshot, colours } = bench;
  const [least, most] = run.gradients ?? [1e-3, 1];
  const high = Math.ceil(Math.log10(most));
  const low = Math.max(Math.min(Math.floor(Math.log10(least)), high - 1), high - 16);
  const y = (value) => 6 + ((high - Math.log10(value)) / (high - low)) * (box.height - 12);
  const label = paintDecades(pen, bench, low, high, y, box.width);
  const values = Array.from(snapshot.planes.gradient, (value) => (value >= 10 ** low ? value : NaN));
  const xs = values.map((_, k) => (k + 0.5) * (box.width / values.length));
  strokeLine(pen, xs, values, y, colours.signals.gradient.line, 1.8);
  label();
}
