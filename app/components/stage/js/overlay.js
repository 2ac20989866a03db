// What moves over the painted board: cursor, veil, the outline of the selected unit.

import { element, setText } from "../../shared/js/elements.js";
import { buildEventLabel } from "./events.js";
import { timestepOf, timestepsOf } from "./group.js";
import { MEAN, orderOf, rowOfUnit } from "./lookup.js";
import { isOver, phaseState } from "./phases.js";
import { contextAround, SYMBOL_WIDTH } from "./strip/symbols.js";

/** @import { BuiltRow, Cell, Overlay, Panel, Stage } from "./types.d.ts" */

/**
 * The elements over a board; the covers are of the panels, then of the strip's rows.
 *
 * @param {Panel[]} panels
 * @param {BuiltRow[]} strip
 * @returns {Overlay}
 */
export function buildOverlay(panels, strip) {
  const veil = element("div", { class: "veil" });
  const cursor = element("div", { class: "cursor" });
  const context = element("div", { class: "context", "aria-hidden": "true" });
  const event = buildEventLabel();
  const covers = [...panels, ...strip].map(() => element("div", { class: "cover" }));
  const brushed = element("div", { class: "brushed" });
  const plot = element("div", { class: "overlay-plot" }, veil, ...covers, brushed, cursor);
  const outlines = panels.map(() => element("div", { class: "outline" }));
  const root = element(
    "div",
    { class: "overlay", "aria-hidden": "true" },
    plot,
    ...outlines,
    context,
    event,
  );
  const tooltip = element("div", { class: "tooltip", role: "tooltip", hidden: true });
  return { root, plot, veil, cursor, brushed, covers, outlines, context, event, tooltip };
}

/**
 * Measure once per layout where the panels stand, so that a step measures nothing.
 *
 * @param {Stage} stage
 */
export function measureBoard(stage) {
  const board = stage.parts.board.getBoundingClientRect();
  const enlarged = stage.group.magnification;
  const box = (/** @type {Element} */ node) => {
    const { top, left, width, height } = node.getBoundingClientRect();
    const seen = { top: top - board.top, left: left - board.left, width, height };
    return {
      top: seen.top / enlarged,
      left: seen.left / enlarged,
      width: seen.width / enlarged,
      height: seen.height / enlarged,
    };
  };
  for (const panel of stage.shown) panel.box = box(panel.canvas);
  for (const row of stage.strip) row.box = box(row.canvas);
  const axis = box(stage.axis);
  stage.plotBox = {
    left: axis.left,
    top: (stage.strip[0] ?? stage.shown[0]).box.top,
    bottom: axis.top,
  };
  const { plot, veil } = stage.overlay;
  plot.style.left = `${stage.plotBox.left}px`;
  plot.style.width = `${stage.widths.plot}px`;
  plot.style.top = `${stage.plotBox.top - 4}px`;
  plot.style.height = `${stage.plotBox.bottom - stage.plotBox.top + 6}px`;
  veil.style.clipPath = stage.widths.narrow ? `polygon(${rowsOutline(stage)})` : "";
}

/**
 * The outline of all rows: where titles lie between them, the veil leaves the titles as they are.
 *
 * @param {Stage} stage
 */
function rowsOutline({ strip, shown, plotBox }) {
  const corners = [...strip, ...shown].flatMap(({ box }) => {
    const top = box.top - plotBox.top + 4;
    const bottom = top + box.height;
    return [`0 ${top}px`, `100% ${top}px`, `100% ${bottom}px`, `0 ${bottom}px`];
  });
  return corners.join(", ");
}

/**
 * Move cursor and veil to t: transforms only, nothing is painted again.
 *
 * @param {Stage} stage
 */
export function moveCursor(stage) {
  const { widths, overlay, scene } = stage;
  const { view, settings } = stage.group;
  const pitch = widths.plot / (view[1] - view[0]);
  const left = (timestepOf(stage) - view[0]) * pitch;
  const width = Math.max(pitch, 3);
  const x = left + (pitch - width) / 2;
  const inside = left > -pitch - 1e-6 && left < widths.plot;
  overlay.cursor.style.transform = `translateX(${x}px)`;
  overlay.cursor.style.width = `${width}px`;
  overlay.cursor.style.display = inside ? "" : "none";
  const edge = scene.reverse ? left - widths.plot : left + pitch;
  const cut = Math.max(-widths.plot, Math.min(widths.plot, edge));
  overlay.veil.style.transform = `translateX(${cut}px)`;
  overlay.veil.style.display = settings.veil ? "" : "none";
  showContext(stage, left + pitch / 2, pitch);
}

/**
 * In slow motion the timestep's own column is covered where its phase has not come yet.
 *
 * @param {Stage} stage
 */
export function coverPhases(stage) {
  const { shown, strip, overlay } = stage;
  const lit = phaseState(stage);
  shown.forEach((panel, k) => {
    const state = lit ? lit(panel.signal.name) : "done";
    panel.row.dataset.state = state;
    placeCover(stage, overlay.covers[k], panel, state === "ahead");
  });
  const open = !isOver(stage);
  strip.forEach((row, k) => {
    const ahead = row.needs ? lit?.(row.needs) === "ahead" : open && !row.read;
    placeCover(stage, overlay.covers[shown.length + k], row, ahead);
  });
}

/**
 * Cover this timestep's column of a panel or of a row, or uncover it.
 *
 * @param {Stage} stage
 * @param {HTMLElement} cover
 * @param {Panel | BuiltRow} row
 * @param {boolean} covered
 */
function placeCover(stage, cover, { box, height }, covered) {
  cover.style.display = covered ? "" : "none";
  if (!covered) return;
  const { view } = stage.group;
  const pitch = stage.widths.plot / (view[1] - view[0]);
  const left = (timestepOf(stage) - view[0]) * pitch;
  cover.style.transform = `translate(${left}px, ${box.top - stage.plotBox.top + 4}px)`;
  cover.style.width = `${pitch}px`;
  cover.style.height = `${height}px`;
}

/**
 * One thin outline through every panel.
 *
 * @param {Stage} stage
 */
export function outlineUnit(stage) {
  stage.shown.forEach((panel, k) => {
    const outline = stage.overlay.outlines[k];
    const order = orderOf(stage, panel.signal);
    const aligned = order.length === stage.scene.hidden_size;
    const visible = stage.unit !== MEAN && aligned;
    outline.style.display = visible ? "" : "none";
    if (!visible) return;
    const rowHeight = panel.height / order.length;
    const height = Math.max(rowHeight, 4);
    const top = panel.box.top + (rowOfUnit(stage) + 0.5) * rowHeight - height / 2;
    outline.style.transform = `translate(${panel.box.left - 1}px, ${top - 1}px)`;
    outline.style.width = `${stage.widths.plot + 2}px`;
    outline.style.height = `${height + 2}px`;
  });
}

/**
 * Where the strip has no room for letters: the symbols around now, spelled out.
 *
 * @param {Stage} stage
 * @param {number} middle
 * @param {number} pitch
 */
function showContext(stage, middle, pitch) {
  const { context } = stage.overlay;
  const needed =
    stage.scene.strip.kind === "symbols" && stage.strip[0]?.read && pitch < SYMBOL_WIDTH;
  context.style.display = needed ? "" : "none";
  if (!needed) return;
  const { before, now, after } = contextAround(stage.scene, timestepOf(stage));
  if (!context.childNodes.length) {
    context.append(element("span", {}), element("b", {}), element("span", {}));
  }
  const [left, centre, right] = context.childNodes;
  setText(left, before.join(""));
  setText(centre, now);
  setText(right, after.join(""));
  const half = Math.min(130, stage.widths.plot / 2);
  const x = Math.min(stage.widths.plot - half, Math.max(half, middle));
  const [edge, top] = [stage.plotBox.left + x - half, stage.strip[0].box.top];
  context.style.transform = `translate(${edge}px, ${top}px)`;
  context.style.width = `${2 * half}px`;
}

/**
 * Which panel, timestep and unit lie under a point of the board; null beside the heatmaps.
 *
 * @param {Stage} stage
 * @param {number} x
 * @param {number} y
 * @returns {Cell | null}
 */
export function cellAt(stage, x, y) {
  const share = (x - stage.plotBox.left) / stage.widths.plot;
  if (share < 0 || share >= 1) return null;
  const [start, stop] = stage.group.view;
  const t = Math.min(timestepsOf(stage.group) - 1, Math.floor(start + share * (stop - start)));
  const under = stage.shown.find(({ box, height }) => y >= box.top && y < box.top + height);
  const panel = t < stage.scene.timesteps ? under : undefined;
  if (!panel) return y < stage.plotBox.bottom ? { t, panel: null, unit: null } : null;
  const order = orderOf(stage, panel.signal);
  const place = Math.min(
    order.length - 1,
    Math.floor(((y - panel.box.top) / panel.height) * order.length),
  );
  return { t, panel, unit: order[place] };
}
