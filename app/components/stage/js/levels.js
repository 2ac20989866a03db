// The level of every cell of a tile.

import { LEVELS, positionOf, toLevel } from "../../shared/js/colours.js";

/** @import { Scale } from "../../shared/js/types.d.ts" */
/** @import { Sides, Signal, Tile } from "./types.d.ts" */

/**
 * The level of every cell of a tile, time-major (columns, rows); computed once per scale.
 *
 * @param {Tile} tile
 * @param {Signal} signal
 * @param {Scale} scale
 */
export function levelsOf(tile, signal, scale) {
  const key = signal.unbounded ? `${signal.name} ${scale}` : signal.name;
  const known = tile.levels.get(key);
  if (known) return known;
  const levels = computeLevels(tile, signal, scale);
  tile.levels.set(key, levels);
  return levels;
}

/**
 * @param {Tile} tile
 * @param {Signal} signal
 * @param {Scale} scale
 */
function computeLevels({ exact, coarse }, signal, scale) {
  const position = positionOf(signal, scale);
  if (coarse) return coarseLevels(coarse[signal.name], signal, position);
  const values = exact?.[signal.name] ?? [];
  const { rows } = signal;
  const levels = new Uint8Array(values.length);
  for (let k = 0; k < values.length; k += 1) levels[k] = toLevel(position(values[k], k % rows));
  return levels;
}

/**
 * Of a bin's lowest and highest value the one further from the unit's mean: spikes stay.
 *
 * @param {Sides} sides
 * @param {Signal} signal
 * @param {(value: number, unit: number) => number} position
 */
function coarseLevels({ low, high }, signal, position) {
  const rows = signal.rows;
  const table = new Uint8Array(rows * LEVELS);
  const meanByte = new Float32Array(rows);
  for (let unit = 0; unit < rows; unit += 1) {
    const bottom = signal.unitLow[unit];
    const width = signal.unitHigh[unit] - bottom;
    meanByte[unit] = width > 0 ? ((signal.unitMean[unit] - bottom) / width) * 255 : 0;
    for (let byte = 0; byte < LEVELS; byte += 1) {
      table[unit * LEVELS + byte] = toLevel(position(bottom + (byte / 255) * width, unit));
    }
  }
  const levels = new Uint8Array(low.length);
  for (let k = 0; k < low.length; k += 1) {
    const unit = k % rows;
    const byte = high[k] - meanByte[unit] >= meanByte[unit] - low[k] ? high[k] : low[k];
    levels[k] = table[unit * LEVELS + byte];
  }
  return levels;
}

/**
 * The level of each unit's mean: what a pixel that stands for many cells should differ from.
 *
 * @param {Signal} signal
 * @param {Scale} scale
 */
export function meanLevels(signal, scale) {
  const position = positionOf(signal, scale);
  return Uint8Array.from(signal.unitMean, (value, unit) => toLevel(position(value, unit)));
}
