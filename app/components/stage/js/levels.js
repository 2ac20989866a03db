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
  if (coarse) return coarseLevels(coarse[signal.name], signal, scale);
  const position = positionOf(signal, scale);
  const values = exact?.[signal.name] ?? [];
  const { rows } = signal;
  const levels = new Uint8Array(values.length);
  for (let k = 0; k < values.length; k += 1) levels[k] = toLevel(position(values[k], k % rows));
  return levels;
}

/** What a signal's bytes mean on a scale: the same for all its tiles. */
/** @type {WeakMap<Signal, Map<Scale, { table: Uint8Array, meanByte: Float32Array }>>} */
const bytesOfSignals = new WeakMap();

/**
 * The level of each unit's 256 bytes (rows, LEVELS), and where its mean stands among them.
 *
 * @param {Signal} signal
 * @param {Scale} scale
 */
function byteLevels(signal, scale) {
  const known = bytesOfSignals.get(signal) ?? new Map();
  bytesOfSignals.set(signal, known);
  if (!known.has(scale)) known.set(scale, computeByteLevels(signal, scale));
  return known.get(scale);
}

/**
 * @param {Signal} signal
 * @param {Scale} scale
 */
function computeByteLevels(signal, scale) {
  const { rows } = signal;
  const position = positionOf(signal, scale);
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
  return { table, meanByte };
}

/**
 * Of a bin's lowest and highest value the one further from the unit's mean: spikes stay.
 *
 * @param {Sides} sides
 * @param {Signal} signal
 * @param {Scale} scale
 */
function coarseLevels({ low, high }, signal, scale) {
  const { rows } = signal;
  const { table, meanByte } = byteLevels(signal, scale);
  const levels = new Uint8Array(low.length);
  for (let first = 0; first < low.length; first += rows) {
    for (let unit = 0; unit < rows; unit += 1) {
      const bottom = low[first + unit];
      const top = high[first + unit];
      const middle = meanByte[unit];
      const byte = top - middle >= middle - bottom ? top : bottom;
      levels[first + unit] = table[unit * LEVELS + byte];
    }
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
