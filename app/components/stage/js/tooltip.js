// What the tooltip says of the cell under the pointer.

import { visible, written } from "../../shared/js/formatting.js";
import { tellBeside } from "../../shared/js/tooltip.js";
import { say } from "../../shared/js/words.js";
import { binAt, columnAt, exactTile, timeAt, tokenAt } from "./lookup.js";
import { cellAt } from "./overlay.js";
import { readAt, standsAt } from "./places.js";
import { extraTexts } from "./strip/shares.js";
import { predictedAt, verdictAt } from "./strip/symbols.js";

/** @import { Panel, Scene, Stage } from "./types.d.ts" */

/**
 * The tooltip: signal, unit, timestep, time stamp, token, value; a range where bins are pooled.
 *
 * @param {Stage} stage
 * @param {number} x
 * @param {number} y
 */
export function showTooltip(stage, x, y) {
  const { tooltip } = stage.overlay;
  const cell = cellAt(stage, x, y);
  const time = cell ? timeAt(stage.scene, cell.t) : "";
  if (!cell || !(cell.panel || time || hasToken(stage, cell.t))) {
    tooltip.hidden = true;
    return;
  }
  const { t, panel, unit } = cell;
  const token = hasToken(stage, t) ? `“${visible(tokenAt(stage.scene, t))}”` : "";
  const where = [standsAt(stage.scene, t), visible(time), token].filter(Boolean).join(" · ");
  const lines =
    panel && unit !== null
      ? [
          say("unit_of", { title: panel.signal.title, unit }),
          where,
          valueText(stage.scene, panel, t, unit),
        ]
      : [where, predictedText(stage.scene, t), ...extraTexts(stage, t)];
  tellBeside(tooltip, lines, { x, y }, stage.widths.width);
}

/**
 * Whether a symbol was read at t, and is here.
 *
 * @param {Stage} stage
 * @param {number} t
 */
function hasToken(stage, t) {
  const { scene } = stage;
  return scene.strip.kind === "symbols" && readAt(scene, t) >= 0 && Boolean(exactTile(scene, t));
}

const VERDICTS = new Map([
  [0, "wrong"],
  [1, "right"],
]);

/**
 * What may follow t, and whether that is right; "" where nothing is predicted.
 *
 * @param {Scene} scene
 * @param {number} t
 */
function predictedText(scene, t) {
  const tile = exactTile(scene, t);
  const predicted = predictedAt(scene, t);
  if (!tile || !predicted || scene.strip.kind !== "symbols") return "";
  const verdict = VERDICTS.get(verdictAt(tile, t));
  return `${scene.strip.titles[1]}: ${verdict ? say(verdict, { predicted }) : predicted}`;
}

/**
 * A unit's value of a signal, or where bins are pooled its range.
 *
 * @param {Scene} scene
 * @param {Panel} panel
 * @param {number} t
 * @param {number} unit
 */
function valueText(scene, panel, t, unit) {
  const column = columnAt(scene, panel.signal.name, t);
  if (column) return `${panel.signal.symbol} = ${written(column[unit], 4)}`;
  const bin = binAt(scene, panel.signal, t, unit);
  if (!bin) return "";
  const range = { low: written(bin.low, 2), high: written(bin.high, 2) };
  const { symbol } = panel.signal;
  return say("pooled_value", { symbol, ...range, first: bin.start, last: bin.stop - 1 });
}
