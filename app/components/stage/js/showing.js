// Show timestep, units and phase everywhere. This is all that a step costs.

import { fitCanvas } from "../../shared/js/canvas.js";
import { setText } from "../../shared/js/elements.js";
import { written } from "../../shared/js/formatting.js";
import { paintBoard } from "./board.js";
import { showChoices, showTransport } from "./controls.js";
import { lightDrawing, updateDrawing } from "./drawing/drawing.js";
import { paintColumn } from "./heatmap.js";
import { MEAN, orderOf } from "./lookup.js";
import { coverPhases, moveCursor, outlineUnit } from "./overlay.js";
import { phaseName } from "./phases.js";
import { numbersAt, panelNumbers } from "./timestep_numbers.js";
import { speakSometimes } from "./voice.js";

/** Paint the boards in the next frame, however often a gesture asks. */
export function schedulePaint(group) {
  if (group.painting) return;
  group.painting = requestAnimationFrame(() => {
    group.painting = null;
    if (!group.alive) return;
    group.members.forEach(paintBoard);
    showChoices(group);
    show(group);
  });
}

/** Show timestep, units and phase everywhere. This is all that a step costs. */
export function show(group) {
  group.members.forEach(showStage);
  showTransport(group);
  speakSometimes(group);
}

/** One stage now: cursor, veil, drawing, numbers. */
function showStage(stage) {
  const { root } = stage.parts;
  root.dataset.timestep = stage.t;
  root.dataset.unit = stage.unit;
  root.dataset.phase = phaseName(stage);
  stage.numbers = (stage.group.compact ? panelNumbers(stage) : numbersAt(stage.scene, stage.t, stage.unit)) ?? {};
  moveCursor(stage);
  coverPhases(stage);
  outlineUnit(stage);
  updateDrawing(stage);
  lightDrawing(stage);
  showNow(stage);
}

/** The column at the right: every unit at this timestep, and the selected unit's number. */
function showNow(stage) {
  const { scene, t, unit, scale, numbers } = stage;
  for (const panel of stage.panels) {
    const pen = fitCanvas(panel.nowCanvas, panel.nowWidth, panel.height);
    const order = orderOf(stage, panel.signal);
    paintColumn(pen, panel, scene, t, order, scale, 0, 0, panel.nowWidth, panel.height);
    const name = panel.signal.name;
    setText(panel.nowNumber, name in numbers ? written(numbers[name]) : order.length === scene.hidden_size ? "…" : "");
    const place = unit === MEAN ? 0.5 : (scene.places[stage.order][unit] + 0.5) / order.length;
    const y = Math.min(panel.height - 9, Math.max(9, place * panel.height));
    panel.nowNumber.style.transform = `translateY(${y - panel.height / 2}px)`;
  }
  for (const row of stage.strip) setText(row.nowText, row.now(t));
}
