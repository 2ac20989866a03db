// A scene: the trace as typed arrays, decoded from what Python packed.

import { readContainer } from "../../shared/js/container.js";

/** Decode what build_scene packed. */
export function readScene(bytes) {
  const contents = readContainer(bytes);
  const { document, array } = contents;
  const signals = document.signals.map((signal) => ({
    ...signal,
    unitLow: array(signal.unit_low),
    unitHigh: array(signal.unit_high),
    unitMean: array(signal.unit_mean),
  }));
  const orders = {};
  for (const [name, order] of Object.entries(document.orders)) {
    orders[name] = Int32Array.from(array(order));
  }
  return {
    ...document,
    signals,
    orders,
    places: Object.fromEntries(Object.entries(orders).map(([k, order]) => [k, inverse(order)])),
    timeScales: array(document.time_scales),
    tiles: document.tiles.map((tile) => readTile(tile, contents)),
  };
}

/** What to show: one scene, or a group's scenes with their titles and the signals to draw. */
export function readMembers(bytes) {
  const { document, array } = readContainer(bytes);
  if (!document.members) return [{ scene: readScene(bytes), title: "", signals: null }];
  return document.members.map(({ title, signals, scene }) => ({
    title,
    signals,
    scene: readScene(array(scene)),
  }));
}

/** Where each unit stands: the inverse of which unit stands where. */
function inverse(order) {
  const places = new Int32Array(order.length);
  order.forEach((unit, place) => (places[unit] = place));
  return places;
}

function readTile(tile, contents) {
  const planes = (table, read) =>
    Object.fromEntries(Object.entries(table).map(([name, plane]) => [name, read(plane)]));
  return {
    ...tile,
    columns: Math.ceil((tile.stop - tile.start) / tile.factor),
    exact: tile.exact && planes(tile.exact, contents.array),
    coarse: tile.coarse && planes(tile.coarse, (sides) => readSides(sides, contents)),
    strip: readStrip(tile.strip, contents),
    levels: new Map(), // colours by signal and scale, filled by levelsOf
  };
}

function readSides(sides, { array }) {
  const low = array(sides.low);
  return { low, high: sides.high ? array(sides.high) : low };
}

/** Lists of texts stay, names become arrays, and lines know how many numbers a timestep has. */
function readStrip(strip, contents) {
  const read = {};
  for (const [name, value] of Object.entries(strip)) {
    if (Array.isArray(value)) read[name] = value;
    else if (typeof value === "string") read[name] = contents.array(value);
    else read[name] = { ...readSides(value, contents), width: contents.shape(value.low)[1] };
  }
  return read;
}

/** Take in details that Python cut for this scene; older details make room. */
export function addDetails(scene, contents) {
  const { tiles } = contents.document;
  scene.tiles = [scene.tiles[0], ...tiles.map((tile) => readTile(tile, contents))];
}
