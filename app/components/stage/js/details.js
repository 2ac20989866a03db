// Which details of a long run are asked for, and when.

import { say } from "../../shared/js/words.js";
import { detailsFromServer, hasServer } from "./details_request.js";
import { timestepsOf } from "./group.js";
import { exactTile, hasSignal, memorySignal } from "./lookup.js";
import { wantedBars } from "./strip/bars.js";

/** @import { DetailsRequest } from "../../shared/js/types.d.ts" */
/** @import { Group, Stage } from "./types.d.ts" */

// ms between a report and a request: of two in one batch Streamlit would run only one
export const BATCH = 60;
const SETTLED = 30; // ms without another zoom or pan until a finer view is asked for
const GESTURE = 150; // ms without one until the next zoom or pan is a single one
const PAUSE = 300; // ms between two requests for details, unless the first is answered
const PATIENCE = 3000; // ms until the same request is made again, should its answer be lost
const RETRY = 320; // ms until it is looked again whether something is missing
const MARGIN = 1 / 8; // of a view, on either side of it
const BESIDE_VIEW = 1 / 4; // of the exact numbers that can be had at once, where a view comes too
const QUIET = 200; // ms without another zoom or pan until bars are asked for, which take longer
const FINE = 1.6; // a tile that is at most this many times as wide as the view is fine enough

/**
 * Ask for exact numbers around the cursor before they are needed, for a finer view unless the stage
 * plays, and once these are here for the bars that cannot be added up here.
 *
 * @param {Group} group
 */
export function wantDetails(group) {
  const { ask, id, members, playing } = group;
  if (!ask || id === null || members.every(({ scene }) => scene.tiles[0].exact)) return;
  const wanted = wantedNow(group);
  if (!wanted) return;
  const details = { id, ...wanted };
  const text = JSON.stringify(details);
  const now = performance.now();
  const wait = waitOf(group, details, text, now);
  if (wait > 0) {
    if (!playing) retryLater(group, Math.min(RETRY, wait));
    return;
  }
  const direct = hasServer(group);
  group.asked = { text, when: now, answered: direct && details.bars !== null };
  if (direct) request(group, group.asked, details);
  else ask(details);
}

/**
 * What is wanted now that is not here, bars last; null where nothing is.
 *
 * @param {Group} group
 * @returns {Omit<DetailsRequest, "id"> | null}
 */
function wantedNow(group) {
  const { members, playing } = group;
  const finer = !playing && members.some(viewIsCoarse);
  const exact = wantedTimesteps(group, finer ? BESIDE_VIEW : 1);
  const bars = exact || finer || playing ? null : wantedBars(group, wantedView(group));
  if (!exact && !finer && !bars) return null;
  const signals = [...new Set(members.flatMap(shownSignals))];
  return { view: finer ? wantedView(group) : null, exact, signals, bars };
}

/**
 * How many ms a request has to wait: for the one before; for a report that was just made, where
 * Python is asked in a run of the script; bars until the reader has stopped zooming.
 *
 * @param {Group} group
 * @param {DetailsRequest} details
 * @param {string} text - the same
 * @param {number} now
 */
function waitOf(group, { bars }, text, now) {
  const { asked, told, moved } = group;
  const quiet = bars ? moved + QUIET - now : 0;
  const batch = hasServer(group) ? 0 : told + BATCH - now;
  const again = asked?.text === text;
  const before = asked && (again || !asked.answered) ? asked.when + (again ? PATIENCE : PAUSE) : 0;
  return Math.max(quiet, batch, before - now);
}

/**
 * Ask the server itself, and where it has nothing, Python.
 *
 * @param {Group} group
 * @param {NonNullable<Group["asked"]>} asked - what is noted of this request
 * @param {DetailsRequest} details
 */
async function request(group, asked, details) {
  const bytes = await detailsFromServer(group, details);
  const overtaken = group.asked !== asked && !details.bars;
  if (!group.alive || overtaken) return;
  asked.answered = true;
  if (bytes) {
    group.takeDetails(bytes);
    wantDetails(group);
  } else group.ask?.(details);
}

/**
 * Have a view that was just chosen made finer: at once, unless it is one of a gesture, which is
 * waited for.
 *
 * @param {Group} group
 */
export function wantFinerView(group) {
  const now = performance.now();
  const single = now - group.moved > GESTURE;
  group.moved = now;
  if (single) wantDetails(group);
  else retryLater(group, SETTLED);
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
 * @param {number} share - of those that can be asked for at once
 */
function wantedTimesteps(group, share) {
  const { t, speed } = group.settings;
  const soon = Math.min(Math.ceil(reachOf(group) / 3), Math.ceil(3 * speed));
  const then = t + (group.playing?.along ?? 0) * soon;
  const ahead = Math.min(timestepsOf(group) - 1, Math.max(0, then));
  return isMissing(group, t) || isMissing(group, ahead) ? around(group, share) : null;
}

/**
 * As many timesteps around now as can be asked for, or a share of them: when playing, most of them
 * ahead.
 *
 * @param {Group} group
 * @param {number} share
 * @returns {[first: number, end: number]}
 */
function around(group, share) {
  const reach = Math.ceil(reachOf(group) * share);
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
