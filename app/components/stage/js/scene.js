// A scene: the trace as typed arrays, decoded from what Python packed.

import { payloadHeader, readPayload } from "../../shared/js/payload.js";

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
export function readMembers(bytes) {
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

/** Take in details that Python cut for this scene; older details make room. */
export function addDetails(scene, header, array) {
  scene.tiles = [scene.tiles[0], ...header.tiles.map((tile) => readTile(tile, array))];
}
