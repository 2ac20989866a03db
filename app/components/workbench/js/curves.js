// The curves of the run over its updates: loss and gradient norm, success, kept checkpoints.

import { fitCanvas } from "../../shared/js/canvas.js";
import { axisTicks } from "../../shared/js/layout.js";
import { shownUpdate } from "./chosen.js";
import { setLines, short } from "./numbers.js";
import {
  dot,
  LABEL_AT,
  logarithmic,
  paintBand,
  paintDecades,
  paintTicks,
  strokeLine,
  wrapped,
  writeOver,
} from "./plot.js";

/** @import { Numbers, Pen } from "../../shared/js/types.d.ts" */
/** @import { Bench, Range, Run } from "./types.d.ts" */

export const HEIGHTS = { loss: 150, success: 64, marks: 26, axis: 22 };
const EDGE = 9; // so that the playhead is whole at both ends
const FIRST_REACH = 20; // updates that the axis shows at least

/**
 * Where the axis of updates ends: it doubles as training goes on, up to the planned end.
 *
 * @param {Run} run
 */
function axisEnd(run) {
  const { updates, update } = run.feed;
  let end = FIRST_REACH;
  while (end < update * 1.05) end *= 2;
  return Math.max(update, Math.min(end, Math.max(updates, 1)));
}

/**
 * Where an update stands on the axis, in pixels.
 *
 * @param {Bench} bench
 * @param {number} update
 */
function updateToX(bench, update) {
  return EDGE + (update / bench.axisEnd) * (bench.widths.plot - 2 * EDGE);
}

/**
 * The update at a place of the axis.
 *
 * @param {Bench} bench
 * @param {number} x
 */
export function xToUpdate(bench, x) {
  return ((x - EDGE) / (bench.widths.plot - 2 * EDGE)) * bench.axisEnd;
}

/**
 * Paint all curves over one axis of updates.
 *
 * @param {Bench} bench
 */
export function paintCurves(bench) {
  bench.axisEnd = axisEnd(bench.run);
  paintLoss(bench);
  paintSuccess(bench);
  paintMarks(bench);
  paintUpdates(bench);
}

/**
 * Whole powers of ten around all positive numbers; they only ever widen during a run.
 *
 * @param {Run} run
 * @param {Numbers[]} arrays
 * @returns {Range}
 */
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

/**
 * Loss and gradient norm of each update, or a sentence where there is none yet.
 *
 * @param {Bench} bench
 */
function paintLoss(bench) {
  const { run, colours, parts, widths } = bench;
  const { updates, loss, loss_low, loss_high, gradient_norm } = run.curves;
  const powers = decades(run, [loss_low, loss_high, gradient_norm]);
  const pen = fitCanvas(parts.curves.loss, widths.plot, HEIGHTS.loss);
  pen.clearRect(0, 0, widths.plot, HEIGHTS.loss);
  const y = logarithmic(powers, HEIGHTS.loss);
  const label = paintDecades(pen, bench, powers, y, widths.plot);
  if (!updates.length) {
    label();
    paintEmpty(pen, bench, HEIGHTS.loss);
    return;
  }
  const xs = Array.from(updates, (update) => updateToX(bench, update));
  pen.globalAlpha = 0.25;
  pen.fillStyle = colours.signals.loss.line;
  paintBand(pen, xs, loss_low, loss_high, y);
  pen.globalAlpha = 1;
  strokeLine(pen, xs, gradient_norm, y, colours.signals.gradient.line, 1.2);
  strokeLine(pen, xs, loss, y, colours.signals.loss.line, 1.8);
  label();
}

/**
 * What is said where there is no curve yet.
 *
 * @param {Pen} pen
 * @param {Bench} bench
 * @param {number} height
 */
function paintEmpty(pen, { run, font, colours, widths }, height) {
  pen.font = `13px ${font}`;
  pen.fillStyle = colours.muted;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const lines = wrapped(pen, run.head.empty, widths.plot - 4 * LABEL_AT);
  const first = height / 2 - 9 * (lines.length - 1);
  lines.forEach((line, k) => {
    pen.fillText(line, widths.plot / 2 + LABEL_AT, first + 18 * k);
  });
}

/**
 * The share of fresh sequences that were right at each checkpoint.
 *
 * @param {Bench} bench
 */
function paintSuccess(bench) {
  const { run, colours, parts, widths } = bench;
  const pen = fitCanvas(parts.curves.success, widths.plot, HEIGHTS.success);
  pen.clearRect(0, 0, widths.plot, HEIGHTS.success);
  const y = (/** @type {number} */ share) => 6 + (1 - share) * (HEIGHTS.success - 12);
  pen.fillStyle = colours.line;
  for (const share of [0, 0.5, 1]) pen.fillRect(0, Math.round(y(share)), widths.plot, 1);
  const { tested, right } = run.curves;
  const xs = Array.from(tested, (update) => updateToX(bench, update));
  strokeLine(pen, xs, right, y, colours.good, 1.8);
  for (const share of [0, 1]) {
    writeOver(pen, bench, `${100 * share} %`, y(share) + (share ? 8 : -7));
  }
}

/**
 * Every kept checkpoint is a tick: tall where its pictures are here, short where on their way.
 *
 * @param {Bench} bench
 */
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
    const x = Math.round(updateToX(bench, update));
    pen.fillRect(x - 0.75, (HEIGHTS.marks - height) / 2, 1.5, height);
  }
  pen.fillStyle = colours.signals.playhead.line;
  dot(pen, updateToX(bench, shownUpdate(bench)), HEIGHTS.marks / 2, 8);
}

/**
 * The numbers of the updates.
 *
 * @param {Bench} bench
 */
function paintUpdates(bench) {
  const { parts, widths } = bench;
  const pen = fitCanvas(parts.curves.axis, widths.plot, HEIGHTS.axis);
  pen.clearRect(0, 0, widths.plot, HEIGHTS.axis);
  const ticks = axisTicks([0, bench.axisEnd + 1], widths.plot, 72);
  paintTicks(pen, bench, ticks, (update) => updateToX(bench, update));
}

/**
 * The line through all curves at the checkpoint that is shown, and the numbers there.
 *
 * @param {Bench} bench
 */
export function showPlayhead(bench) {
  const { head, now } = bench.parts.curves;
  const { updates, loss, gradient_norm, tested, right } = bench.run.curves;
  const at = shownUpdate(bench);
  head.style.transform = `translateX(${updateToX(bench, at)}px)`;
  const k = lastAt(updates, at);
  const t = lastAt(tested, at);
  const losses = k < 0 ? [] : [short(loss[k]), short(gradient_norm[k])];
  setLines(now.loss, losses, ["key-loss", "key-gradient"]);
  const success = t < 0 ? [] : [`${(100 * right[t]).toFixed(0)} %`];
  setLines(now.success, success, ["key-success"]);
}

/**
 * The last place whose update is not after `at`; -1 where there is none.
 *
 * @param {Numbers} updates
 * @param {number} at
 */
function lastAt(updates, at) {
  const after = updates.findIndex((update) => update > at + 1e-6);
  return after < 0 ? updates.length - 1 : after - 1;
}
