// The data of a picture as CSV: one row for each point or cell.

/** @typedef {ArrayLike<unknown>} Values */

/**
 * One series of a picture, as Plotly keeps it.
 *
 * @typedef {object} PlottedTrace
 * @property {string} [name]
 * @property {Values} [x]
 * @property {Values} [y]
 * @property {ArrayLike<Values>} [z] - of a heatmap, by row
 */

/**
 * All numbers that a picture draws: series, x, y, and of a heatmap's cells z.
 *
 * @param {PlottedTrace[]} traces
 */
export function figureTable(traces) {
  const rows = traces.flatMap((trace) => (trace.z ? cells(trace, trace.z) : points(trace)));
  return [["series", "x", "y", "z"], ...rows]
    .map((row) => `${row.map(field).join(",")}\r\n`)
    .join("");
}

/**
 * @param {PlottedTrace} trace
 * @returns {unknown[][]}
 */
function points({ name = "", x, y }) {
  const count = Math.max(x?.length ?? 0, y?.length ?? 0);
  return Array.from({ length: count }, (_, k) => [name, x?.[k] ?? k, y?.[k] ?? k, ""]);
}

/**
 * @param {PlottedTrace} trace
 * @param {ArrayLike<Values>} z
 * @returns {unknown[][]}
 */
function cells({ name = "", x, y }, z) {
  return Array.from(z, (row, down) =>
    Array.from(row, (value, across) => [name, x?.[across] ?? across, y?.[down] ?? down, value]),
  ).flat();
}

/**
 * A value as a field: quoted where it must be.
 *
 * @param {unknown} value
 */
function field(value) {
  const text = value === null || value === undefined || Number.isNaN(value) ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
