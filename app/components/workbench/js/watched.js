// One sequence, the same at every checkpoint: what was read, every signal, what is predicted, and
// how far the error travels back. All on one axis of timesteps.

import { fitCanvas } from "../../shared/js/canvas.js";
import { element, setText } from "../../shared/js/elements.js";
import { visible } from "../../shared/js/formatting.js";
import { axisTicks } from "../../shared/js/layout.js";
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

/** Build the rows for a run; painting them is paintWatched's. */
export function buildWatched(bench) {
  const { head } = bench.run;
  bench.heading = element("h4", {});
  bench.rows = [...readRows(bench), ...head.signals.map((signal) => signalRow(bench, signal)), answerRow(bench), gradientRow(bench), axisRow()];
  bench.parts.watched.replaceChildren(bench.heading, element("p", { class: "note" }, head.note), ...bench.rows.map((row) => row.node));
}

function axisRow() {
  return { ...makeRow("axis", HEIGHTS.axis, [element("small", {}, "timestep")], "", paintTimesteps), silent: true };
}

function paintTimesteps(pen, bench) {
  const toX = (t) => (t + 0.5) * pitchOf(bench);
  paintTicks(pen, bench, axisTicks([0, bench.run.head.timesteps], bench.widths.plot, 64), toX, bench.colours);
}

export function paintWatched(bench) {
  const { run, widths } = bench;
  const at = nearest(run.held.keys(), shownUpdate(bench));
  if (at === undefined) return;
  bench.snapshot = run.held.get(at);
  bench.parts.root.dataset.shown = at;
  setText(bench.heading, run.head.heading.replace("{update}", at.toLocaleString("en")));
  for (const row of bench.rows) {
    const box = { width: widths.plot, height: row.height };
    const pen = fitCanvas(row.canvas, box.width, box.height);
    pen.clearRect(0, 0, box.width, box.height);
    row.paint(pen, bench, box, row);
  }
}

/** Say what lies under the pointer; x and y are within the row's own canvas. */
export function showTip(bench, row, event) {
  const { tooltip, root } = bench.parts;
  const box = row.canvas.getBoundingClientRect();
  const t = Math.min(bench.run.head.timesteps - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * bench.run.head.timesteps)));
  const token = bench.run.head.read.kind === "symbols" ? ` · “${visible(bench.run.head.read.tokens[t])}”` : "";
  const lines = [...(row.tip?.(bench, t, (event.clientY - box.top) / box.height) ?? []), `timestep ${t}${token}`];
  tooltip.replaceChildren(...lines.filter(Boolean).map((line) => element("div", {}, line)));
  tooltip.hidden = false;
  const frame = root.getBoundingClientRect();
  const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
  const left = x + 16 + tooltip.offsetWidth > frame.width ? x - tooltip.offsetWidth - 12 : x + 16;
  tooltip.style.transform = `translate(${Math.max(0, left)}px, ${y + 14}px)`;
}
