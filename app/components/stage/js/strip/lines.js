// A line of numbers over time, walked along the pixels of a strip.

import { pixelColumns } from "../heatmap.js";
import { paintTile } from "../lookup.js";
import { pitchOf } from "../view.js";

/** @import { Line, Stage } from "../types.d.ts" */
/** @typedef {(x: number, least: number, most: number) => void} Visit */

/**
 * Visit a line from left to right: where it is, and its lowest and highest number there.
 *
 * @param {Stage} stage
 * @param {number} width
 * @param {string} name
 * @param {number} column
 * @param {Visit} visit
 */
export function walkLine(stage, width, name, column, visit) {
  const pitch = pitchOf(stage.group.view, width);
  if (pitch >= 1) walkTimesteps(stage, pitch, name, column, visit);
  else walkPixels(stage, width, name, column, visit);
}

/**
 * Where a timestep is at least a pixel wide: visit each in sight, and one beyond either end.
 *
 * @param {Stage} stage
 * @param {number} pitch
 * @param {string} name
 * @param {number} column
 * @param {Visit} visit
 */
function walkTimesteps({ scene, group }, pitch, name, column, visit) {
  const [start, stop] = group.view;
  const end = Math.min(scene.timesteps, Math.ceil(stop) + 1);
  for (let t = Math.max(0, Math.floor(start) - 1); t < end; t += 1) {
    const tile = paintTile(scene, t);
    const { low, high, width } = tile.strip.lines[name];
    const at = Math.floor((t - tile.start) / tile.factor) * width + column;
    visit((t + 0.5 - start) * pitch, low[at], high[at]);
  }
}

/**
 * Where a pixel is many timesteps: visit each pixel with the range of its numbers.
 *
 * @param {Stage} stage
 * @param {number} width
 * @param {string} name
 * @param {number} column
 * @param {Visit} visit
 */
function walkPixels({ scene, group }, width, name, column, visit) {
  pixelColumns(scene, group.view, Math.round(width)).forEach(({ tile, from, to }, x) => {
    const [least, most] = rangeIn(tile.strip.lines[name], column, from, to);
    visit(x + 0.5, least, most);
  });
}

/**
 * The lowest and highest number of a column in the rows [from, to); NaN where there is none.
 *
 * @param {Line} line
 * @param {number} column
 * @param {number} from
 * @param {number} to
 */
function rangeIn({ low, high, width }, column, from, to) {
  let [least, most] = [Infinity, -Infinity];
  for (let row = from; row < to; row += 1) {
    const at = row * width + column;
    if (low[at] < least) least = low[at];
    if (high[at] > most) most = high[at];
  }
  return least <= most ? [least, most] : [NaN, NaN];
}
