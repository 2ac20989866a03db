// What is predicted, against the truth.

import { element } from "../../shared/js/elements.js";
import { visible, written } from "../../shared/js/formatting.js";
import { say } from "../../shared/js/words.js";
import { paintCells } from "./cells.js";
import { setLines } from "./numbers.js";
import { dot, strokeLine } from "./plot.js";
import { makeRow } from "./row.js";
import { grown } from "./run.js";

/** @import { Numbers, Pen, Size } from "../../shared/js/types.d.ts" */
/** @import { Bench, Head, Range, Row, Run, Snapshot } from "./types.d.ts" */

const ANSWER = 64; // pixels that a chart of numbers is high
const FEW = 10; // labels: each row is high
const MOST = 24; // labels whose names stand at the right

/**
 * The row of the predictions: a chart of numbers, or the probability of each label.
 *
 * @param {Bench} bench
 */
export function answerRow({ run: { head } }) {
  const { title, legend, kind, labels } = head.asked;
  const label = [element("b", {}, title), element("small", {}, legend)];
  if (kind === "numbers") {
    const described = say("numbers_answer", { title });
    const behaviour = { paint: paintNumbers, tip: numbersTip };
    return makeRow("strip answer", ANSWER, label, described, behaviour);
  }
  const high = labels.length <= FEW ? 17 : labels.length <= MOST ? 11 : 4;
  const described = say("labels_answer", { title, labels: labels.length });
  const behaviour = { paint: paintLabels, tip: labelsTip };
  return makeRow("heatmap answer", high * labels.length, label, described, behaviour);
}

/**
 * The predictions of the checkpoint that is shown.
 *
 * @param {Bench} bench
 */
function predictionsOf({ snapshot }) {
  return snapshot?.planes.predictions ?? new Float32Array(0);
}

/**
 * The probability of each label, with a frame around what is true.
 *
 * @param {Pen} pen
 * @param {Bench} bench
 * @param {Size} size
 * @param {Row} row
 */
function paintLabels(pen, bench, size, row) {
  const { asked, columns } = bench.run.head;
  const predictions = predictionsOf(bench);
  const table = bench.tables.prediction;
  const rows = asked.labels.length;
  paintCells(pen, row.scratch, size, { columns, rows }, (column, label) => {
    return table[predictions[column * rows + label]];
  });
  frameTruth(pen, bench, size);
  labelNames(bench.run.head, predictions, row);
}

/**
 * A frame around every label that is true, at least a few pixels wide.
 *
 * @param {Pen} pen
 * @param {Bench} bench
 * @param {Size} size
 */
function frameTruth(pen, { run, colours }, size) {
  const { asked, columns } = run.head;
  const count = asked.labels.length;
  const [pitch, high] = [size.width / columns, size.height / count];
  const width = Math.max(4, pitch - 1.5);
  pen.strokeStyle = colours.ink;
  pen.lineWidth = high < 8 ? 0.6 : 1.5;
  asked.truth.forEach((isTrue, at) => {
    if (!isTrue) return;
    const middle = (Math.floor(at / count) + 0.5) * pitch;
    const x = Math.min(size.width - width - 0.75, Math.max(0.75, middle - width / 2));
    pen.strokeRect(x, (at % count) * high + 0.75, width, high - 1.5);
  });
}

/**
 * At the right: the labels, each with its probability where the sequence is asked only once.
 *
 * @param {Head} head
 * @param {Numbers} predictions
 * @param {Row} row
 */
function labelNames(head, predictions, row) {
  const { labels, once, truth } = head.asked;
  if (labels.length > MOST) return;
  row.now.classList.add("names");
  row.now.style.height = `${row.height}px`;
  const first = Math.floor(once / head.factor) * labels.length; // where the one answer begins
  const isTrue = labels.map((_, k) => once >= 0 && Boolean(truth[first + k]));
  const lines = labels.map((label, k) => {
    if (once < 0) return visible(label);
    const share = (predictions[first + k] / 255).toFixed(2);
    return `${visible(label)} ${share}${isTrue[k] ? " ✓" : ""}`;
  });
  const classes = isTrue.map((yes) => (yes ? "true" : ""));
  setLines(row.now, lines, classes);
}

/**
 * @param {Bench} bench
 * @param {Snapshot} snapshot
 * @param {number} t
 * @param {number} share
 */
function labelsTip({ run: { head } }, { planes }, t, share) {
  const { labels, truth } = head.asked;
  const label = Math.min(labels.length - 1, Math.floor(share * labels.length));
  const at = Math.floor(t / head.factor) * labels.length + label;
  const probability = (planes.predictions[at] / 255).toFixed(2);
  return [`${visible(labels[label])}${truth[at] ? " (true)" : ""}`, `p ≈ ${probability}`];
}

/**
 * Predicted numbers as a line, the truth as another; or both as dots where only one is asked.
 *
 * @param {Pen} pen
 * @param {Bench} bench
 * @param {Size} size
 * @param {Row} row
 */
function paintNumbers(pen, bench, size, row) {
  const { columns, factor, asked } = bench.run.head;
  const { truth, once } = asked;
  const { good, ink, muted } = bench.colours;
  const [low, high] = numberRange(bench.run);
  const y = (/** @type {number} */ value) =>
    8 + ((high - value) / (high - low)) * (size.height - 16);
  const xs = Array.from({ length: columns }, (_, k) => (k + 0.5) * (size.width / columns));
  const predictions = predictionsOf(bench);
  strokeLine(pen, xs, predictions, y, good, 1.4);
  if (once < 0) {
    strokeLine(pen, xs, truth, y, muted, 1.2);
    return;
  }
  const at = Math.floor(once / factor);
  const x = Math.min(size.width - 7, xs[at]);
  pen.strokeStyle = ink;
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.arc(x, y(truth[at]), 5.5, 0, 2 * Math.PI);
  pen.stroke();
  pen.fillStyle = good;
  dot(pen, x, y(predictions[at]), 3);
  const lines = [
    say("says", { number: written(predictions[at], 3) }),
    say("truth", { number: written(truth[at], 3) }),
  ];
  setLines(row.now, lines, ["key-success", ""]);
}

/**
 * Room for every truth, and for every prediction of the run, within reason.
 *
 * @param {Run} run
 * @returns {Range}
 */
function numberRange(run) {
  const known = grown(undefined, run.head.asked.truth, Number.isFinite) ?? [0, 1];
  const spread = Math.max(known[1] - known[0], 1);
  const [low, high] = run.numbers ?? known;
  return [
    Math.max(Math.min(low, known[0]), known[0] - spread),
    Math.min(Math.max(high, known[1]), known[1] + spread),
  ];
}

/**
 * @param {Bench} bench
 * @param {Snapshot} snapshot
 * @param {number} t
 */
function numbersTip({ run: { head } }, { planes }, t) {
  const { title, truth } = head.asked;
  const at = Math.floor(t / head.factor);
  const known = Number.isFinite(truth[at]) ? say("truth", { number: written(truth[at], 3) }) : "";
  return [`${title} ${written(planes.predictions[at], 3)}`, known];
}
