// Where everything on the board stands: labels left, the run in the middle, "now" at the right.

import { NARROW } from "../../shared/js/layout.js";

/** @import { Signal, Widths } from "./types.d.ts" */

/**
 * The widths of the board's columns for a stage of this inner width.
 *
 * @param {number} width
 * @returns {Widths}
 */
export function boardWidths(width) {
  const narrow = width < NARROW;
  const label = narrow ? 0 : 188;
  const now = narrow ? 58 : 78;
  return { narrow, width, label, now, plot: Math.max(80, width - label - now) };
}

/**
 * How tall a signal's heatmap is: whole pixels per unit where that fits; the cell state gets most.
 *
 * @param {Signal} signal
 * @param {boolean} isMemory
 * @param {number} signalCount
 */
export function panelHeight(signal, isMemory, signalCount) {
  const [target, most] = isMemory ? (signalCount > 1 ? [150, 256] : [220, 300]) : [60, 132];
  if (signal.rows > most) return most;
  return signal.rows * Math.max(1, Math.round(target / signal.rows));
}

/**
 * Where stages stand one above the other, each is lower.
 *
 * @param {Signal} signal
 * @param {boolean} isMemory
 */
export function compactHeight(signal, isMemory) {
  const [target, most] = isMemory ? [96, 132] : [60, 96];
  if (signal.rows > most) return most;
  return signal.rows * Math.max(1, Math.round(target / signal.rows));
}
