// Which details of a long run are asked of Python, and when.

import { say } from "../../shared/js/words.js";
import { timestepsOf } from "./group.js";
import { exactTile, hasSignal, memorySignal } from "./lookup.js";
import { wantedBars } from "./strip/bars.js";

/** @import { Group, Stage } from "./types.d.ts" */

// ms between a report and a request: of two in one batch Streamlit would run only one
export const BATCH = 60;
export const SETTLED = 30; // ms without another zoom or pan until a finer view is asked for
const PAUSE = 300; // ms between two requests for details
const PATIENCE = 3000; // ms until the same request is made again, should its answer be lost
const RETRY = 320; // ms until it is looked again whether something is missing
const MARGIN = 1 / 8; // of a view, on either side of it
const FINE = 1.6; // a tile that is at most this many times as wide as the view is fine enough

/**
 * Ask for exact numbers around the cursor before they are needed, and at rest for a finer view and
 * for the bars that cannot be added up here.
 *
 * @param {Group} group
 */
export function wantDetails(group) {
  const { ask, id, members, playing } = group;
  if (!ask || id === null || members.every(({ scene }) => scene.tiles[0].exact)) return;
  const exact = wantedTimesteps(group);
  const finer = !playing && members.some(viewIsCoarse);
  const bars = playing ? null : wantedBars(group, exact, wantedView(group));
  if (!exact && !finer && !bars) return;
  const signals = [...new Set(members.flatMap(shownSignals))];
  const details = { id, view: finer ? wantedView(group) : null, exact, signals, bars };
  const text = JSON.stringify(details);
  const waited = performance.now() - (group.asked?.when ?? -Infinity);
  const pause = group.asked?.text === text ? PATIENCE : PAUSE;
  if (waited < pause) {
    if (!playing) retryLater(group, Math.min(RETRY, pause - waited));
    return;
  }
  group.asked = { text, when: performance.now() };
  ask(details);
}

/**
 * How many timesteps can be asked for at once.
 *
 * @param {Group} group
 */
function reachOf({ members }) {
  return Math.min(...members.map(({ scene }) => scene.detail_timesteps));
}

/**
 * The timesteps around now whose exact numbers are wanted; null where they are here, and when
 * playing those to come soon, too.
 *
 * @param {Group} group
 */
function wantedTimesteps(group) {
  const { t, speed } = group.settings;
  const soon = Math.min(Math.ceil(reachOf(group) / 3), Math.ceil(3 * speed));
  const then = t + (group.playing?.along ?? 0) * soon;
  const ahead = Math.min(timestepsOf(group) - 1, Math.max(0, then));
  return isMissing(group, t) || isMissing(group, ahead) ? around(group) : null;
}

/**
 * As many timesteps around now as can be asked for: when playing, most of them ahead.
 *
 * @param {Group} group
 * @returns {[first: number, end: number]}
 */
function around(group) {
  const reach = reachOf(group);
  const along = group.playing?.along ?? 0;
  const back = reach * (0.5 - 0.4 * along);
  const latest = timestepsOf(group) - reach;
  const first = Math.max(0, Math.min(latest, Math.round(group.settings.t - back)));
  return [first, first + reach];
}

/**
 * Whether some stage has no exact numbers at t yet (a shorter run: at its end).
 *
 * @param {Group} group
 * @param {number} t
 */
export function isMissing(group, t) {
  return group.members.some(({ scene }) => !exactTile(scene, Math.min(t, scene.timesteps - 1)));
}

/**
 * The timesteps whose exact numbers are here, first and last, where nobody can be asked for others:
 * a long run in a file. Null where all are here, or come when they are wanted.
 *
 * @param {Stage} stage
 * @returns {[first: number, last: number] | null}
 */
export function onlyExact({ scene, group }) {
  const exact = scene.tiles.find((tile) => tile.exact);
  const all = exact && exact.stop - exact.start === scene.timesteps;
  return group.ask || all || !exact ? null : [exact.start, exact.stop - 1];
}

/**
 * What is said in place of numbers that nobody will bring; empty where they are on their way.
 *
 * @param {Stage} stage
 */
export function saidOfMissing(stage) {
  const exact = onlyExact(stage);
  return exact ? say("exact_alone", { first: exact[0], last: exact[1] }) : "";
}

/**
 * Look later whether details are wanted.
 *
 * @param {Group} group
 * @param {number} [wait] - ms
 */
export function retryLater(group, wait = RETRY) {
  clearTimeout(group.retryTimer);
  group.retryTimer = setTimeout(() => group.alive && wantDetails(group), wait);
}

/**
 * The signals that a board shows over time: folded the memory alone.
 *
 * @param {Stage} stage
 */
function shownSignals({ scene, shown }) {
  return shown.length ? shown.map(({ signal }) => signal.name) : [memorySignal(scene).name];
}

/**
 * Whether what is shown can be had finer: no tile has all of it that was cut for about this view.
 *
 * @param {Stage} stage
 */
function viewIsCoarse(stage) {
  const { scene, group } = stage;
  const start = Math.min(group.view[0], scene.timesteps - 1);
  const stop = Math.min(group.view[1], scene.timesteps);
  const signals = shownSignals(stage);
  return !scene.tiles.some(
    (tile) =>
      tile.start <= start &&
      tile.stop >= stop &&
      (tile.factor === 1 || tile.stop - tile.start <= FINE * (group.view[1] - group.view[0])) &&
      signals.every((name) => hasSignal(tile, name)),
  );
}

/**
 * The view with a margin, in whole timesteps.
 *
 * @param {Group} group
 * @returns {[first: number, end: number]}
 */
function wantedView(group) {
  const [start, stop] = group.view;
  const margin = (stop - start) * MARGIN;
  return [
    Math.max(0, Math.floor(start - margin)),
    Math.min(timestepsOf(group), Math.ceil(stop + margin)),
  ];
}
