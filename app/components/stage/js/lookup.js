// What a scene holds at a timestep. Nothing here draws.

/** @import { Numbers } from "../../shared/js/types.d.ts" */
/** @import { Scene, Signal, Stage, Tile } from "./types.d.ts" */

export const MEAN = -1; // the "unit" that is the mean over all units

/**
 * The exact tile that holds timestep t, or undefined while it is on its way.
 *
 * @param {Scene} scene
 * @param {number} t
 */
export function exactTile(scene, t) {
  return scene.tiles.find((tile) => tile.exact && t >= tile.start && t < tile.stop);
}

/**
 * Whether a tile has a signal: those that came for a view have the ones that were shown.
 *
 * @param {Tile} tile
 * @param {string} signal
 */
export function hasSignal({ coarse }, signal) {
  return !coarse || signal in coarse;
}

/**
 * The best tile to paint timestep t of a signal, or of the strip, from: exact before fine before
 * coarse. The first tile is the whole run, so there is always one.
 *
 * @param {Scene} scene
 * @param {number} t
 * @param {string} [signal]
 */
export function paintTile(scene, t, signal) {
  let best = scene.tiles[0];
  for (const tile of scene.tiles) {
    if (t < tile.start || t >= tile.stop) continue;
    if (signal && !hasSignal(tile, signal)) continue;
    if (tile.factor < best.factor || (tile.exact && !best.exact)) best = tile;
  }
  return best;
}

/**
 * Every unit's value of a plane at t: a view (R,), or null where only pooled numbers are here.
 *
 * @param {Scene} scene
 * @param {string} plane
 * @param {number} t
 */
export function columnAt(scene, plane, t) {
  const tile = exactTile(scene, t);
  const values = tile?.exact?.[plane];
  if (!tile || !values) return null;
  const rows = values.length / (tile.stop - tile.start);
  const from = (t - tile.start) * rows;
  return values.subarray(from, from + rows);
}

/**
 * One number: the unit's, or the mean over units; NaN where it is not here yet.
 *
 * @param {Scene} scene
 * @param {string} plane
 * @param {number} t
 * @param {number} unit
 */
export function valueAt(scene, plane, t, unit) {
  const column = columnAt(scene, plane, t);
  if (!column) return NaN;
  return unit === MEAN ? mean(column) : column[unit];
}

/**
 * The mean of numbers.
 *
 * @param {Numbers} values
 */
function mean(values) {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/**
 * What a pooled cell holds at (t, unit): the lowest and highest value of its bin, and the
 * timesteps start..stop-1 of it; null for a tile that is exact.
 *
 * @param {Scene} scene
 * @param {Signal} signal
 * @param {number} t
 * @param {number} unit
 */
export function binAt(scene, signal, t, unit) {
  const tile = paintTile(scene, t, signal.name);
  if (!tile.coarse) return null;
  const at = Math.floor((t - tile.start) / tile.factor) * signal.rows + unit;
  const { low, high } = tile.coarse[signal.name];
  const start = tile.start + Math.floor((t - tile.start) / tile.factor) * tile.factor;
  const real = (/** @type {number} */ byte) =>
    signal.unitLow[unit] + (byte / 255) * (signal.unitHigh[unit] - signal.unitLow[unit]);
  return {
    low: real(low[at]),
    high: real(high[at]),
    start,
    stop: Math.min(tile.stop, start + tile.factor),
  };
}

/**
 * The symbol read at t, or "" for numbers and for what is not here yet.
 *
 * @param {Scene} scene
 * @param {number} t
 */
export function tokenAt(scene, t) {
  const tile = exactTile(scene, t);
  return tile?.strip.tokens?.[t - tile.start] ?? "";
}

/**
 * The time stamp of t, or "" where it has none and for what is not here yet.
 *
 * @param {Scene} scene
 * @param {number} t
 */
export function timeAt(scene, t) {
  const tile = exactTile(scene, t);
  return tile?.strip.times?.[t - tile.start] ?? "";
}

/**
 * The signal that carries the memory: the cell state, or the hidden state where there is none.
 *
 * @param {Scene} scene
 */
export function memorySignal(scene) {
  const cellState = scene.signals.find((signal) => signal.name === "cell_state");
  const state = scene.signals.find((signal) => signal.role === "state");
  return /** @type {Signal} */ (cellState ?? state);
}

/**
 * A signal of the cell, which has it.
 *
 * @param {Scene} scene
 * @param {string} name
 */
export function signalNamed(scene, name) {
  return /** @type {Signal} */ (scene.signals.find((signal) => signal.name === name));
}

/**
 * Which unit stands in which row; a projected hidden state has rows of its own, in file order.
 *
 * @param {Stage} stage
 * @param {Signal} signal
 */
export function orderOf({ scene, group }, signal) {
  const order = scene.orders[group.settings.order] ?? scene.orders.file;
  if (order.length === signal.rows) return order;
  return Int32Array.from({ length: signal.rows }, (_, k) => k);
}

/**
 * The row in which the unit of a stage stands, of signals whose rows are its units.
 *
 * @param {Stage} stage
 */
export function rowOfUnit({ scene, group, unit }) {
  return (scene.places[group.settings.order] ?? scene.places.file)[unit];
}
