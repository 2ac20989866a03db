// Painting over a gate's heatmap: with shift held, a drag along a unit's row holds the gate shut
// over that stretch, or open where it is mostly shut.

import { element } from "../../shared/js/elements.js";
import { valueAt } from "./lookup.js";
import { cellAt } from "./overlay.js";
import { canPull, sendPull } from "./pull.js";

/** @import { Cell, Panel, Stage } from "./types.d.ts" */

/**
 * @typedef {object} Painting
 * @property {Panel} panel
 * @property {number} unit
 * @property {number} from - the timestep at which it began
 * @property {number} to
 * @property {HTMLElement} mark
 */

/**
 * Begin to paint where shift is held over a row that can be held; null elsewhere.
 *
 * @param {Stage} stage
 * @param {PointerEvent} event
 * @param {Cell | null} cell
 * @returns {Painting | null}
 */
export function beginPainting(stage, event, cell) {
  if (!event.shiftKey || !cell?.panel || cell.unit === null) return null;
  if (!canPull(stage.scene, cell.panel.signal)) return null;
  const mark = element("div", { class: "painted" });
  stage.overlay.root.append(mark);
  const painting = { panel: cell.panel, unit: cell.unit, from: cell.t, to: cell.t, mark };
  showPainting(stage, painting);
  return painting;
}

/**
 * Paint as far as the pointer is.
 *
 * @param {Stage} stage
 * @param {Painting} painting
 * @param {number} x
 */
export function paintTo(stage, painting, x) {
  const { left } = stage.plotBox;
  const within = Math.min(left + stage.widths.plot - 0.01, Math.max(left, x));
  const cell = cellAt(stage, within, painting.panel.box.top + 1);
  if (cell) painting.to = Math.min(cell.t, stage.scene.timesteps - 1);
  showPainting(stage, painting);
}

/**
 * A frame around what is painted.
 *
 * @param {Stage} stage
 * @param {Painting} painting
 */
function showPainting(stage, { panel, unit, from, to, mark }) {
  const { scene, group, plotBox, widths } = stage;
  const [start, stop] = group.view;
  const pitch = widths.plot / (stop - start);
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const order = scene.places[group.settings.order] ?? scene.places.file;
  const height = panel.height / panel.signal.rows;
  mark.style.left = `${plotBox.left + (first - start) * pitch}px`;
  mark.style.width = `${(last + 1 - first) * pitch}px`;
  mark.style.top = `${panel.box.top + (order[unit] + 0.5) * height - Math.max(3, height / 2)}px`;
  mark.style.height = `${Math.max(6, height)}px`;
}

/**
 * Hold what was painted: shut where it is mostly open, open where it is mostly shut.
 *
 * @param {Stage} stage
 * @param {Painting} painting
 */
export function finishPainting(stage, { panel, unit, from, to, mark }) {
  mark.remove();
  const { signal } = panel;
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  let sum = 0;
  for (let t = first; t <= last; t += 1) sum += valueAt(stage.scene, signal.name, t, unit) || 0;
  const open = signal.role === "gate" && sum / (last + 1 - first) < 0.5;
  sendPull(stage, { signal: signal.name, value: open ? 1 : 0, first, last, unit });
}
