// Moving through time: a step, a phase, a run at its own pace. Nothing here waits for Python.
// Time is the group's: a stage with a shorter run rests at its own end.

import { paintBoard, refoldBoards } from "./board.js";
import { showChoices, showPlaying } from "./controls.js";
import { isMissing, wantDetails, wantFinerView } from "./details.js";
import { leader, timestepsOf } from "./group.js";
import { MEAN, rowOfUnit } from "./lookup.js";
import { lastPhase } from "./phases.js";
import { isPresenting, takeScreen } from "./present.js";
import { redraw } from "./redraw.js";
import { changed, rest } from "./reports.js";
import { schedulePaint, show } from "./showing.js";
import { clampedView, viewAround, zoomed } from "./view.js";

/** @import { Group, Playing, Settings, Stage, View } from "./types.d.ts" */

export const ZOOM_STEP = 1.5; // of a key or a button
const SLOWEST_PHASE = 0.5; // seconds that a phase of slow motion lasts at least

/**
 * Show timestep t (clamped), whole or in one of its phases.
 *
 * @param {Group} group
 * @param {number} t
 * @param {number | null} [phase]
 */
export function moveTime(group, t, phase = group.settings.slow ? lastPhase(group) : null) {
  const timesteps = timestepsOf(group);
  const moved = Math.min(timesteps - 1, Math.max(0, Math.round(t)));
  group.settings.t = moved;
  group.phase = phase;
  const view = viewAround(group.view, moved, timesteps);
  const jumps = view[0] !== group.view[0];
  if (jumps) changeView(group, view);
  show(group);
  changed(group);
  const still = !group.playing && !group.scrubbing;
  if (still && (jumps || isMissing(group, moved))) wantFinerView(group);
}

/**
 * One step along the run (which a backward direction walks from right to left).
 *
 * @param {Group} group
 * @param {1 | -1} direction
 */
export function stepBy(group, direction) {
  pause(group);
  advance(group, direction * (leader(group).scene.reverse ? -1 : 1), direction);
}

/**
 * A key moves as the screen does: right is right.
 *
 * @param {Group} group
 * @param {number} by
 */
export function stepOnScreen(group, by) {
  pause(group);
  const along = leader(group).scene.reverse ? -by : by;
  if (group.settings.slow && Math.abs(by) === 1) advance(group, by, along);
  else moveTime(group, group.settings.t + by);
}

/**
 * Go on by one timestep, or by one phase in slow motion; false at the end of the run.
 *
 * @param {Group} group
 * @param {number} by
 * @param {number} direction
 */
function advance(group, by, direction) {
  const { t, slow } = group.settings;
  const last = lastPhase(group);
  if (group.phase !== null) {
    const phase = group.phase + Math.sign(direction);
    if (phase >= 0 && phase <= last) {
      moveTime(group, t, phase);
      return true;
    }
  }
  const next = t + by;
  if (next < 0 || next >= timestepsOf(group)) return false;
  moveTime(group, next, slow ? (direction > 0 ? 0 : last) : null);
  return true;
}

/**
 * Go to where the run starts: for a backward direction that is the last timestep.
 *
 * @param {Group} group
 */
export function goFirst(group) {
  pause(group);
  moveTime(group, leader(group).scene.reverse ? timestepsOf(group) - 1 : 0);
}

/**
 * Slow motion is the drawing's: false where there is none.
 *
 * @param {Group} group
 * @param {boolean} slow
 */
export function setSlow(group, slow) {
  if (group.compact) return false;
  group.settings.slow = slow;
  group.phase = slow ? 0 : null;
  showChoices(group);
  show(group);
  changed(group);
  return true;
}

/**
 * Play from here, or from the beginning where the run is at its end; or pause.
 *
 * @param {Group} group
 */
export function togglePlay(group) {
  if (group.playing) {
    pause(group);
    rest(group);
    return;
  }
  const { reverse } = leader(group).scene;
  const last = timestepsOf(group) - 1;
  const [start, end] = reverse ? [last, 0] : [0, last];
  const whole = group.phase === null || group.phase === lastPhase(group);
  if (group.settings.t === end && whole) moveTime(group, start, group.settings.slow ? 0 : null);
  /** @type {Playing} */
  const run = { along: reverse ? -1 : 1, due: 0, counted: null };
  group.playing = run;
  group.parts.root.classList.add("playing");
  showPlaying(group);
  requestAnimationFrame((now) => playOn(group, run, now));
}

/**
 * One animation frame of playing: at most one step, so that no state is skipped.
 *
 * @param {Group} group
 * @param {Playing} run
 * @param {number} now
 */
function playOn(group, run, now) {
  if (group.playing !== run || !group.alive) return;
  if (!group.parts.root.isConnected) {
    pause(group);
    return;
  }
  const { speed, slow } = group.settings;
  const pace = slow ? Math.min(speed, 1 / SLOWEST_PHASE) : speed;
  if (run.counted !== null) {
    run.due = Math.min(1.5, run.due + ((now - run.counted) / 1000) * pace);
  }
  run.counted = now;
  if (run.due >= 0.98 && ready(group, run.along)) {
    run.due = Math.max(0, run.due - 1);
    if (!advance(group, run.along, 1)) {
      pause(group);
      rest(group);
      return;
    }
  }
  requestAnimationFrame((next) => playOn(group, run, next));
}

/**
 * A long run waits for its exact numbers rather than play on without them.
 *
 * @param {Group} group
 * @param {number} along
 */
function ready(group, along) {
  if (!group.ask) return true; // nobody to wait for
  wantDetails(group);
  const next = group.settings.t + along;
  return next < 0 || next >= timestepsOf(group) || !isMissing(group, next);
}

/**
 * Stand still; what came meanwhile is painted.
 *
 * @param {Group} group
 */
export function pause(group) {
  if (!group.playing) return;
  group.playing = null;
  if (group.stale) schedulePaint(group);
  group.stale = false;
  group.parts.root.classList.remove("playing");
  showPlaying(group);
}

/**
 * Choose settings of all stages: order, speed, veil, scale.
 *
 * @param {Group} group
 * @param {Partial<Settings>} choices
 */
export function chooseSettings(group, choices) {
  Object.assign(group.settings, choices);
  if ("order" in choices || "scale" in choices) group.members.forEach(paintBoard);
  showChoices(group);
  show(group);
  changed(group);
}

/**
 * Unfold the board to all units and gates, or fold it to the chosen unit: not of several stages.
 *
 * @param {Group} group
 */
export function toggleFold(group) {
  if (group.compact) return;
  group.settings.all_units = !group.settings.all_units;
  refoldBoards(group);
  redraw(group);
  changed(group);
}

/**
 * Have the stage stand alone on the whole screen, or go back to the page.
 *
 * @param {Group} group
 * @param {boolean} wanted
 */
export function present(group, wanted) {
  if (group.compact || isPresenting(group) === wanted) return false;
  group.settings.present = wanted;
  takeScreen(wanted);
  redraw(group);
  changed(group);
  return true;
}

/**
 * Choose the unit of one stage, or of all where they show the same.
 *
 * @param {Stage} stage
 * @param {number} unit
 */
export function chooseUnit(stage, unit) {
  for (const member of stage.group.oneUnit ? stage.group.members : [stage]) member.unit = unit;
  showChoices(stage.group);
  show(stage.group);
  changed(stage.group);
}

/**
 * The unit above or below as it stands on the screen.
 *
 * @param {Stage} stage
 * @param {1 | -1} by
 */
export function selectNeighbour(stage, by) {
  const { scene, unit, group } = stage;
  const order = scene.orders[group.settings.order];
  const last = scene.hidden_size - 1;
  const row = unit === MEAN ? (by > 0 ? 0 : last) : rowOfUnit(stage) + by;
  chooseUnit(stage, order[Math.min(last, Math.max(0, row))]);
}

/**
 * Show the timesteps of a view [start, stop), as the reader wants it.
 *
 * @param {Group} group
 * @param {View} view
 */
export function setView(group, view) {
  changeView(group, view);
  changed(group);
  if (!group.playing) wantFinerView(group);
}

/**
 * Zoom the common view about now; by less than 1 is nearer.
 *
 * @param {Group} group
 * @param {number} by
 */
export function zoomBy(group, by) {
  setView(group, zoomed(group.view, group.settings.t + 0.5, by, timestepsOf(group)));
}

/**
 * Show the whole run.
 *
 * @param {Group} group
 */
export function showWhole(group) {
  setView(group, [0, timestepsOf(group)]);
}

/**
 * @param {Group} group
 * @param {View} view
 */
function changeView(group, view) {
  group.view = clampedView(view, timestepsOf(group));
  schedulePaint(group);
}
