// The level of every cell of a tile.

import { LEVELS, positionOf, toLevel } from "../../shared/js/colours.js";

/** The level of every cell of a tile, time-major (columns, rows); computed once per scale. */
export function levelsOf(tile, signal, scale) {
  const key = signal.unbounded ? `${signal.name} ${scale}` : signal.name;
  if (!tile.levels.has(key)) tile.levels.set(key, computeLevels(tile, signal, scale));
  return tile.levels.get(key);
}

function computeLevels(tile, signal, scale) {
  const position = positionOf(signal, scale);
  const rows = signal.rows;
  if (tile.exact) {
    const values = tile.exact[signal.name];
    const levels = new Uint8Array(values.length);
    for (let k = 0; k < values.length; k += 1) levels[k] = toLevel(position(values[k], k % rows));
    return levels;
  }
  return coarseLevels(tile, signal, position);
}

/** Of a bin's lowest and highest value the one further from the unit's mean: spikes stay. */
function coarseLevels(tile, signal, position) {
  const { low, high } = tile.coarse[signal.name];
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

/** The level of each unit's mean: what a pixel that stands for many cells should differ from. */
export function meanLevels(signal, scale) {
  const position = positionOf(signal, scale);
  return Uint8Array.from(signal.unitMean, (value, unit) => toLevel(position(value, unit)));
}
