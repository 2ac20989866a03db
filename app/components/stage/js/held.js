// What is held at a value while the cell runs: which signal, of which units, when.

import { MEAN, memorySignal } from "./lookup.js";

/** @import { Held, Scene } from "./types.d.ts" */

/**
 * Whether a signal is held at timestep t, of a unit or (MEAN) of all units together.
 *
 * @param {Scene} scene
 * @param {string} name
 * @param {number} t
 * @param {number} unit
 */
export function isHeld({ held }, name, t, unit) {
  return held.some((one) => one.signal === name && holdsUnit(one, unit) && holdsAt(one, t));
}

/**
 * The states that are held at timestep t, of a unit or of any. What a projection hands on has units
 * of its own, and is left out.
 *
 * @param {Scene} scene
 * @param {number} t
 * @param {number} unit
 */
export function heldStates(scene, t, unit) {
  if (!scene.held.length) return [];
  const now = scene.held.filter(
    (one) => holdsAt(one, t) && (unit === MEAN || holdsUnit(one, unit)),
  );
  return scene.signals
    .filter(({ role, rows }) => role === "state" && rows === scene.hidden_size)
    .map(({ name }) => name)
    .filter((name) => now.some(({ signal }) => signal === name));
}

/**
 * The timestep at which a unit's memory was held last, as the run reads, up to t; null where it was
 * not. Nothing that was there before is left.
 *
 * @param {Scene} scene
 * @param {number} t
 * @param {number} unit
 */
export function begunAnew(scene, t, unit) {
  if (!scene.held.length) return null;
  const { name } = memorySignal(scene);
  const own = scene.held.filter((one) => one.signal === name && holdsUnit(one, unit));
  const [towards, later] = scene.reverse ? [Math.max, Math.min] : [Math.min, Math.max];
  const ends = own
    .filter(({ first, last }) => (scene.reverse ? (last ?? t) >= t : first <= t))
    .map(({ first, last }) => towards(t, scene.reverse ? first : (last ?? t)));
  return ends.length ? later(...ends) : null;
}

/**
 * @param {Held} held
 * @param {number} unit
 */
function holdsUnit({ units }, unit) {
  return units === null || units.includes(unit);
}

/**
 * @param {Held} held
 * @param {number} t
 */
function holdsAt({ first, last }, t) {
  return first <= t && (last === null || t <= last);
}
