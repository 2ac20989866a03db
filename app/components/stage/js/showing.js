// Show timestep, units and phase everywhere. This is all that a step costs.

import { fitCanvas } from "../../shared/js/canvas.js";
import { setText } from "../../shared/js/elements.js";
import { written } from "../../shared/js/formatting.js";
import { meeting } from "../../shared/js/meeting.js";
import { paintBoard, paintFollowing } from "./board.js";
import { placeBrush } from "./brush.js";
import { termsOf } from "./caption/terms.js";
import { writeCaption } from "./caption/view.js";
import { showChoices, showTransport } from "./controls.js";
import { lightDrawing, updateDrawing } from "./drawing/drawing.js";
import { showEvent } from "./events.js";
import { timestepOf } from "./group.js";
import { paintColumn } from "./heatmap.js";
import { heldStates } from "./held.js";
import { MEAN, orderOf, rowOfUnit } from "./lookup.js";
import { coverPhases, moveCursor, outlineUnit } from "./overlay.js";
import { isOver, phaseName, phaseState } from "./phases.js";
import { showStands } from "./places.js";
import { numbersAt, panelNumbers } from "./timestep_numbers.js";
import { speakSometimes } from "./voice.js";

/** @import { BuiltRow, Group, Panel, Stage } from "./types.d.ts" */

/**
 * Paint the boards in the next frame, however often a gesture asks.
 *
 * @param {Group} group
 */
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

/**
 * Show timestep, units and phase everywhere. This is all that a step costs.
 *
 * @param {Group} group
 */
export function show(group) {
  group.members.forEach(showStage);
  placeBrush(group);
  showTransport(group);
  speakSometimes(group);
  tellWatchers(group);
}

/**
 * Have what follows the group in the browser show what it shows.
 *
 * @param {Group} group
 */
export function tellWatchers(group) {
  for (const follow of meeting.watchers.get(group.key) ?? []) follow();
}

/**
 * One stage now: cursor, veil, drawing, numbers.
 *
 * @param {Stage} stage
 */
function showStage(stage) {
  const { root } = stage.parts;
  root.dataset.timestep = String(timestepOf(stage));
  root.dataset.unit = String(stage.unit);
  root.dataset.phase = phaseName(stage);
  stage.numbers = numbersOf(stage) ?? {};
  const { scene, unit, numbers } = stage;
  const held = heldStates(scene, timestepOf(stage), unit);
  stage.terms = termsOf({ ...scene, unit, numbers, held });
  showStands(stage);
  moveCursor(stage);
  showEvent(stage);
  coverPhases(stage);
  outlineUnit(stage);
  updateDrawing(stage);
  lightDrawing(stage);
  writeCaption(stage);
  paintFollowing(stage);
  showNow(stage);
}

/**
 * All numbers that a stage shows of its timestep; null while they are on their way.
 *
 * @param {Stage} stage
 */
function numbersOf(stage) {
  const t = timestepOf(stage);
  return stage.group.compact ? panelNumbers(stage, t) : numbersAt(stage.scene, t, stage.unit);
}

/**
 * The column at the right: every unit at this timestep, and the selected unit's number.
 *
 * @param {Stage} stage
 */
function showNow(stage) {
  const t = timestepOf(stage);
  for (const panel of stage.shown) showNowOf(stage, panel, t);
  for (const row of stage.strip) setText(row.nowText, isKnown(stage, row) ? row.now(t) : "");
}

/**
 * Whether what a row of the strip says of this timestep is known: in slow motion not all is.
 *
 * @param {Stage} stage
 * @param {BuiltRow} row
 */
function isKnown(stage, { read, needs }) {
  if (needs) return phaseState(stage)?.(needs) !== "ahead";
  return read || isOver(stage);
}

/**
 * One signal's part of it; the number stands beside its unit. What is to come in this timestep is
 * not shown.
 *
 * @param {Stage} stage
 * @param {Panel} panel
 * @param {number} t
 */
function showNowOf(stage, panel, t) {
  const { scene, unit, numbers } = stage;
  const { signal, nowWidth: width, height } = panel;
  const pen = fitCanvas(panel.nowCanvas, width, height);
  const order = orderOf(stage, signal);
  const { scale } = stage.group.settings;
  if (phaseState(stage)?.(signal.name) === "ahead") {
    pen.clearRect(0, 0, width, height);
    setText(panel.nowNumber, "");
    return;
  }
  paintColumn(pen, panel, scene, t, order, scale, { left: 0, top: 0, width, height });
  const waiting = order.length === scene.hidden_size ? "…" : "";
  setText(panel.nowNumber, signal.name in numbers ? written(numbers[signal.name]) : waiting);
  const place = unit === MEAN ? 0.5 : (rowOfUnit(stage) + 0.5) / order.length;
  const y = Math.min(height - 9, Math.max(9, place * height));
  panel.nowNumber.style.transform = `translateY(${y - height / 2}px)`;
}
