// The bars "Written at": added up here, or by the server where a run is too long for that.

import { contributionSizesAt, contributionsAt } from "../caption/source.js";
import { timestepOf } from "../group.js";
import { MEAN, memorySignal } from "../lookup.js";
import { pitchOf } from "../view.js";

/** @import { Pen, Size } from "../../../shared/js/types.d.ts" */
/** @import { Bars, Group, Stage, View } from "../types.d.ts" */

const LEAST_BAR = 1.5; // pixels high: what was written and is nearly gone can still be seen
const WIDER = 1.6; // bars cut for a view at most this many times as wide are fine enough

/**
 * What each timestep's write contributes to the chosen unit's memory now; of all units the sum of
 * its sizes. null where that is not known here.
 *
 * @param {Stage} stage
 */
export function writesNow(stage) {
  const t = timestepOf(stage);
  if (stage.unit === MEAN) return contributionSizesAt(stage.scene, t);
  return contributionsAt(stage.scene, t, stage.unit)?.written ?? null;
}

/**
 * The bars of the chosen unit where the cursor is, or of all units; null where they are not here.
 *
 * @param {Stage} stage
 * @returns {Bars | null}
 */
export function barsNow(stage) {
  const writes = writesNow(stage);
  if (!writes) return sentBars(stage);
  const total = writes.reduce((sum, value) => sum + Math.abs(value), 0);
  return {
    t: timestepOf(stage),
    unit: stage.unit,
    start: 0,
    stop: writes.length,
    factor: 1,
    low: writes,
    high: writes,
    largest: writes.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    total,
    signed: writes.some((value) => value < 0),
  };
}

/**
 * The bars that the server has sent for where the cursor is and the chosen unit, if it has.
 *
 * @param {Stage} stage
 */
export function sentBars(stage) {
  const { bars } = stage.scene;
  return bars && bars.t === timestepOf(stage) && bars.unit === stage.unit ? bars : null;
}

/**
 * Which bars are to be asked of the server: null where they are here, or where none are shown.
 *
 * @param {Group} group
 * @param {[first: number, end: number]} window - the timesteps in sight, and a margin
 */
export function wantedBars({ members, view }, window) {
  const [stage] = members;
  const { scene, unit } = stage;
  if (members.length > 1 || !stage.folded || scene.kind === "rnn" || writesNow(stage)) return null;
  const here = sentBars(stage);
  if (here && isFine(here, view, scene.timesteps)) return null;
  return { t: timestepOf(stage), unit, window };
}

/**
 * Whether bars are all that are in sight, and as fine as they can be seen.
 *
 * @param {Bars} bars
 * @param {View} view
 * @param {number} timesteps
 */
function isFine({ start, stop, factor }, [first, end], timesteps) {
  const all = start <= Math.max(0, first) && stop >= Math.min(end, timesteps);
  return all && (factor === 1 || stop - start <= WIDER * (end - first));
}

/**
 * Bars up for what was added, down for what was subtracted; the largest fills its side.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Size} size
 * @param {Bars} bars
 */
export function drawBars(pen, { scene, group, colours }, { width, height }, bars) {
  const { start, factor, low, high, largest, signed } = bars;
  const [base, reach] = signed ? [height / 2, height / 2 - 1] : [height - 1, height - 2];
  const { line } = colours.signals[memorySignal(scene).name];
  const [first, end] = group.view;
  const pitch = pitchOf(group.view, width);
  const bar = Math.max(1, Math.min(14, pitch * factor * 0.6));
  const draw = (/** @type {number} */ value, /** @type {number} */ x) => {
    const tall = Math.max(LEAST_BAR, (Math.abs(value) / (largest || 1)) * reach);
    const left = bar > 1 ? x - bar / 2 : Math.floor(x); // one pixel, not two that are pale
    pen.fillStyle = value < 0 ? colours.below_zero : line;
    pen.fillRect(left, value < 0 ? base : base - tall, bar, tall);
  };
  pen.fillStyle = colours.line;
  pen.fillRect(0, base - 0.5, width, 1);
  const last = Math.min(high.length, Math.ceil((end - start) / factor));
  for (let k = Math.max(0, Math.floor((first - start) / factor)); k < last; k += 1) {
    const x = (start + (k + 0.5) * factor - first) * pitch;
    if (high[k] > 0) draw(high[k], x);
    if (low[k] < 0) draw(low[k], x);
  }
}
