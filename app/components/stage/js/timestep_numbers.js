// The numbers of one timestep: what the drawing says, computed from the trace's own values.

import { columnAt, exactTile, MEAN, valueAt } from "./lookup.js";

/** @import { Numbers } from "../../shared/js/types.d.ts" */
/** @import { Scene, Stage, TimestepNumbers } from "./types.d.ts" */

/**
 * Each cell's terms as functions of one unit's values, rounded between as the core rounds them; the
 * mean is the mean of the terms.
 *
 * @type {Record<string, Record<string, (values: TimestepNumbers) => number>>}
 */
const TERMS = {
  lstm: {
    retained: (v) => v.forget_gate * v.carried,
    written: (v) => v.input_gate * v.candidate,
    shown: (v) => v.output_gate * v.squashed,
  },
  gru: {
    rest: (v) => Math.fround(1 - v.update_gate),
    retained: (v) => v.update_gate * v.carried,
    written: (v) => Math.fround(1 - v.update_gate) * v.candidate,
  },
  rnn: {},
};

/**
 * Every number of timestep t for a unit (or the mean over units); null while it is on its way.
 *
 * @param {Scene} scene
 * @param {number} t
 * @param {number} unit
 */
export function numbersAt(scene, t, unit) {
  const planes = Object.keys(exactTile(scene, t)?.exact ?? {});
  if (!planes.length) return null;
  const columns = planes
    .map((name) => /** @type {[string, Numbers]} */ ([name, columnAt(scene, name, t)]))
    .filter(([, column]) => column.length === scene.hidden_size);
  if (unit !== MEAN) return numbersOfUnit(scene, columns, unit);
  /** @type {TimestepNumbers} */
  const totals = {};
  for (let k = 0; k < scene.hidden_size; k += 1) {
    for (const [name, value] of Object.entries(numbersOfUnit(scene, columns, k))) {
      totals[name] = (totals[name] ?? 0) + value;
    }
  }
  for (const name of Object.keys(totals)) totals[name] /= scene.hidden_size;
  return totals;
}

/**
 * One unit's values, and the terms that they make.
 *
 * @param {Scene} scene
 * @param {[name: string, column: Numbers][]} columns
 * @param {number} unit
 */
function numbersOfUnit(scene, columns, unit) {
  /** @type {TimestepNumbers} */
  const values = {};
  for (const [name, column] of columns) values[name] = column[unit];
  for (const [name, term] of Object.entries(TERMS[scene.kind])) values[name] = term(values);
  return values;
}

/**
 * The numbers beside the heatmaps alone: all that a stage without a drawing says.
 *
 * @param {Stage} stage
 * @param {number} t
 */
export function panelNumbers({ scene, panels, unit }, t) {
  if (!exactTile(scene, t)) return null;
  const own = panels.map(({ signal }) => signal).filter(({ rows }) => rows === scene.hidden_size);
  return Object.fromEntries(own.map(({ name }) => [name, valueAt(scene, name, t, unit)]));
}
