// A scene: the trace as typed arrays, decoded from what Python packed.

import { bytesOf, readContainer } from "../../shared/js/container.js";

/** @import { Contents } from "../../shared/js/types.d.ts" */
/** @import { Bars, Member, Scene, Sides, Signal, Tile, TileStrip } from "./types.d.ts" */

/**
 * Decode what build_scene packed.
 *
 * @param {Uint8Array} bytes
 * @returns {Scene}
 */
export function readScene(bytes) {
  const contents = readContainer(bytes);
  const { signals, orders, tiles, changed, places_read: read, ...other } = contents.document;
  const { gaps, held, by_place: byPlace, ...rest } = other;
  const inOrder = mapValues(orders, (name) => Int32Array.from(contents.array(name)));
  return {
    ...rest,
    signals: signals.map((/** @type {any} */ signal) => readSignal(signal, contents)),
    orders: inOrder,
    places: mapValues(inOrder, inverse),
    tiles: tiles.map((/** @type {any} */ tile) => readTile(tile, contents)),
    placesRead: read ? contents.array(read) : null,
    gaps: gaps ?? [],
    held: held ?? [],
    byPlace: Boolean(byPlace),
    bars: null,
    changed: changed && { ...changed, before: changed.before && contents.array(changed.before) },
  };
}

/**
 * What to show: one scene, or a group's scenes with their titles and the signals to draw.
 *
 * @param {Uint8Array} bytes
 * @returns {Member[]}
 */
export function readMembers(bytes) {
  const contents = readContainer(bytes);
  const { members } = contents.document;
  if (!members) return [{ scene: readScene(bytes), title: "", signals: null, reads: false }];
  return members.map((/** @type {any} */ { scene, ...member }) => ({
    ...member,
    scene: readScene(bytesOf(contents, scene)),
  }));
}

/**
 * A table with every value replaced by what `read` makes of it.
 *
 * @template Value, Read
 * @param {Record<string, Value>} table
 * @param {(value: Value) => Read} read
 * @returns {Record<string, Read>}
 */
function mapValues(table, read) {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, read(value)]));
}

/**
 * Where each unit stands: the inverse of which unit stands where.
 *
 * @param {Int32Array} order
 */
function inverse(order) {
  const places = new Int32Array(order.length);
  order.forEach((unit, place) => {
    places[unit] = place;
  });
  return places;
}

/**
 * @param {any} signal
 * @param {Contents<any>} contents
 * @returns {Signal}
 */
function readSignal({ unit_low: low, unit_high: high, unit_mean: mean, ...signal }, { array }) {
  return { ...signal, unitLow: array(low), unitHigh: array(high), unitMean: array(mean) };
}

/**
 * @param {any} tile
 * @param {Contents<any>} contents
 * @returns {Tile}
 */
function readTile({ exact, coarse, strip, ...tile }, contents) {
  return {
    ...tile,
    columns: Math.ceil((tile.stop - tile.start) / tile.factor),
    exact: exact && mapValues(exact, contents.array),
    coarse: coarse && mapValues(coarse, (sides) => readSides(sides, contents)),
    strip: readStrip(strip, contents),
    levels: new Map(),
  };
}

/**
 * @param {any} sides
 * @param {Contents<any>} contents
 * @returns {Sides}
 */
function readSides(sides, { array }) {
  const low = array(sides.low);
  return { low, high: sides.high ? array(sides.high) : low };
}

/**
 * @param {any} bars
 * @param {Contents<any>} contents
 * @returns {Bars}
 */
function readBars({ low, high, ...bars }, { array }) {
  return { ...bars, low: array(low), high: array(high) };
}

/**
 * Texts stay, names become arrays, and lines know how many numbers a timestep has.
 *
 * @param {any} strip
 * @param {Contents<any>} contents
 * @returns {TileStrip}
 */
function readStrip(strip, contents) {
  /** @type {any} */
  const read = { lines: {} };
  for (const [name, value] of Object.entries(strip)) {
    if (Array.isArray(value)) read[name] = value;
    else if (typeof value === "string") read[name] = contents.array(value);
    else read.lines[name] = { ...readSides(value, contents), width: contents.shape(value.low)[1] };
  }
  return read;
}

/**
 * Take in details that Python cut for this scene; older ones of the same kind make room.
 *
 * @param {Scene} scene
 * @param {Contents<any>} contents
 */
export function addDetails(scene, contents) {
  const [whole, ...older] = scene.tiles;
  const { tiles, bars } = contents.document;
  if (bars) scene.bars = readBars(bars, contents);
  const fresh = tiles.map((/** @type {any} */ tile) => readTile(tile, contents));
  const comes = (/** @type {boolean} */ exact) =>
    fresh.some((/** @type {Tile} */ tile) => Boolean(tile.exact) === exact);
  scene.tiles = [whole, ...fresh, ...older.filter((tile) => !comes(Boolean(tile.exact)))];
}
