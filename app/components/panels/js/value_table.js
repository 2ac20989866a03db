// The table of a run's values on the page. It stays while its numbers change, so that it keeps what
// is focused and how far it is scrolled; of a long one those rows are written first that can be
// seen.

import { element, setText } from "../../shared/js/elements.js";
import { visible } from "../../shared/js/formatting.js";
import { valueRows } from "./values.js";
import { floatText } from "./values_file.js";

/** @import { Stage } from "../../stage/js/types.d.ts" */
/** @import { ValueContent, ValueRows, ValueTable } from "./types.d.ts" */

const SEEN = 40; // rows that are written at once, more than the frame of a long table shows
const SETTLED = 250; // ms after the last change until the others follow
const DECIMALS = 4;
const ORDERS = /** @type {const} */ (["ascending", "descending", "none"]);

/**
 * A table with nothing in it yet.
 *
 * @param {ValueContent} given
 * @returns {ValueTable}
 */
export function openTable(given) {
  const frame = element("div", { class: "values", role: "region", tabindex: 0 });
  /** @type {ValueTable} */
  const table = { given, frame, shape: "", lines: [], heads: [], order: [], first: 0, current: -1 };
  frame.addEventListener("scroll", () => {
    const above = Math.floor((frame.scrollTop / frame.scrollHeight) * table.lines.length);
    table.first = Math.max(0, above - SEEN / 4);
    writeSeen(table);
  });
  frame.addEventListener("pointerover", ({ target }) => showDigits(table, target));
  return table;
}

/**
 * Have the table show what the stage does.
 *
 * @param {ValueTable} table
 * @param {Stage} stage
 */
export function showValues(table, stage) {
  const rows = valueRows(table.given, stage);
  const shape = `${rows.kind} ${rows.count}`;
  if (table.shape !== shape) buildTable(table, rows, shape);
  table.titled?.removeAttribute("title");
  table.rows = rows;
  table.order = rowOrder(table, rows);
  const last = table.order.indexOf(rows.current);
  if (rows.current !== table.current && last >= 0) scrollToRow(table, last);
  table.current = rows.current;
  writeSeen(table);
}

/**
 * Make the elements of a table of this shape.
 *
 * @param {ValueTable} table
 * @param {ValueRows} rows
 * @param {string} shape
 */
function buildTable(table, rows, shape) {
  const { given, frame } = table;
  const columns = [given.index[rows.kind], ...rows.texts, ...given.columns];
  table.sorted = undefined;
  table.heads = columns.map(({ said }, column) => {
    const sort = element("button", { type: "button" }, said);
    sort.addEventListener("click", () => sortBy(table, column));
    const name = column > rows.texts.length ? "number" : "";
    return element("th", { scope: "col", class: name, "aria-sort": "none" }, sort);
  });
  table.lines = Array.from({ length: rows.count }, () => {
    const cells = columns.map((_, k) =>
      k ? element("td", { class: k > rows.texts.length ? "number" : "" }) : rowHead(),
    );
    return { row: element("tr", {}, ...cells), cells };
  });
  const body = element("tbody", {}, ...table.lines.map(({ row }) => row));
  const head = element("thead", {}, element("tr", {}, ...table.heads));
  frame.replaceChildren(element("table", {}, head, body));
  frame.setAttribute("aria-label", given.tables[rows.kind]);
  Object.assign(table, { shape, first: 0, current: -1 });
}

function rowHead() {
  return element("th", { scope: "row" });
}

/**
 * Sort by a column: up, then down, then not at all.
 *
 * @param {ValueTable} table
 * @param {number} column
 */
function sortBy(table, column) {
  const before = table.sorted?.column === column ? table.sorted.order : "none";
  const order = ORDERS[(ORDERS.indexOf(before) + 1) % ORDERS.length];
  table.sorted = order === "none" ? undefined : { column, order };
  table.heads.forEach((head, k) => {
    head.setAttribute("aria-sort", k === column ? order : "none");
  });
  if (!table.rows) return;
  table.order = rowOrder(table, table.rows);
  writeSeen(table);
}

/**
 * Which row of the run stands where; what is no number stands last.
 *
 * @param {ValueTable} table
 * @param {ValueRows} rows
 */
function rowOrder({ sorted }, rows) {
  const order = Array.from({ length: rows.count }, (_, k) => k);
  if (!sorted) return order;
  const keys = order.map((k) => [k, ...rows.textsOf(k), ...rows.numbersOf(k)][sorted.column]);
  const sign = sorted.order === "ascending" ? 1 : -1;
  return order.sort((a, b) => {
    const [one, other] = [keys[a], keys[b]];
    if (Number.isNaN(one) || Number.isNaN(other)) {
      return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
    }
    return sign * Number(one > other) - sign * Number(one < other);
  });
}

/**
 * Write the rows that can be seen, and the others once nothing changes for a while.
 *
 * @param {ValueTable} table
 */
function writeSeen(table) {
  writeRows(table, table.first, table.first + SEEN);
  clearTimeout(table.timer);
  if (table.lines.length > SEEN) table.timer = setTimeout(() => writeRows(table), SETTLED);
}

/**
 * Write the rows first to stop - 1.
 *
 * @param {ValueTable} table
 * @param {number} [first]
 * @param {number} [stop]
 */
function writeRows({ rows, lines, order }, first = 0, stop = lines.length) {
  if (!rows) return;
  for (let place = first; place < Math.min(stop, lines.length); place += 1) {
    const k = order[place];
    const { row, cells } = lines[place];
    const numbers = rows.numbersOf(k).map((value) => value.toFixed(DECIMALS));
    [String(k), ...rows.textsOf(k).map((text) => text && visible(text)), ...numbers].forEach(
      (text, column) => {
        setText(cells[column], text);
      },
    );
    if (k === rows.current) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

/**
 * Scroll the frame, and nothing around it, until a row can be seen.
 *
 * @param {ValueTable} table
 * @param {number} place
 */
function scrollToRow({ frame, lines, heads }, place) {
  const { offsetTop: top, offsetHeight: height } = lines[place].row;
  const covered = heads[0].offsetHeight;
  if (top - covered < frame.scrollTop) frame.scrollTop = top - covered;
  else if (top + height > frame.scrollTop + frame.clientHeight) {
    frame.scrollTop = top + height - frame.clientHeight;
  }
}

/**
 * Have the number under the pointer say all its digits.
 *
 * @param {ValueTable} table
 * @param {EventTarget | null} target
 */
function showDigits(table, target) {
  const { rows, lines, order } = table;
  if (!(target instanceof HTMLTableCellElement) || !target.matches("td.number") || !rows) return;
  const place = lines.findIndex(({ cells }) => cells.includes(target));
  const column = lines[place].cells.indexOf(target) - 1 - rows.texts.length;
  target.title = floatText(rows.numbersOf(order[place])[column]);
  table.titled = target;
}
