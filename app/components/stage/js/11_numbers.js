// The numbers of one timestep: what the drawing says, computed from the trace's own values.

const DIGITS = 3;

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
function numbersAt(scene, t, unit) {
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
function panelNumbers({ scene, panels, t, unit }) {
  if (!exactTile(scene, t)) return null;
  const own = panels.map(({ signal }) => signal).filter(({ rows }) => rows === scene.hidden_size);
  return Object.fromEntries(own.map(({ name }) => [name, valueAt(scene, name, t, unit)]));
}

/** A number as the page writes it: a real minus, no minus zero, powers of ten beyond reach. */
function written(value, digits = DIGITS) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "…" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size >= 1e5) return value.toExponential(2).replace("-", "−");
  const places = size >= 1000 ? Math.min(digits, 1) : size >= 100 ? Math.min(digits, 2) : digits;
  const text = size.toFixed(places);
  return (value < 0 && Number(text) !== 0 ? "−" : "") + text;
}

/** A factor in a product: negative numbers in brackets. */
function factor(value, digits = DIGITS) {
  const text = written(value, digits);
  return text.startsWith("−") ? `(${text})` : text;
}

/** How many digits it takes until the rounded numbers add up before the reader's eyes; or null. */
function digitsThatAddUp(terms, sum) {
  for (let digits = DIGITS; digits <= 6; digits += 1) {
    const round = (value) => Math.round(Number(value.toFixed(digits)) * 10 ** digits);
    if (terms.reduce((total, term) => total + round(term), 0) === round(sum)) return digits;
  }
  return null;
}

const STAND_INS = { " ": "␣", "\n": "↵", "\t": "⇥", "\r": "␍", "": "∅", "\u00a0": "⍽" };

/** A token that can be seen: white space gets a stand-in. Text only; never markup. */
function visible(token) {
  if (token in STAND_INS) return STAND_INS[token];
  return token.replace(/[\n\t\r]/g, (c) => STAND_INS[c]).replace(/\p{Cc}|\p{Cf}/gu, "�");
}
