// One sequence, the same at every checkpoint: what was read, every signal, what is predicted, and
// how far the error travels back. All on one axis of timesteps.

import { fitCanvas } from "../../shared/js/canvas.js";
import { element, setText } from "../../shared/js/elements.js";
import { visible } from "../../shared/js/formatting.js";
import { axisTicks } from "../../shared/js/layout.js";
import { tellBeside } from "../../shared/js/tooltip.js";
import { say } from "../../shared/js/words.js";
import { answerRow } from "./answers.js";
import { pitchOf } from "./cells.js";
import { shownUpdate } from "./chosen.js";
import { HEIGHTS } from "./curves.js";
import { gradientRow } from "./gradient.js";
import { paintTicks } from "./plot.js";
import { readRows } from "./reading.js";
import { makeRow } from "./row.js";
import { nearest } from "./run.js";
import { signalRow } from "./signals.js";

/** @import { Pen } from "../../shared/js/types.d.ts" */
/** @import { Bench, Row } from "./types.d.ts" */

/**
 * Build the rows for a run; painting them is paintWatched's.
 *
 * @param {Bench} bench
 */
export function buildWatched(bench) {
  const { head } = bench.run;
  const signals = head.signals.map((signal) => signalRow(bench, signal));
  bench.heading = element("h2", {});
  bench.rows = [...readRows(bench), ...signals, answerRow(bench), gradientRow(), axisRow()];
  const note = element("p", { class: "note" }, head.note);
  bench.parts.watched.replaceChildren(bench.heading, note, ...bench.rows.map((row) => row.node));
}

/** The row of the timesteps' numbers. */
function axisRow() {
  const label = [element("small", {}, say("timestep"))];
  return makeRow("axis", HEIGHTS.axis, label, "", { paint: paintTimesteps, silent: true });
}

/**
 * @param {Pen} pen
 * @param {Bench} bench
 */
function paintTimesteps(pen, bench) {
  const ticks = axisTicks([0, bench.run.head.timesteps], bench.widths.plot, 64);
  paintTicks(pen, bench, ticks, (t) => (t + 0.5) * pitchOf(bench));
}

/**
 * Paint the pictures of the checkpoint that is shown, or of the nearest that are here.
 *
 * @param {Bench} bench
 */
export function paintWatched(bench) {
  const { run, widths } = bench;
  const at = nearest(run.held.keys(), shownUpdate(bench));
  if (at === undefined) return;
  bench.snapshot = run.held.get(at) ?? null;
  bench.parts.root.dataset.shown = String(at);
  setText(bench.heading, run.head.heading.replace("{update}", at.toLocaleString("en")));
  for (const row of bench.rows) {
    const size = { width: widths.plot, height: row.height };
    const pen = fitCanvas(row.canvas, size.width, size.height);
    pen.clearRect(0, 0, size.width, size.height);
    row.paint(pen, bench, size, row);
  }
}

/**
 * Say what lies under the pointer over a row.
 *
 * @param {Bench} bench
 * @param {Row} row
 * @param {PointerEvent} event
 */
export function showTip(bench, row, event) {
  const { run, snapshot, parts } = bench;
  const { timesteps, read } = run.head;
  const box = row.canvas.getBoundingClientRect();
  const across = (event.clientX - box.left) / box.width;
  const t = Math.min(timesteps - 1, Math.max(0, Math.floor(across * timesteps)));
  const symbol = read.kind === "symbols" ? visible(read.tokens[t]) : "";
  const where = say(symbol ? "symbol_at" : "at_timestep", { t, symbol });
  const down = (event.clientY - box.top) / box.height;
  const own = (snapshot && row.tip?.(bench, snapshot, t, down)) ?? [];
  const frame = parts.root.getBoundingClientRect();
  const point = { x: event.clientX - frame.left, y: event.clientY - frame.top };
  tellBeside(parts.tooltip, [...own, where], point, frame.width);
}
