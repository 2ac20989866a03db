// What is predicted, against the truth.

import { element } from "../../shared/js/elements.js";
import { visible, written } from "../../shared/js/formatting.js";
import { paintCells } from "./cells.js";
import { setLines } from "./numbers.js";
import { dot, strokeLine } from "./plot.js";
import { makeRow } from "./row.js";
import { grown } from "./run.js";

const ANSWER = 64;

export function answerRow(bench) {
  const { asked } = bench.run.head;
  const label = [element("b", {}, asked.title), element("small", {}, asked.legend)];
  if (asked.kind === "numbers") {
    return makeRow("strip answer", ANSWER, label, `${asked.title}: prediction and truth`, paintNumbers, { tip: numbersTip });
  }
  const tall = asked.labels.length <= 10 ? 17 : asked.labels.length <= 24 ? 11 : 4;
  return makeRow("heatmap answer", tall * asked.labels.length, label, `${asked.title}: probability of each of ${asked.labels.length} labels, truth outlined`, paintLabels, {
    scratch: document.createElement("canvas"),
    tip: labelsTip,
  });
}

function paintLabels(pen, bench, box, row) {
  const { asked, columns } = bench.run.head;
  const { predictions } = bench.snapshot.planes;
  const count = asked.labels.length;
  paintCells(pen, row.scratch, box, columns, count, (column, label) => bench.tables.prediction[predictions[column * count + label]]);
  const [pitch, high] = [box.width / columns, box.height / count];
  pen.strokeStyle = bench.colours.ink;
  pen.lineWidth = high < 8 ? 0.6 : 1.5;
  for (let column = 0; column < columns; column += 1) {
    for (let label = 0; label < count; label += 1) {
      if (!asked.truth[column * count + label]) continue;
      const width = Math.max(4, pitch - 1.5);
      const x = Math.min(box.width - width - 0.75, Math.max(0.75, (column + 0.5) * pitch - width / 2));
      pen.strokeRect(x, label * high + 0.75, width, high - 1.5);
    }
  }
  labelNames(bench, row);
}

/** At the right: the labels, each with its probability where the sequence is asked only once. */
function labelNames({ run: { head }, snapshot }, row) {
  const { labels, once, truth } = head.asked;
  if (labels.length > 24) return;
  row.now.classList.add("names");
  row.now.style.height = `${row.height}px`;
  const first = Math.floor(once / head.factor) * labels.length; // where the one answer begins
  const isTrue = labels.map((_, k) => once >= 0 && truth[first + k]);
  const lines = labels.map((label, k) => {
    if (once < 0) return visible(label);
    const share = (snapshot.planes.predictions[first + k] / 255).toFixed(2);
    return `${visible(label)} ${share}${isTrue[k] ? " ✓" : ""}`;
  });
  setLines(row.now, lines, isTrue.map((yes) => (yes ? "true" : "")));
}

function labelsTip({ run: { head }, snapshot }, t, share) {
  const count = head.asked.labels.length;
  const label = Math.min(count - 1, Math.floor(share * count));
  const at = Math.floor(t / head.factor) * count + label;
  return [`${visible(head.asked.labels[label])}${head.asked.truth[at] ? " (true)" : ""}`, `p ≈ ${(snapshot.planes.predictions[at] / 255).toFixed(2)}`];
}

function paintNumbers(pen, bench, box, row) {
  const { head } = bench.run;
  const [low, high] = numberRange(bench.run);
  const y = (value) => 8 + ((high - value) / (high - low)) * (box.height - 16);
  const xs = Array.from({ length: head.columns }, (_, k) => (k + 0.5) * (box.width / head.columns));
  const { predictions } = bench.snapshot.planes;
  strokeLine(pen, xs, predictions, y, bench.colours.good, 1.4);
  pen.strokeStyle = bench.colours.ink;
  pen.lineWidth = 1.5;
  if (head.asked.once < 0) return strokeLine(pen, xs, head.asked.truth, y, bench.colours.muted, 1.2);
  const at = Math.floor(head.asked.once / head.factor);
  const x = Math.min(box.width - 7, xs[at]);
  pen.beginPath();
  pen.arc(x, y(head.asked.truth[at]), 5.5, 0, 2 * Math.PI);
  pen.stroke();
  pen.fillStyle = bench.colours.good;
  dot(pen, x, y(predictions[at]), 3);
  setLines(row.now, [`says ${written(predictions[at], 3)}`, `truth ${written(head.asked.truth[at], 3)}`], ["key-success", ""]);
}

/** Room for every truth, and for every prediction of the run, within reason. */
function numberRange(run) {
  const known = grown(null, run.head.asked.truth, Number.isFinite) ?? [0, 1];
  const spread = Math.max(known[1] - known[0], 1);
  const [low, high] = run.numbers ?? known;
  return [Math.max(Math.min(low, known[0]), known[0] - spread), Math.min(Math.max(high, known[1]), known[1] + spread)];
}

function numbersTip({ run: { head }, snapshot }, t) {
  const at = Math.floor(t / head.factor);
  const truth = head.asked.truth[at];
  return [`${head.asked.title} ${written(snapshot.planes.predictions[at], 3)}`, Number.isFinite(truth) ? `truth ${written(truth, 3)}` : ""];
}
