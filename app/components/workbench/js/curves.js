// The curves of the run over its updates: loss and gradient norm, success, kept checkpoints.

import { fitCanvas } from "../../shared/js/canvas.js";
import { axisTicks } from "../../shared/js/layout.js";
import { shownUpdate } from "./chosen.js";
import { setLines, short } from "./numbers.js";
import {
  LABEL_AT,
  dot,
  paintBand,
  paintDecades,
  paintTicks,
  strokeLine,
  wrapped,
  writeOver,
} from "./plot.js";

export const HEIGHTS = { loss: 150, success: 64, marks: 26, axis: 22 };
const EDGE = 9; // so that the playhead is whole at both ends
const FIRST_REACH = 20; // updates that the axis shows at least

/** Where the axis of updates ends: it doubles as training goes on, up to the planned end. */
function axisEnd(run) {
  const { updates, update } = run.feed;
  let end = FIRST_REACH;
  while (end < update * 1.05) end *= 2;
  return Math.max(update, Math.min(end, Math.max(updates, 1)));
}

function updateToX(bench, update) {
  return EDGE + (update / bench.axisEnd) * (bench.widths.plot - 2 * EDGE);
}

export function xToUpdate(bench, x) {
  return ((x - EDGE) / (bench.widths.plot - 2 * EDGE)) * bench.axisEnd;
}

export function paintCurves(bench) {
  bench.axisEnd = axisEnd(bench.run);
  paintLoss(bench);
  paintSuccess(bench);
  paintMarks(bench);
  paintUpdates(bench);
}

/** Whole powers of ten around all positive numbers; they only ever widen during a run. */
function decades(run, arrays) {
  let [low, high] = run.decades ?? [Infinity, -Infinity];
  for (const values of arrays) {
    for (const value of values) {
      if (!(value > 0 && Number.isFinite(value))) continue;
      low = Math.min(low, Math.floor(Math.log10(value)));
      high = Math.max(high, Math.ceil(Math.log10(value)));
    }
  }
  if (low > high) return [-3, 1];
  run.decades = [low, Math.max(high, low + 1)];
  return run.decades;
}

function paintLoss(bench) {
  const { run, colours, parts, widths } = bench;
  const { updates, loss, loss_low, loss_high, gradient_norm } = run.curves;
  const [low, high] = decades(run, [loss_low, loss_high, gradient_norm]);
  const pen = fitCanvas(parts.curves.loss, widths.plot, HEIGHTS.loss);
  pen.clearRect(0, 0, widths.plot, HEIGHTS.loss);
  const y = (value) => 6 + ((high - Math.log10(value)) / (high - low)) * (HEIGHTS.loss - 12);
  const label = paintDecades(pen, bench, low, high, y, widths.plot);
  if (!updates.length) {
    label();
    return paintEmpty(pen, bench, HEIGHTS.loss);
  }
  const xs = Array.from(updates, (update) => updateToX(bench, update));
  pen.globalAlpha = 0.25;
  pen.fillStyle = colours.signals.loss.line;
  paintBand(pen, xs, loss_low, loss_high, y);
  pen.globalAlpha = 1;
  strokeLine(pen, xs, gradient_norm, y, colours.signals.gradient.line, 1.2);
  strokeLine(pen, xs, loss, y, colours.signals.loss.line, 1.8);
  return label();
}

function paintEmpty(pen, bench, height) {
  pen.font = `13px ${bench.font}`;
  pen.fillStyle = bench.colours.muted;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const lines = wrapped(pen, bench.run.head.empty, bench.widths.plot - 4 * LABEL_AT);
  lines.forEach((line, k) => pen.fillText(line, bench.widths.plot / 2 + LABEL_AT, height / 2 + 18 * (k - (lines.length - 1) / 2)));
}

function paintSuccess(bench) {
  const { run, colours, parts, widths } = bench;
  const pen = fitCanvas(parts.curves.success, widths.plot, HEIGHTS.success);
  pen.clearRect(0, 0, widths.plot, HEIGHTS.success);
  const y = (share) => 6 + (1 - share) * (HEIGHTS.success - 12);
  pen.fillStyle = colours.line;
  for (const share of [0, 0.5, 1]) pen.fillRect(0, Math.round(y(share)), widths.plot, 1);
  const { tested, right } = run.curves;
  strokeLine(pen, Array.from(tested, (update) => updateToX(bench, update)), right, y, colours.good, 1.8);
  for (const share of [0, 1]) writeOver(pen, bench, `${100 * share} %`, y(share) + (share ? 8 : -7));
}

/** Every kept checkpoint is a tick: tall where its pictures are here, short where on their way. */
export function paintMarks(bench) {
  const { run, colours, parts, widths } = bench;
  const pen = fitCanvas(parts.curves.marks, widths.plot, HEIGHTS.marks);
  pen.clearRect(0, 0, widths.plot, HEIGHTS.marks);
  pen.fillStyle = colours.line;
  pen.fillRect(0, HEIGHTS.marks / 2 - 1, widths.plot, 2);
  for (const update of run.kept) {
    const here = run.held.has(update);
    pen.fillStyle = here ? colours.muted : colours.strong_line;
    const height = here ? 12 : 6;
    pen.fillRect(Math.round(updateToX(bench, update)) - 0.75, (HEIGHTS.marks - height) / 2, 1.5, height);
  }
  pen.fillStyle = colours.signals.playhead.line;
  dot(pen, updateToX(bench, shownUpdate(bench)), HEIGHTS.marks / 2, 8);
}

function paintUpdates(bench) {
  const { parts, widths, colours } = bench;
  const pen = fitCanvas(parts.curves.axis, widths.plot, HEIGHTS.axis);
  pen.clearRect(0, 0, widths.plot, HEIGHTS.axis);
  paintTicks(pen, bench, axisTicks([0, bench.axisEnd + 1], widths.plot, 72), (update) => updateToX(bench, update), colours);
}

/** The line through all curves at the checkpoint that is shown, and the numbers there. */
export function showPlayhead(bench) {
  const { run, parts } = bench;
  const at = shownUpdate(bench);
  const x = updateToX(bench, at);
  parts.curves.head.style.transform = `translateX(${x}px)`;
  const k = lastAt(run.curves.updates, at);
  const t = lastAt(run.curves.tested, at);
  setLines(parts.curves.now.loss, k < 0 ? [] : [`${short(run.curves.loss[k])}`, `${short(run.curves.gradient_norm[k])}`], ["key-loss", "key-gradient"]);
  setLines(parts.curves.now.success, t < 0 ? [] : [`${(100 * run.curves.right[t]).toFixed(0)} %`], ["key-success"]);
}

/** The last place whose update is not after `at`; -1 where there is none. */
function lastAt(updates, at) {
  let found = -1;
  for (let k = 0; k < updates.length && updates[k] <= at + 1e-6; k += 1) found = k;
  return found;
}
