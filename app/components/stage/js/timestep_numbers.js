// The numbers of one timestep: what the drawing says, computed from the trace's own values.

import { MEAN, columnAt, exactTile, valueAt } from "./lookup.js";

/** Each cell's terms as functions of one unit's values; the mean is the mean of the terms. */
const TERMS = {
  lstm: {
    retained: (v) => v.forget_gate * v.carried,
    written: (v) => v.input_gate * v.candidate,
    shown: (v) => v.output_gate * v.squashed,
  },
  gru: {
    retained: (v) => v.update_gate * v.carried,
    written: (v) => (1 - v.update_gate) * v.candidate,
  },
  rnn: {},
};

/** Every number of timestep t for a unit (or the mean over units); null while it is on its way. */
export function numbersAt(scene, t, unit) {
  const tile = exactTile(scene, t);
  if (!tile) return null;
  const units = unit === MEAN ? Array.from({ length: scene.hidden_size }, (_, k) => k) : [unit];
  const columns = Object.keys(tile.exact).map((name) => [name, columnAt(scene, name, t)]);
  const totals = {};
  for (const k of units) {
    const values = {};
    for (const [name, column] of columns) if (column.length === scene.hidden_size) values[name] = column[k];
    for (const [name, term] of Object.entries(TERMS[scene.kind])) values[name] = term(values);
    for (const [name, value] of Object.entries(values)) totals[name] = (totals[name] ?? 0) + value;
  }
  for (const name of Object.keys(totals)) totals[name] /= units.length;
  return totals;
}

/** The numbers beside the heatmaps alone: all that a stage without a drawing says. */
export function panelNumbers({ scene, panels, t, unit }) {
  if (!exactTile(scene, t)) return null;
  const own = panels.map(({ signal }) => signal).filter(({ rows }) => rows === scene.hidden_size);
  return Object.fromEntries(own.map(({ name }) => [name, valueAt(scene, name, t, unit)]));
}
