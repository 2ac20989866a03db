// Moving through time: a step, a phase, a run at its own pace. Nothing here waits for Python.
// Time is the group's, whichever stage was meant: one with a shorter run rests at its own end.

import { paintBoard } from "./board.js";
import { showChoices, showPlaying } from "./controls.js";
import { isMissing, wantDetails } from "./details.js";
import { timestepsOf } from "./group.js";
import { MEAN } from "./lookup.js";
import { changed, rest } from "./reports.js";
import { schedulePaint, show } from "./showing.js";
import { clampedView, viewAround } from "./view.js";

/** Show timestep t (clamped), whole or in one of its phases. */
export function moveTo(stage, t, phase = stage.slow ? stage.drawing.phases.length - 1 : null) {
  const { group } = stage;
  group.t = Math.min(timestepsOf(group) - 1, Math.max(0, Math.round(t)));
  group.phase = phase;
  const view = viewAround(group.view, group.t, timestepsOf(group));
  if (view[0] !== group.view[0]) setView(stage, view, false);
  show(group);
  changed(group);
}

/** One step along the run (which a backward direction walks from right to left). */
export function stepBy(stage, direction) {
  pause(stage);
  advance(stage, direction * (stage.scene.reverse ? -1 : 1), direction);
}

/** A key moves as the screen does: right is right. */
export function stepOnScreen(stage, by) {
  pause(stage);
  const along = stage.scene.reverse ? -by : by;
  if (stage.slow && Math.abs(by) === 1) return void advance(stage, by, along);
  moveTo(stage, stage.group.t + by);
}

/** Go on by one timestep, or by one phase in slow motion; false at the end of the run. */
function advance(stage, by, direction) {
  const last = stage.drawing.phases.length - 1;
  if (stage.phase !== null) {
    const phase = stage.phase + Math.sign(direction);
    if (phase >= 0 && phase <= last) return moveTo(stage, stage.group.t, phase), true;
  }
  const t = stage.group.t + by;
  if (t < 0 || t >= timestepsOf(stage.group)) return false;
  moveTo(stage, t, stage.slow ? (direction > 0 ? 0 : last) : null);
  return true;
}

export function goFirst(stage) {
  pause(stage);
  moveTo(stage, stage.scene.reverse ? timestepsOf(stage.group) - 1 : 0);
}

/** Slow motion is the drawing's: false where there is none. */
export function setSlow(stage, slow) {
  const { group } = stage;
  if (group.compact) return false;
  group.slow = slow;
  group.phase = slow ? 0 : null;
  showChoices(group);
  show(group);
  changed(group);
  return true;
}

export function togglePlay(stage) {
  if (stage.playing) {
    pause(stage);
    return rest(stage.group);
  }
  const along = stage.scene.reverse ? -1 : 1;
  const last = timestepsOf(stage.group) - 1;
  const end = stage.scene.reverse ? 0 : last;
  const finished = stage.group.t === end && (stage.phase === null || stage.phase === stage.drawing.phases.length - 1);
  if (finished) moveTo(stage, stage.scene.reverse ? last : 0, stage.slow ? 0 : null);
  stage.group.playing = { along, due: 0, then: null };
  stage.group.parts.root.classList.add("playing");
  showPlaying(stage.group);
  requestAnimationFrame((now) => playOn(stage, stage.playing, now));
}

const SLOWEST_PHASE = 0.5; // seconds that a phase of slow motion lasts at least

/** One animation frame of playing: at most one step, so that no state is skipped. */
function playOn(stage, run, now) {
  if (stage.playing !== run || !stage.alive) return;
  if (stage.group.parts.root.isConnected === false) return pause(stage);
  const pace = stage.slow ? Math.min(stage.speed, 1 / SLOWEST_PHASE) : stage.speed;
  if (run.then !== null) run.due = Math.min(1.5, run.due + ((now - run.then) / 1000) * pace);
  run.then = now;
  if (run.due >= 0.98 && ready(stage, run.along)) {
    run.due = Math.max(0, run.due - 1);
    if (!advance(stage, run.along, 1)) {
      pause(stage);
      return rest(stage.group);
    }
  }
  requestAnimationFrame((next) => playOn(stage, run, next));
}

/** A long run waits for its exact numbers rather than play on without them. */
function ready(stage, along) {
  wantDetails(stage.group);
  const next = stage.group.t + along;
  return next < 0 || next >= timestepsOf(stage.group) || !isMissing(stage.group, next);
}

export function pause(stage) {
  if (!stage.playing) return;
  const { group } = stage;
  group.playing = null;
  if (group.stale) schedulePaint(group);
  group.stale = false;
  group.parts.root.classList.remove("playing");
  showPlaying(group);
}

/** Choose settings of all stages: order, speed, veil, scale. */
export function chooseSettings(group, choices) {
  Object.assign(group, choices);
  if ("order" in choices || "scale" in choices) group.members.forEach(paintBoard);
  showChoices(group);
  show(group);
  changed(group);
}

/** Choose the unit of one stage. */
export function chooseUnit(stage, unit) {
  stage.unit = unit;
  showChoices(stage.group);
  show(stage.group);
  changed(stage.group);
}

/** The unit above or below as it stands on the screen. */
export function selectNeighbour(stage, by) {
  const { scene, unit, order } = stage;
  const count = scene.hidden_size;
  if (unit === MEAN) return chooseUnit(stage, scene.orders[order][by > 0 ? 0 : count - 1]);
  const place = scene.places[order][unit] + by;
  chooseUnit(stage, scene.orders[order][Math.min(count - 1, Math.max(0, place))]);
}

/** Show the timesteps of a view [start, stop). */
export function setView(stage, view, byReader = true) {
  const { group } = stage;
  group.view = clampedView(view, timestepsOf(group));
  schedulePaint(group);
  if (byReader) changed(group);
}
