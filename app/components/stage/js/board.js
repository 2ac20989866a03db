// The board: strip, heatmaps and time axis on one shared time axis, built once per scene.

import { fitCanvas } from "../../shared/js/canvas.js";
import { LEVELS, positionOf } from "../../shared/js/colours.js";
import { element, setText } from "../../shared/js/elements.js";
import { written } from "../../shared/js/formatting.js";
import { axisTicks } from "../../shared/js/layout.js";
import { colourOf } from "../../shared/js/theme.js";
import { boardWidths, compactHeight, panelHeight } from "./board_layout.js";
import { leader } from "./group.js";
import { paintHeatmap } from "./heatmap.js";
import { memorySignal, orderOf, signalNamed } from "./lookup.js";
import { buildOverlay } from "./overlay.js";
import { stripRows } from "./strip/rows.js";

/** Build the board's elements for a scene; painting them is paintBoard's. */
export function buildBoard(stage) {
  const { scene, parts } = stage;
  const rows = element("div", { class: "rows" });
  const reads = stage === leader(stage.group);
  stage.strip = stripRows(scene).filter((row) => reads || !row.read).map((row) => buildStripRow(rows, row));
  const memory = memorySignal(scene);
  const signals = stage.signals?.map((name) => signalNamed(scene, name)) ?? scene.signals;
  stage.panels = signals.map((signal) => buildPanel(rows, signal, signal === memory, scene, Boolean(stage.signals)));
  const axis = element("canvas", { class: "axis", "aria-hidden": "true" });
  rows.append(
    element("div", { class: "row axis-row" }, element("span", { class: "label axis-label" }, "timestep"), axis),
  );
  stage.axis = axis;
  stage.overlay = buildOverlay(stage.panels);
  parts.board.replaceChildren(rows, stage.overlay.root, stage.overlay.tooltip);
}

function buildStripRow(rows, row) {
  const canvas = element("canvas", { class: "strip-canvas", "aria-hidden": "true" });
  const now = element("span", { class: "now-number" });
  const label = element("div", { class: "label strip-label" }, stripTitle(row));
  if (row.note) label.append(element("small", {}, row.note));
  if (row.hue) label.firstChild.setAttribute("style", colourOf(row.hue));
  if (row.range) label.append(element("small", {}, rangeText(row)));
  rows.append(element("div", { class: `row strip-row${row.extra ? " extra-row" : ""}` }, label, canvas, now));
  return { ...row, canvas, nowText: now };
}

/** A strip row's title; of several lines, each in its own colour. */
function stripTitle({ title, key, more }) {
  if (!key) return element("span", { class: "row-title" }, more ? `${title} (and ${more} more)` : title);
  return element("span", { class: "keys-line" }, ...key.map((k) => element("span", { class: `key-${k.style}` }, k.text)));
}

function rangeText({ range, unit }) {
  const digits = Math.abs(range[1]) >= 100 ? 0 : 1;
  return `${written(range[0], digits)} to ${written(range[1], digits)}${unit ? ` ${unit}` : ""}`;
}

function buildPanel(rows, signal, isMemory, scene, compact) {
  const canvas = element("canvas", {
    class: "heatmap",
    role: "img",
    "aria-label": `${signal.title}: ${signal.meaning}; ${signal.rows} units over ${scene.timesteps} timesteps`,
  });
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
  const row = element("div", { class: "row panel", "data-signal": signal.name }, label, canvas, nowCanvas, nowNumber);
  rows.append(row);
  return {
    signal,
    isMemory,
    row,
    canvas,
    nowCanvas,
    nowNumber,
    legend,
    title: label.firstChild,
    scratch: document.createElement("canvas"),
    height: compact ? compactHeight(signal, isMemory) : panelHeight(signal, isMemory, scene.signals.length),
  };
}

function buildLegend() {
  const bar = element("canvas", { class: "legend-bar", "aria-hidden": "true" });
  const [low, middle, high] = ["low", "middle", "high"].map((name) => element("span", { class: name }));
  return { root: element("div", { class: "legend" }, bar, low, middle, high), bar, low, middle, high };
}

/** Fit the board to the stage's width. */
export function layOutBoard(stage) {
  const widths = (stage.widths = boardWidths(stage.parts.board.clientWidth || 800));
  stage.group.parts.root.classList.toggle("narrow", widths.narrow);
  const style = stage.parts.board.style;
  style.setProperty("--label", `${widths.label}px`);
  style.setProperty("--plot", `${widths.plot}px`);
  style.setProperty("--now", `${widths.now}px`);
  for (const panel of stage.panels) {
    panel.width = widths.plot;
    panel.nowWidth = widths.narrow ? 10 : 16;
    fitCanvas(panel.canvas, panel.width, panel.height);
    fitCanvas(panel.nowCanvas, panel.nowWidth, panel.height);
  }
}

/** Paint everything that does not change with the timestep. */
export function paintBoard(stage) {
  const { scene, view, widths, scale } = stage;
  for (const row of stage.strip) {
    const pen = fitCanvas(row.canvas, widths.plot, row.height);
    pen.clearRect(0, 0, widths.plot, row.height);
    row.draw(pen, stage, { width: widths.plot, height: row.height });
  }
  for (const panel of stage.panels) {
    paintHeatmap(panel, scene, view, orderOf(stage, panel.signal), scale);
    paintGrid(panel, stage);
    paintLegend(panel, stage);
  }
  paintAxis(stage);
}

/** Hairlines between cells that are large enough to be told apart. */
function paintGrid(panel, { view, colours }) {
  const pen = panel.canvas.getContext("2d");
  const pitch = panel.width / (view[1] - view[0]);
  const rowHeight = panel.height / panel.signal.rows;
  pen.globalAlpha = 0.5;
  pen.fillStyle = colours.panel;
  if (pitch >= 7) {
    for (let t = Math.ceil(view[0]); t < view[1]; t += 1) {
      if (t > view[0]) pen.fillRect(Math.round((t - view[0]) * pitch) - 0.5, 0, 1, panel.height);
    }
  }
  if (rowHeight >= 9 && pitch >= 7) {
    for (let row = 1; row < panel.signal.rows; row += 1) pen.fillRect(0, row * rowHeight - 0.5, panel.width, 1);
  }
  pen.globalAlpha = 1;
}

const LEGEND_WIDTH = 84;

/** The colours of a signal with true values: at both ends, and zero where it is signed. */
function paintLegend(panel, { scale }) {
  const { signal, legend, css } = panel;
  const pen = fitCanvas(legend.bar, LEGEND_WIDTH, 8);
  for (let x = 0; x < LEGEND_WIDTH; x += 1) {
    pen.fillStyle = css[Math.round((x / (LEGEND_WIDTH - 1)) * (LEVELS - 1))];
    pen.fillRect(x, 0, 1.5, 8);
  }
  const whole = Number.isInteger(signal.high) && Number.isInteger(signal.low);
  const digits = whole || signal.high >= 1000 ? 0 : 2;
  const perUnit = signal.unbounded && scale === "per_unit";
  setText(legend.low, perUnit ? "−own max" : written(signal.low, digits));
  setText(legend.high, perUnit ? "own max" : written(signal.high, digits));
  setText(legend.middle, signal.low < 0 ? "0" : "");
  const asinh = signal.unbounded && scale === "asinh";
  if (asinh) markTypical(pen, panel);
  legend.root.title = asinh
    ? `Signed asinh scale; the ticks stand at ±${written(signal.typical, 2)} and 0`
    : `${written(signal.low, digits)} to ${written(signal.high, digits)}`;
}

/** On a bent scale ticks at ± the typical value show how it is bent. */
function markTypical(pen, panel) {
  const position = positionOf(panel.signal, "asinh");
  pen.fillStyle = panel.css[Math.round(LEVELS / 2)];
  for (const value of [-panel.signal.typical, panel.signal.typical]) {
    pen.fillRect(Math.round(position(value) * LEGEND_WIDTH) - 0.5, 0, 1, 8);
  }
}

function paintAxis(stage) {
  const { view, widths, colours } = stage;
  const pen = fitCanvas(stage.axis, widths.plot, 22);
  pen.clearRect(0, 0, widths.plot, 22);
  pen.font = `11px ${stage.font}`;
  pen.fillStyle = colours.muted;
  pen.strokeStyle = colours.strong_line;
  pen.textBaseline = "top";
  const pitch = widths.plot / (view[1] - view[0]);
  for (const t of axisTicks(view, widths.plot, 64)) {
    const x = (t + 0.5 - view[0]) * pitch;
    pen.fillRect(x - 0.5, 0, 1, 4);
    const text = String(t);
    const half = pen.measureText(text).width / 2;
    pen.textAlign = "center";
    pen.fillText(text, Math.min(widths.plot - half, Math.max(half, x)), 7);
  }
}
