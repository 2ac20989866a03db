// The strip of a sequence of numbers: small lines, and the prediction against the truth.

import { written } from "../../../shared/js/formatting.js";
import { exactTile } from "../lookup.js";
import { walkLine } from "./lines.js";

const MOST_COLUMNS = 3; // of numbers that get a line of their own

export function numberRows(scene) {
  const { columns, ranges, titles, unit } = scene.strip;
  const rows = columns.slice(0, MOST_COLUMNS).map((title, k) => ({
    title,
    read: true,
    more: k === MOST_COLUMNS - 1 ? Math.max(0, columns.length - MOST_COLUMNS) : 0,
    unit,
    height: 34,
    range: ranges.values[k],
    draw: (pen, stage, box) => drawLine(pen, stage, box, "values", k, ranges.values[k], "ink"),
    now: (t) => lineAt(scene, "values", k, t),
  }));
  const outcome = ["truth", "predicted"].filter((name) => ranges[name]);
  if (outcome.length) rows.push(outcomeRow(scene, outcome, ranges, titles, unit));
  return rows;
}

/** One chart for prediction against truth, on one range. */
function outcomeRow(scene, names, ranges, titles, unit) {
  const range = roomy([
    Math.min(...names.map((name) => ranges[name][0][0])),
    Math.max(...names.map((name) => ranges[name][0][1])),
  ]);
  const styles = { truth: "muted", predicted: "good" };
  return {
    title: names.map((name) => titles[name]).reverse().join(" and "),
    unit,
    key: names.map((name) => ({ text: titles[name], style: styles[name] })).reverse(),
    height: 48,
    range,
    draw: (pen, stage, box) => {
      for (const name of names) drawLine(pen, stage, box, name, 0, range, styles[name]);
    },
    now: (t) => lineAt(scene, names[names.length - 1], 0, t),
  };
}

/** A range that does not blow two almost equal numbers up to the whole height. */
function roomy([low, high]) {
  const middle = (low + high) / 2;
  const reach = Math.max((high - low) / 2, Math.abs(middle) / 2);
  return [middle - reach, middle + reach];
}

function lineAt(scene, name, column, t) {
  const tile = exactTile(scene, t);
  const line = tile?.strip[name];
  if (!line) return "…";
  const value = line.low[(t - tile.start) * line.width + column];
  return Number.isNaN(value) ? "–" : written(value);
}

/** A line through the middle of each column; where a column is many timesteps, their range. */
function drawLine(pen, stage, box, name, column, [low, high], style) {
  const { view, colours } = stage;
  const span = high - low || 1;
  const y = (value) => box.height - 4 - ((value - low) / span) * (box.height - 8);
  const alone = [];
  pen.strokeStyle = colours[style];
  pen.fillStyle = colours[style];
  pen.lineWidth = 1.4;
  pen.beginPath();
  let drawing = false;
  const pitch = box.width / (view[1] - view[0]);
  const visit = (x, least, most) => {
    if (Number.isNaN(least)) return void (drawing = false);
    if (!drawing) alone.push({ x, value: most, length: 0 });
    alone[alone.length - 1].length += 1;
    if (drawing) pen.lineTo(x, y(most));
    else pen.moveTo(x, y(most));
    if (most !== least) pen.lineTo(x, y(least));
    if (pitch > 12) pen.rect(x - 0.8, y(most) - 0.8, 1.6, 1.6);
    pen.moveTo(x, y(least));
    drawing = true;
  };
  walkLine(stage, box.width, name, column, visit);
  pen.stroke();
  for (const { x, value, length } of alone) if (length === 1) markAlone(pen, x, y(value), name, value, box);
}

/** A number with none beside it (an answer at the end) is a dot: truth a ring, with its value. */
function markAlone(pen, x, y, name, value, box) {
  const at = Math.min(box.width - 7, Math.max(7, x));
  pen.lineWidth = 2;
  pen.beginPath();
  pen.arc(at, y, name === "truth" ? 6 : 3.2, 0, 2 * Math.PI);
  name === "truth" ? pen.stroke() : pen.fill();
  pen.font = "600 11px sans-serif";
  pen.textBaseline = "middle";
  pen.textAlign = at > box.width / 2 ? "right" : "left";
  const beside = at > box.width / 2 ? at - 12 : at + 12;
  pen.fillText(`${name} ${written(value)}`, beside, Math.min(box.height - 7, Math.max(7, y + (name === "truth" ? 8 : -8))));
}
