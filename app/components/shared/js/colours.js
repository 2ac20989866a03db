// From numbers to colours: a level 0..255 for every value, and the colour of every level.

/** @import { Scale, Scaled } from "./types.d.ts" */

export const LEVELS = 256;

/**
 * The 256 colours of a signal as little-endian RGBA, straight between the theme's stops.
 *
 * @param {string[]} stops
 */
export function colourTable(stops) {
  const channels = stops.map((hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16)));
  const table = new Uint32Array(LEVELS);
  for (let level = 0; level < LEVELS; level += 1) {
    const place = (level / (LEVELS - 1)) * (stops.length - 1);
    const k = Math.min(stops.length - 2, Math.floor(place));
    const [r, g, b] = channels[k].map((low, c) =>
      Math.round(low + (channels[k + 1][c] - low) * (place - k)),
    );
    table[level] = (255 << 24) | (b << 16) | (g << 8) | r;
  }
  return table;
}

/**
 * A colour of a table, as a stylesheet says it.
 *
 * @param {Uint32Array} table
 * @param {number} level
 */
export function cssColour(table, level) {
  const c = table[level];
  return `rgb(${c & 255} ${(c >> 8) & 255} ${(c >> 16) & 255})`;
}

/**
 * Where a value stands on its signal's scale, 0..1 (signed signals: zero is at 0.5).
 * Only a signal without a range of its own (the cell state) has a choice of scale: a signed
 * asinh, x = asinh(v / typical) / asinh(high / typical); linear; or each unit's own reach.
 *
 * @param {Scaled} signal
 * @param {Scale} scale
 * @returns {(value: number, unit: number) => number}
 */
export function positionOf(signal, scale) {
  const { low, high, typical } = signal;
  if (!(low < 0)) return (value) => (value - low) / (high - low);
  if (!signal.unbounded || scale === "linear") return (value) => 0.5 + value / (2 * high);
  if (scale === "per_unit") return (value, unit) => 0.5 + value / (2 * unitReach(signal, unit));
  const end = Math.asinh(high / typical);
  return (value) => 0.5 + Math.asinh(value / typical) / (2 * end);
}

/**
 * How far a unit goes from zero; 1 for one that never does.
 *
 * @param {Scaled} signal
 * @param {number} unit
 */
function unitReach(signal, unit) {
  return Math.max(Math.abs(signal.unitLow[unit]), Math.abs(signal.unitHigh[unit])) || 1;
}

/**
 * The level 0..255 of a position 0..1; what lies beyond is cut.
 *
 * @param {number} position
 */
export function toLevel(position) {
  return position <= 0 ? 0 : position >= 1 ? LEVELS - 1 : Math.round(position * (LEVELS - 1)) || 0;
}
