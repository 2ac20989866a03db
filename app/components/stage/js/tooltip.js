// What the tooltip says of the cell under the pointer.

import { element } from "../../shared/js/elements.js";
import { visible, written } from "../../shared/js/formatting.js";
import { binAt, columnAt, exactTile, tokenAt } from "./lookup.js";
import { cellAt } from "./overlay.js";
import { extraTexts } from "./strip/shares.js";
import { predictedAt, verdictAt } from "./strip/symbols.js";

/** The tooltip: signal, unit, timestep, token, value; a range where bins are pooled. */
export function showTooltip(stage, x, y) {
  const { tooltip } = stage.overlay;
  const cell = cellAt(stage, x, y);
  tooltip.hidden = !cell || (!cell.panel && !hasToken(stage, cell.t));
  if (tooltip.hidden) return;
  const token = tokenAt(stage.scene, cell.t);
  const where = `timestep ${cell.t}${hasToken(stage, cell.t) ? ` · “${visible(token)}”` : ""}`;
  const lines = cell.panel
    ? [`${cell.panel.signal.title}, unit ${cell.unit}`, where, valueText(stage.scene, cell)]
    : [where, predictedText(stage.scene, cell.t), ...extraTexts(stage, cell.t)];
  tooltip.replaceChildren(...lines.filter(Boolean).map((line) => element("div", {}, line)));
  const width = tooltip.offsetWidth;
  const board = stage.widths.width;
  const left = x + 16 + width > board ? x - width - 12 : x + 16;
  tooltip.style.transform = `translate(${Math.max(0, left)}px, ${y + 14}px)`;
}

function hasToken(stage, t) {
  return stage.scene.strip.kind === "symbols" && Boolean(exactTile(stage.scene, t));
}

function predictedText(scene, t) {
  const tile = exactTile(scene, t);
  const predicted = predictedAt(scene, t);
  if (!predicted) return "";
  const words = { [-1]: "", 0: ", wrong", 1: ", right" }[verdictAt(tile, t)];
  return `${scene.strip.titles[1]}: ${predicted}${words}`;
}

function valueText(scene, { panel, t, unit }) {
  const column = columnAt(scene, panel.signal.name, t);
  if (column) return `${panel.signal.symbol} = ${written(column[unit], 4)}`;
  const bin = binAt(scene, panel.signal, t, unit);
  if (!bin) return "";
  const range = `${written(bin.low, 2)} to ${written(bin.high, 2)}`;
  return `${panel.signal.symbol} from ${range} (about) over ${bin.start}–${bin.stop - 1}`;
}
