// What a scene holds at a timestep. Nothing here draws.

export const MEAN = -1; // the "unit" that is the mean over all units

/** The exact tile that holds timestep t, or undefined while it is on its way. */
export function exactTile(scene, t) {
  return scene.tiles.find((tile) => tile.exact && t >= tile.start && t < tile.stop);
}

/** The best tile to paint timestep t from: exact before fine before coarse. */
export function paintTile(scene, t) {
  let best = null;
  for (const tile of scene.tiles) {
    if (t < tile.start || t >= tile.stop) continue;
    if (!best || tile.factor < best.factor || (tile.exact && !best.exact)) best = tile;
  }
  return best;
}

/** Every unit's value of a plane at t: a view (R,), or null where only pooled numbers are here. */
export function columnAt(scene, plane, t) {
  const tile = exactTile(scene, t);
  const values = tile?.exact[plane];
  if (!values) return null;
  const rows = values.length / (tile.stop - tile.start);
  const from = (t - tile.start) * rows;
  return values.subarray(from, from + rows);
}

/** One number: the unit's, or the mean over units; NaN where it is not here yet. */
export function valueAt(scene, plane, t, unit) {
  const column = columnAt(scene, plane, t);
  if (!column) return NaN;
  return unit === MEAN ? mean(column) : column[unit];
}

function mean(values) {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** What a pooled cell holds at (t, unit): [lowest, highest] of its bin. */
export function binAt(scene, signal, t, unit) {
  const tile = paintTile(scene, t);
  if (!tile?.coarse) return null;
  const at = Math.floor((t - tile.start) / tile.factor) * signal.rows + unit;
  const { low, high } = tile.coarse[signal.name];
  const start = tile.start + Math.floor((t - tile.start) / tile.factor) * tile.factor;
  const real = (byte) =>
    signal.unitLow[unit] + (byte / 255) * (signal.unitHigh[unit] - signal.unitLow[unit]);
  return {
    low: real(low[at]),
    high: real(high[at]),
    start,
    stop: Math.min(tile.stop, start + tile.factor),
  };
}

/** The symbol read at t, or "" for numbers and for what is not here yet. */
export function tokenAt(scene, t) {
  const tile = exactTile(scene, t);
  return tile?.strip.tokens?.[t - tile.start] ?? "";
}

/** The signal that carries the memory: the belt, or the hidden state where there is none. */
export function memorySignal(scene) {
  return scene.signals.find((s) => s.name === "cell_state") ?? scene.signals.find((s) => s.role === "state");
}

export function signalNamed(scene, name) {
  return scene.signals.find((signal) => signal.name === name);
}

/** Which unit stands in which row; a projected hidden state has rows of its own, in file order. */
export function orderOf(stage, signal) {
  const order = stage.scene.orders[stage.order] ?? stage.scene.orders.file;
  if (order.length === signal.rows) return order;
  return Int32Array.from({ length: signal.rows }, (_, k) => k);
}
