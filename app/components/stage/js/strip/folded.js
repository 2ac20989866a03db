// The rows of a folded board: the chosen unit's memory, and which timesteps it was written at.

import { positionOf, toLevel } from "../../../shared/js/colours.js";
import { written } from "../../../shared/js/formatting.js";
import { contributionsAt } from "../caption/source.js";
import { timestepOf } from "../group.js";
import { pixelColumns } from "../heatmap.js";
import { levelsOf } from "../levels.js";
import { MEAN, memorySignal, valueAt } from "../lookup.js";
import { pitchOf } from "../view.js";

/** @import { Pen, Size } from "../../../shared/js/types.d.ts" */
/** @import { Panel, Signal, Stage, StripRow, Tile } from "../types.d.ts" */

const MEMORY_HEIGHT = 34;
const WRITTEN_HEIGHT = 34;
const NO_MEAN = "choose one unit to see when it was written";
const TOO_LONG = "shown where the run can be seen from its start in exact numbers";
const LEAST_BAR = 1.5; // pixels high: what was written and is nearly gone can still be seen

/**
 * The rows of a stage: which writes there were is said only of cells that keep what was written.
 *
 * @param {Stage} stage
 * @returns {StripRow[]}
 */
export function foldedRows(stage) {
  const { scene } = stage;
  const { title, name } = memorySignal(scene);
  const common = { follows: true, needs: name, hue: name };
  const value = (/** @type {number} */ t) => valueAt(scene, name, t, stage.unit);
  /** @type {StripRow} */
  const memory = {
    ...common,
    title,
    control: stage.unitChoice,
    height: MEMORY_HEIGHT,
    draw: drawMemory,
    now: (t) => (Number.isNaN(value(t)) ? "…" : written(value(t))),
  };
  if (scene.kind === "rnn") return [memory];
  const note = "and still held now";
  const now = () => "";
  const writes = { ...common, title: "Written at", note, height: WRITTEN_HEIGHT, now };
  return [memory, { ...writes, draw: drawWritten }];
}

/**
 * The chosen unit's memory over time, in the heatmap's colours on the unit's own scale; of all
 * units their mean.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Size} size
 */
function drawMemory(pen, stage, { width, height }) {
  const { scene, group, unit } = stage;
  const { name } = memorySignal(scene);
  const panel = /** @type {Panel} */ (stage.panels.find(({ signal }) => signal.name === name));
  const pixels = Math.round(width);
  pixelColumns(scene, group.view, pixels).forEach(({ tile, to }, x) => {
    const level =
      unit === MEAN
        ? meanLevel(tile, panel.signal, to - 1)
        : levelsOf(tile, panel.signal, "per_unit")[(to - 1) * panel.signal.rows + unit];
    if (level === null) return;
    pen.fillStyle = panel.css[level];
    pen.fillRect((x * width) / pixels, 0, width / pixels + 0.3, height);
  });
}

/**
 * The level of the mean over units at a column of a tile; null where only pooled numbers are here.
 *
 * @param {Tile} tile
 * @param {Signal} signal
 * @param {number} column
 */
function meanLevel({ exact }, signal, column) {
  if (!exact) return null;
  const values = exact[signal.name].subarray(column * signal.rows, (column + 1) * signal.rows);
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / signal.rows;
  return toLevel(positionOf(signal, "asinh")(mean, 0));
}

/**
 * A bar for each timestep: how much of what was written then is in the chosen unit's memory now.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Size} size
 */
function drawWritten(pen, stage, size) {
  const { scene, unit, font, colours } = stage;
  const parts = unit === MEAN ? null : contributionsAt(scene, timestepOf(stage), unit);
  if (parts) {
    drawBars(pen, stage, size, parts.written);
    return;
  }
  pen.font = `12px ${font}`;
  pen.fillStyle = colours.muted;
  pen.textBaseline = "middle";
  pen.fillText(unit === MEAN ? NO_MEAN : TOO_LONG, 4, size.height / 2);
}

/**
 * Bars up for what was added, down for what was subtracted; the largest fills its side.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Size} size
 * @param {Float64Array} writes
 */
function drawBars(pen, { scene, group, colours }, { width, height }, writes) {
  const largest = writes.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const signed = writes.some((value) => value < 0);
  const [base, reach] = signed ? [height / 2, height / 2 - 1] : [height - 1, height - 2];
  const { line } = colours.signals[memorySignal(scene).name];
  const [start, stop] = group.view;
  const pitch = pitchOf(group.view, width);
  const bar = Math.max(1, Math.min(14, pitch * 0.6));
  pen.fillStyle = colours.line;
  pen.fillRect(0, base - 0.5, width, 1);
  for (let s = Math.max(0, Math.floor(start)); s < Math.min(stop, scene.timesteps); s += 1) {
    if (!writes[s]) continue;
    const high = Math.max(LEAST_BAR, (Math.abs(writes[s]) / largest) * reach);
    pen.fillStyle = writes[s] < 0 ? colours.below_zero : line;
    pen.fillRect(
      (s + 0.5 - start) * pitch - bar / 2,
      writes[s] < 0 ? base : base - high,
      bar,
      high,
    );
  }
}
