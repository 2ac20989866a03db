// The board: strip, heatmaps and time axis on one shared time axis, built once per scene.

import { fitCanvas, penOf } from "../../shared/js/canvas.js";
import { LEVELS, positionOf } from "../../shared/js/colours.js";
import { element, setText } from "../../shared/js/elements.js";
import { written } from "../../shared/js/formatting.js";
import { axisTicks } from "../../shared/js/layout.js";
import { colourOf } from "../../shared/js/theme.js";
import { say } from "../../shared/js/words.js";
import { boardWidths, compactHeight, panelHeight } from "./board_layout.js";
import { markAxis, markStrip } from "./events.js";
import { leader } from "./group.js";
import { paintHeatmap } from "./heatmap.js";
import { memorySignal, orderOf, signalNamed } from "./lookup.js";
import { buildOverlay } from "./overlay.js";
import { markGaps, tickAt } from "./places.js";
import { foldedRows } from "./strip/folded.js";
import { stripRows } from "./strip/rows.js";
import { pitchOf } from "./view.js";

/** @import { Pen, Scale } from "../../shared/js/types.d.ts" */
/** @import { BuiltRow, Group, Legend, Panel, Signal, Stage, StripRow } from "./types.d.ts" */

const NOWHERE = { left: 0, top: 0, width: 0, height: 0 }; // a box that was not measured yet
const AXIS_HEIGHT = 26;
const EVENT_HEIGHT = 18; // pixels below the axis that say what an event is
const LEGEND_WIDTH = 84;
const GRID_PITCH = 7; // hairlines are drawn where a timestep is at least this wide
const GRID_HEIGHT = 9; // and between units where one is at least this high

/**
 * Whether the board of a stage is to show the chosen unit alone.
 *
 * @param {Stage} stage
 */
function isFolded({ group }) {
  return !group.compact && !group.settings.all_units;
}

/**
 * Build the boards anew that are folded where they should not be, or the other way round.
 *
 * @param {Group} group
 * @returns {boolean} whether there was one
 */
export function refoldBoards({ members }) {
  const wrong = members.filter((stage) => stage.folded !== isFolded(stage));
  wrong.forEach(buildBoard);
  return wrong.length > 0;
}

/**
 * Build the board's elements for a scene; painting them is paintBoard's. A folded board has the
 * strip and the chosen unit's memory, else there is a heatmap for each signal.
 *
 * @param {Stage} stage
 */
export function buildBoard(stage) {
  const { scene, parts } = stage;
  const rows = element("div", { class: "rows" });
  const reads = stage.reads || stage === leader(stage.group);
  const signals = stage.signals?.map((name) => signalNamed(scene, name)) ?? scene.signals;
  stage.folded = isFolded(stage);
  stage.panels = signals.map((signal) => buildPanel(signal, stage));
  stage.shown = stage.folded ? [] : stage.panels;
  stage.strip = [...stripRows(scene), ...(stage.folded ? foldedRows(stage) : [])]
    .filter((row) => reads || !row.read)
    .map((row) => buildStripRow(rows, row));
  rows.append(...stage.shown.map((panel) => panel.row));
  if (!stage.folded && !stage.group.compact) parts.numbers.prepend(stage.unitChoice);
  stage.group.parts.root.classList.toggle("folded", stage.folded);
  stage.axis = element("canvas", { class: "axis", "aria-hidden": "true" });
  const axis = say(scene.byPlace ? "axis_place" : "axis");
  const axisLabel = element("span", { class: "label axis-label" }, axis);
  rows.append(element("div", { class: "row axis-row" }, axisLabel, stage.axis));
  stage.overlay = buildOverlay(stage.shown, stage.strip);
  parts.board.replaceChildren(rows, stage.overlay.root, stage.overlay.tooltip);
}

/**
 * One row of the strip, appended to the board's.
 *
 * @param {HTMLElement} rows
 * @param {StripRow} row
 * @returns {BuiltRow}
 */
function buildStripRow(rows, row) {
  const heard = row.said ? { role: "img", "aria-label": row.said } : { "aria-hidden": "true" };
  const canvas = element("canvas", { class: "strip-canvas", ...heard });
  const now = element("span", { class: "now-number" });
  const title = stripTitle(row);
  const label = element("div", { class: "label strip-label" }, title);
  if (row.control) label.append(row.control);
  if (row.note) label.append(element("small", {}, row.note));
  if (row.hue) title.setAttribute("style", colourOf(row.hue));
  if (row.range) label.append(element("small", {}, rangeText(row.range, row.unit)));
  const more = row.extra ? " extra-row" : row.follows ? " follows-row" : "";
  const kind = `row strip-row${more}`;
  rows.append(element("div", { class: kind }, label, canvas, now));
  return { ...row, canvas, nowText: now, box: NOWHERE, shows: null };
}

/**
 * A strip row's title; of several lines, each in its own colour.
 *
 * @param {StripRow} row
 */
function stripTitle({ title, key, more }) {
  const text = more ? say("more_columns", { title, more }) : title;
  if (!key) return element("span", { class: "row-title" }, text);
  const keys = key.map((k) => element("span", { class: `key-${k.style}` }, k.text));
  return element("span", { class: "keys-line" }, ...keys);
}

/**
 * A range with its unit of measure, such as "0 to 190 sunspots".
 *
 * @param {[low: number, high: number]} range
 * @param {string} [unit]
 * @param {number} [digits]
 */
function rangeText([low, high], unit, digits = Math.abs(high) >= 100 ? 0 : 1) {
  const range = say("range", { low: written(low, digits), high: written(high, digits) });
  return unit ? `${range} ${unit}` : range;
}

/**
 * One signal of a stage: label, heatmap, and its column of now.
 *
 * @param {Signal} signal
 * @param {Stage} stage
 * @returns {Panel}
 */
function buildPanel(signal, { scene, signals }) {
  const isMemory = signal === memorySignal(scene);
  const { title, meaning, rows: units } = signal;
  const described = say("extent", { title, meaning, units, timesteps: scene.timesteps });
  const canvas = element("canvas", { class: "heatmap", role: "img", "aria-label": described });
  const nowCanvas = element("canvas", { class: "now-canvas", "aria-hidden": "true" });
  const nowNumber = element("span", { class: "now-number", "data-signal": signal.name });
  const legend = buildLegend();
  const label = element(
    "div",
    { class: "label" },
    element("strong", { style: colourOf(signal.name) }, signal.title),
    element("small", { class: "meaning" }, signal.meaning),
    legend.root,
  );
  const kind = { class: "row panel", "data-signal": signal.name };
  const row = element("div", kind, label, canvas, nowCanvas, nowNumber);
  const height = signals
    ? compactHeight(signal, isMemory)
    : panelHeight(signal, isMemory, scene.signals.length);
  const scratch = element("canvas");
  const places = { height, width: 0, nowWidth: 0, box: NOWHERE }; // until it is laid out
  const colours = { table: new Uint32Array(LEVELS), css: [] }; // until there is a theme
  return { signal, row, canvas, nowCanvas, nowNumber, legend, scratch, ...places, ...colours };
}

/**
 * Where a signal's scale of colours stands, with three labels.
 *
 * @returns {Legend}
 */

function buildLegend() {
  const bar = element("canvas", { class: "legend-bar", "aria-hidden": "true" });
  const [low, middle, high] = ["low", "middle", "high"].map((name) =>
    element("span", { class: name }),
  );
  const root = element("div", { class: "legend" }, bar, low, middle, high);
  return { root, bar, low, middle, high };
}

/**
 * Fit the board to the stage's width.
 *
 * @param {Stage} stage
 */
export function layOutBoard(stage) {
  const widths = boardWidths(stage.parts.board.clientWidth || 800);
  stage.widths = widths;
  stage.group.parts.root.classList.toggle("narrow", widths.narrow);
  const style = stage.parts.board.style;
  style.setProperty("--label", `${widths.label}px`);
  style.setProperty("--plot", `${widths.plot}px`);
  style.setProperty("--now", `${widths.now}px`);
  for (const panel of stage.shown) {
    panel.width = widths.plot;
    panel.nowWidth = widths.narrow ? 10 : 16;
    fitCanvas(panel.canvas, panel.width, panel.height);
    fitCanvas(panel.nowCanvas, panel.nowWidth, panel.height);
  }
}

/**
 * Paint everything that does not change with the timestep.
 *
 * @param {Stage} stage
 */
export function paintBoard(stage) {
  const { scene } = stage;
  const { view, settings } = stage.group;
  for (const row of stage.strip) paintRow(row, stage);
  for (const panel of stage.shown) {
    paintHeatmap(panel, scene, view, orderOf(stage, panel.signal), settings.scale);
    paintGrid(panel, stage);
    markGaps(penOf(panel.canvas), stage, { width: panel.width, height: panel.height });
    paintLegend(panel, settings.scale);
  }
  paintAxis(stage);
}

/**
 * Paint the rows that depend on the chosen unit or on now: they are few and low.
 *
 * @param {Stage} stage
 */
export function paintFollowing(stage) {
  for (const row of stage.strip) {
    if (row.follows && !(row.steady && isPainted(row, stage))) paintRow(row, stage);
  }
}

/**
 * Whether a steady row shows the unit and the numbers that are here now.
 *
 * @param {BuiltRow} row
 * @param {Stage} stage
 */
function isPainted({ shows }, { unit, scene }) {
  return shows?.unit === unit && shows.tiles === scene.tiles;
}

/**
 * @param {BuiltRow} row
 * @param {Stage} stage
 */
function paintRow(row, stage) {
  const { plot } = stage.widths;
  row.shows = { unit: stage.unit, tiles: stage.scene.tiles };
  const pen = fitCanvas(row.canvas, plot, row.height);
  pen.clearRect(0, 0, plot, row.height);
  row.draw(pen, stage, { width: plot, height: row.height });
  markGaps(pen, stage, { width: plot, height: row.height });
  if (row.read) markStrip(pen, stage, { width: plot, height: row.height });
}

/**
 * Hairlines between cells that are large enough to be told apart.
 *
 * @param {Panel} panel
 * @param {Stage} stage
 */
function paintGrid(panel, { group, colours }) {
  const { view } = group;
  const pen = penOf(panel.canvas);
  const pitch = pitchOf(view, panel.width);
  if (pitch < GRID_PITCH) return;
  const rowHeight = panel.height / panel.signal.rows;
  pen.globalAlpha = 0.5;
  pen.fillStyle = colours.panel;
  for (let t = Math.ceil(view[0]); t < view[1]; t += 1) {
    if (t > view[0]) pen.fillRect(Math.round((t - view[0]) * pitch) - 0.5, 0, 1, panel.height);
  }
  if (rowHeight >= GRID_HEIGHT) {
    for (let row = 1; row < panel.signal.rows; row += 1) {
      pen.fillRect(0, row * rowHeight - 0.5, panel.width, 1);
    }
  }
  pen.globalAlpha = 1;
}

/**
 * The colours of a signal with true values: at both ends, and zero where it is signed.
 *
 * @param {Panel} panel
 * @param {Scale} scale
 */
function paintLegend(panel, scale) {
  const { signal, legend, css } = panel;
  const pen = fitCanvas(legend.bar, LEGEND_WIDTH, 8);
  for (let x = 0; x < LEGEND_WIDTH; x += 1) {
    pen.fillStyle = css[Math.round((x / (LEGEND_WIDTH - 1)) * (LEVELS - 1))];
    pen.fillRect(x, 0, 1.5, 8);
  }
  const whole = Number.isInteger(signal.high) && Number.isInteger(signal.low);
  const digits = whole || signal.high >= 1000 ? 0 : 2;
  const perUnit = signal.unbounded && scale === "per_unit";
  setText(legend.low, perUnit ? say("own_low") : written(signal.low, digits));
  setText(legend.high, perUnit ? say("own_high") : written(signal.high, digits));
  setText(legend.middle, signal.low < 0 ? "0" : "");
  const asinh = signal.unbounded && scale === "asinh";
  if (asinh) markTypical(pen, panel);
  legend.root.title = asinh
    ? say("asinh_scale", { typical: written(signal.typical, 2) })
    : rangeText([signal.low, signal.high], "", digits);
}

/**
 * On a bent scale ticks at ± the typical value show how it is bent.
 *
 * @param {Pen} pen
 * @param {Panel} panel
 */
function markTypical(pen, panel) {
  const position = positionOf(panel.signal, "asinh");
  pen.fillStyle = panel.css[Math.round(LEVELS / 2)];
  for (const value of [-panel.signal.typical, panel.signal.typical]) {
    pen.fillRect(Math.round(position(value, 0) * LEGEND_WIDTH) - 0.5, 0, 1, 8);
  }
}

/**
 * The timesteps in sight, at whole numbers.
 *
 * @param {Stage} stage
 */
function paintAxis(stage) {
  const { widths, colours, scene } = stage;
  const { view } = stage.group;
  const height = AXIS_HEIGHT + (stage.scene.events.length ? EVENT_HEIGHT : 0);
  const pen = fitCanvas(stage.axis, widths.plot, height);
  pen.clearRect(0, 0, widths.plot, height);
  pen.font = `12px ${stage.font}`;
  pen.strokeStyle = colours.strong_line;
  pen.textBaseline = "top";
  markAxis(pen, stage);
  pen.fillStyle = colours.muted;
  const pitch = pitchOf(view, widths.plot);
  for (const t of axisTicks(view, widths.plot, 64)) {
    const x = (t + 0.5 - view[0]) * pitch;
    pen.fillRect(x - 0.5, 0, 1, 4);
    const text = tickAt(scene, t);
    const half = pen.measureText(text).width / 2;
    pen.textAlign = "center";
    pen.fillText(text, Math.min(widths.plot - half, Math.max(half, x)), 10);
  }
}
