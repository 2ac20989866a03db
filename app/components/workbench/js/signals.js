// The signals of the network along the watched sequence.

import { positionOf, toLevel } from "../../shared/js/colours.js";
import { element, setText } from "../../shared/js/elements.js";
import { written } from "../../shared/js/formatting.js";
import { say } from "../../shared/js/words.js";
import { paintCells, paintHairlines } from "./cells.js";
import { makeRow } from "./row.js";

/** @import { Pen, Size } from "../../shared/js/types.d.ts" */
/** @import { Bench, Run, Signal, Snapshot } from "./types.d.ts" */

const NO_REACH = new Float32Array(0); // a unit's own reach is not a choice here

/**
 * How high the picture of a signal is: whole pixels for each unit.
 *
 * @param {number} rows
 * @param {number} target
 */
function heatmapHeight(rows, target) {
  return rows * Math.max(2, Math.round(target / rows));
}

/**
 * The row of one signal.
 *
 * @param {Bench} bench
 * @param {Signal} signal
 */
export function signalRow({ run: { head } }, signal) {
  const range = element("small", { class: "range" });
  const label = [
    element("b", { style: `color: var(--signal-${signal.name})` }, signal.title),
    element("small", { class: "meaning" }, signal.meaning),
    range,
  ];
  const extent = { units: head.units.length, timesteps: head.timesteps };
  const described = say("extent", { title: signal.title, meaning: signal.meaning, ...extent });
  const height = heatmapHeight(head.units.length, signal.memory ? 112 : 56);
  return makeRow("heatmap", height, label, described, {
    paint: (pen, bench, size, row) => {
      paintSignal(pen, bench, size, signal, row.scratch);
      setText(range, rangeText(bench.run, signal));
    },
    tip: (bench, snapshot, t, share) => signalTip(bench.run, snapshot, signal, t, share),
  });
}

/**
 * How far a signal without a range of its own goes in the whole run.
 *
 * @param {Run} run
 * @param {Signal} signal
 */
function reachOf(run, { name }) {
  return run.reach[name] ?? 1;
}

/**
 * The range of a signal's colours, in words.
 *
 * @param {Run} run
 * @param {Signal} signal
 */
function rangeText(run, signal) {
  if (!signal.unbounded) {
    return say("range", { low: written(signal.low, 0), high: written(signal.high, 0) });
  }
  const reach = reachOf(run, signal);
  return say("range_asinh", { low: written(-reach, 2), high: written(reach, 2) });
}

/**
 * The signal's units over the sequence.
 *
 * @param {Pen} pen
 * @param {Bench} bench
 * @param {Size} size
 * @param {Signal} signal
 * @param {HTMLCanvasElement} scratch
 */
function paintSignal(pen, bench, size, signal, scratch) {
  const { head } = bench.run;
  const level = levelReader(bench.run, signal);
  const plane = bench.snapshot?.planes[signal.name] ?? [];
  const table = bench.tables[signal.name];
  const rows = head.units.length;
  const cells = { columns: head.columns, rows };
  paintCells(
    pen,
    scratch,
    size,
    cells,
    (column, unit) => table[level(plane[column * rows + unit])],
  );
  paintHairlines(pen, bench, size, rows);
}

/**
 * Codes of a bounded signal are its levels; numbers of an unbounded one are bent by asinh.
 *
 * @param {Run} run
 * @param {Signal} signal
 * @returns {(value: number) => number}
 */
function levelReader(run, signal) {
  if (!signal.unbounded) return (code) => code;
  const high = reachOf(run, signal);
  const typical = Math.max(high / 10, 0.05);
  const units = { unitLow: NO_REACH, unitHigh: NO_REACH };
  const position = positionOf({ low: -high, high, typical, unbounded: true, ...units }, "asinh");
  return (value) => toLevel(position(value, 0));
}

/**
 * What lies under the pointer: the unit, and its number.
 *
 * @param {Run} run
 * @param {Snapshot} snapshot
 * @param {Signal} signal
 * @param {number} t
 * @param {number} share
 */
function signalTip({ head }, { planes }, signal, t, share) {
  const { name, title, symbol, low, high, unbounded } = signal;
  const rows = head.units.length;
  const row = Math.min(rows - 1, Math.floor(share * rows));
  const code = planes[name][Math.floor(t / head.factor) * rows + row];
  const value = unbounded ? code : low + (code / 255) * (high - low);
  return [say("unit_of", { title, unit: head.units[row] }), `${symbol} ≈ ${written(value, 2)}`];
}
