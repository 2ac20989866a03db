// The rows of a folded board: the chosen unit's memory, and which timesteps it was written at.

import { positionOf, toLevel } from "../../../shared/js/colours.js";
import { written } from "../../../shared/js/formatting.js";
import { say } from "../../../shared/js/words.js";
import { pixelColumns } from "../heatmap.js";
import { levelsOf } from "../levels.js";
import { MEAN, memorySignal, valueAt } from "../lookup.js";
import { barsNow, drawBars, sentBars, writesNow } from "./bars.js";

/** @import { Pen, Size } from "../../../shared/js/types.d.ts" */
/** @import { Panel, Signal, Stage, StripRow, Tile } from "../types.d.ts" */

const MEMORY_HEIGHT = 34;
const CHANGED_HEIGHT = 20;
const WRITTEN_HEIGHT = 34;

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
    steady: true,
    title,
    control: stage.unitChoice,
    height: MEMORY_HEIGHT,
    draw: drawMemory,
    now: (t) => (Number.isNaN(value(t)) ? "…" : written(value(t))),
  };
  const rows = [memory, ...changedRows(stage, common)];
  if (scene.kind === "rnn") return rows;
  const note = say("still_held");
  const now = () => saidOfBars(stage);
  const writes = { ...common, title: say("written_at"), note, height: WRITTEN_HEIGHT, now };
  return [...rows, { ...writes, draw: drawWritten }];
}

/**
 * Of a changed run: the memory as it was, and how far it is from that now.
 *
 * @param {Stage} stage
 * @param {Pick<StripRow, "follows" | "needs" | "hue">} common
 * @returns {StripRow[]}
 */
function changedRows(stage, common) {
  if (!stage.scene.changed?.before) return [];
  const was = (/** @type {number} */ t) => earlierValue(stage, t);
  const by = (/** @type {number} */ t) =>
    valueAt(stage.scene, memorySignal(stage.scene).name, t, stage.unit) - was(t);
  const said = (/** @type {number} */ value) => (Number.isNaN(value) ? "" : written(value));
  const row = { ...common, steady: true, height: CHANGED_HEIGHT };
  return [
    {
      ...row,
      title: say("as_it_was"),
      draw: (pen, _, size) => drawValues(pen, stage, size, was, memoryReach(stage)),
      now: (t) => said(was(t)),
    },
    {
      ...row,
      title: say("difference"),
      draw: (pen, _, size) => drawValues(pen, stage, size, by, largestSize(stage, by)),
      now: (t) => said(by(t)),
    },
  ];
}

/**
 * The chosen unit's memory in the run as it was, or the mean over units.
 *
 * @param {Stage} stage
 * @param {number} t
 */
function earlierValue({ scene, unit }, t) {
  const { rows } = memorySignal(scene);
  const values = scene.changed?.before?.subarray(t * rows, (t + 1) * rows) ?? [];
  if (unit !== MEAN) return values[unit];
  let sum = 0;
  for (const value of values) sum += value;
  return sum / rows;
}

/**
 * How far the chosen unit's memory goes from zero, in the run on the stage.
 *
 * @param {Stage} stage
 */
function memoryReach({ scene, unit }) {
  const { unitLow, unitHigh, high } = memorySignal(scene);
  if (unit === MEAN) return high;
  return Math.max(Math.abs(unitLow[unit]), Math.abs(unitHigh[unit])) || 1;
}

/**
 * The largest size of a number over the run.
 *
 * @param {Stage} stage
 * @param {(t: number) => number} value
 */
function largestSize({ scene }, value) {
  let most = 0;
  for (let t = 0; t < scene.timesteps; t += 1) most = Math.max(most, Math.abs(value(t)) || 0);
  return most || 1;
}

/**
 * A number over time in the colours of the memory, from -reach to reach.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Size} size
 * @param {(t: number) => number} value
 * @param {number} reach
 */
function drawValues(pen, stage, { width, height }, value, reach) {
  const { scene, group, panels } = stage;
  const { name } = memorySignal(scene);
  const panel = /** @type {Panel} */ (panels.find(({ signal }) => signal.name === name));
  const [start, stop] = group.view;
  const pitch = width / (stop - start);
  for (let t = Math.max(0, Math.floor(start)); t < Math.min(stop, scene.timesteps); t += 1) {
    const at = value(t);
    if (Number.isNaN(at)) continue;
    pen.fillStyle = panel.css[toLevel(0.5 + at / (2 * reach))];
    pen.fillRect((t - start) * pitch, 0, pitch + 0.3, height);
  }
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
  pixelColumns(scene, group.view, pixels, name).forEach(({ tile, to }, x) => {
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
 * A bar for each timestep: how much of what was written then is in the chosen unit's memory now, or
 * in the memories of all units together.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Size} size
 */
function drawWritten(pen, stage, size) {
  const { font, colours } = stage;
  const bars = barsNow(stage);
  if (bars) {
    drawBars(pen, stage, size, bars);
    return;
  }
  pen.font = `12px ${font}`;
  pen.fillStyle = colours.muted;
  pen.textBaseline = "middle";
  pen.fillText(say(stage.group.ask ? "added_up_at_rest" : "too_long"), 4, size.height / 2);
}

/**
 * What is said beside the bars: whose they are, and who added them up.
 *
 * @param {Stage} stage
 */
function saidOfBars(stage) {
  const all = stage.unit === MEAN ? [say("all_units_of")] : [];
  const sent = !writesNow(stage) && sentBars(stage);
  return [...all, ...(sent ? [say("from_the_server")] : [])].join(", ");
}
