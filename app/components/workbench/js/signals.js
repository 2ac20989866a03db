// The signals of the network along the watched sequence.

import { positionOf, toLevel } from "../../shared/js/colours.js";
import { element, setText } from "../../shared/js/elements.js";
import { written } from "../../shared/js/formatting.js";
import { paintCells, paintHairlines } from "./cells.js";
import { makeRow } from "./row.js";

function heatmapHeight(rows, target) {
  return rows * Math.max(2, Math.round(target / rows));
}

export function signalRow(bench, signal) {
  const { head } = bench.run;
  const label = [
    element("b", { style: `color: var(--signal-${signal.name})` }, signal.title),
    element("small", { class: "meaning" }, signal.meaning),
    element("small", { class: "range" }),
  ];
  const described = `${signal.title}: ${signal.meaning}; ${head.units.length} units over ${head.timesteps} timesteps`;
  const height = heatmapHeight(head.units.length, signal.memory ? 112 : 56);
  return makeRow("heatmap", height, label, described, paintSignal, {
    signal,
    range: label[2],
    scratch: document.createElement("canvas"),
    tip: (t, share) => signalTip(bench, signal, t, share),
  });
}

/** The signal with the range that belongs to the whole run. */
function rangedSignal(run, signal) {
  if (!signal.unbounded) return signal;
  const reach = run.reach[signal.name] ?? 1;
  return { ...signal, low: -reach, high: reach, typical: Math.max(reach / 10, 0.05) };
}

function paintSignal(pen, bench, box, row) {
  const { run, snapshot } = bench;
  const { signal } = row;
  const ranged = rangedSignal(run, signal);
  const level = levelReader(ranged);
  const plane = snapshot.planes[signal.name];
  paintCells(pen, row.scratch, box, run.head.columns, run.head.units.length, (column, unit) =>
    bench.tables[signal.name][level(plane[column * run.head.units.length + unit])],
  );
  paintHairlines(pen, bench, box, run.head.units.length);
  setText(row.range, `${written(ranged.low, signal.unbounded ? 2 : 0)} to ${written(ranged.high, signal.unbounded ? 2 : 0)}${signal.unbounded ? ", asinh" : ""}`);
}

/** Codes of a bounded signal are its levels; numbers of an unbounded one are bent by asinh. */
function levelReader(signal) {
  if (!signal.unbounded) return (code) => code;
  const position = positionOf(signal, "asinh");
  return (value) => toLevel(position(value, 0));
}

function signalTip({ run, snapshot }, signal, t, share) {
  const place = Math.min(run.head.units.length - 1, Math.floor(share * run.head.units.length));
  const code = snapshot.planes[signal.name][Math.floor(t / run.head.factor) * run.head.units.length + place];
  const value = signal.unbounded ? code : signal.low + (code / 255) * (signal.high - signal.low);
  return [`${signal.title}, unit ${run.head.units[place]}`, `${signal.symbol} ≈ ${written(value, 2)}`];
}
