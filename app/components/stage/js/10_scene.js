// A scene: the trace as typed arrays, and how to read it. Nothing here draws.

const MEAN = -1; // the "unit" that is the mean over all units

/** Decode what build_scene packed. */
function readScene(bytes) {
  const { header, array } = readPayload(bytes);
  const signals = header.signals.map((signal) => ({
    ...signal,
    unitLow: array(signal.unit_low),
    unitHigh: array(signal.unit_high),
    unitMean: array(signal.unit_mean),
  }));
  const orders = {};
  for (const [name, place] of Object.entries(header.orders)) {
    orders[name] = Int32Array.from(array(place));
  }
  return {
    ...header,
    signals,
    orders,
    places: Object.fromEntries(Object.entries(orders).map(([k, order]) => [k, inverse(order)])),
    timeScales: array(header.time_scales),
    tiles: header.tiles.map((tile) => readTile(tile, array)),
  };
}

/** What to show: one scene, or a group's scenes with their titles and the signals to draw. */
function readMembers(bytes) {
  if (!payloadHeader(bytes).members) return [{ scene: readScene(bytes), title: "", signals: null }];
  const { header, array } = readPayload(bytes);
  return header.members.map(({ title, signals, scene }) => ({ title, signals, scene: readScene(array(scene)) }));
}

/** Where each unit stands: the inverse of which unit stands where. */
function inverse(order) {
  const places = new Int32Array(order.length);
  order.forEach((unit, place) => (places[unit] = place));
  return places;
}

function readTile(tile, array) {
  const planes = (table, sides) =>
    Object.fromEntries(
      Object.entries(table ?? {}).map(([name, place]) => [name, sides ? readSides(place, array) : array(place)]),
    );
  return {
    ...tile,
    columns: Math.ceil((tile.stop - tile.start) / tile.factor),
    exact: tile.exact && planes(tile.exact, false),
    coarse: tile.coarse && planes(tile.coarse, true),
    strip: readStrip(tile.strip, array),
    levels: new Map(), // colours by signal and scale, filled by levelsOf
  };
}

function readSides(place, array) {
  const low = array(place.low);
  return { low, high: place.high ? array(place.high) : low };
}

function readStrip(strip, array) {
  const read = {};
  for (const [name, value] of Object.entries(strip)) {
    if (Array.isArray(value)) read[name] = value;
    else if (value.low) read[name] = { ...readSides(value, array), width: value.low.shape[1] };
    else read[name] = array(value);
  }
  return read;
}

/** The exact tile that holds timestep t, or undefined while it is on its way. */
function exactTile(scene, t) {
  return scene.tiles.find((tile) => tile.exact && t >= tile.start && t < tile.stop);
}

/** The best tile to paint timestep t from: exact before fine before coarse. */
function paintTile(scene, t) {
  let best = null;
  for (const tile of scene.tiles) {
    if (t < tile.start || t >= tile.stop) continue;
    if (!best || tile.factor < best.factor || (tile.exact && !best.exact)) best = tile;
  }
  return best;
}

/** Every unit's value of a plane at t: a view (R,), or null where only pooled numbers are here. */
function columnAt(scene, plane, t) {
  const tile = exactTile(scene, t);
  const values = tile?.exact[plane];
  if (!values) return null;
  const rows = values.length / (tile.stop - tile.start);
  const from = (t - tile.start) * rows;
  return values.subarray(from, from + rows);
}

/** One number: the unit's, or the mean over units; NaN where it is not here yet. */
function valueAt(scene, plane, t, unit) {
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
function binAt(scene, signal, t, unit) {
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
function tokenAt(scene, t) {
  const tile = exactTile(scene, t);
  return tile?.strip.tokens?.[t - tile.start] ?? "";
}

/** The signal that carries the memory: the belt, or the hidden state where there is none. */
function memorySignal(scene) {
  return scene.signals.find((s) => s.name === "cell_state") ?? scene.signals.find((s) => s.role === "state");
}

/** Take in details that Python cut for this scene; older details make room. */
function addDetails(scene, header, array) {
  scene.tiles = [scene.tiles[0], ...header.tiles.map((tile) => readTile(tile, array))];
}
