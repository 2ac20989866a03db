// What Python hears: where the reader came to rest, while something on the page follows the stage
// in sight, or before the reader turns to something else. The address is written here, in the
// browser.

import { meeting } from "../../shared/js/meeting.js";
import { BATCH, retryLater, wantDetails } from "./details.js";
import { settingOf } from "./group.js";
import { speak } from "./voice.js";

/** @import { Group } from "./types.d.ts" */

const REST = 250; // ms without a change before the reader counts as at rest

/**
 * The names of the settings that Python knows: those that came with the scenes.
 *
 * @param {Group} group
 */
export function reportedOf(group) {
  return Object.keys(group.defaults);
}

/**
 * Something changed; see who has to know it once the reader rests.
 *
 * @param {Group} group
 */
export function changed(group) {
  clearTimeout(group.restTimer);
  group.restTimer = setTimeout(() => rest(group), REST);
}

/**
 * At rest: write the address, tell whoever follows in sight, ask for details, say it aloud.
 *
 * @param {Group} group
 */
export function rest(group) {
  clearTimeout(group.restTimer);
  group.restTimer = undefined;
  if (!group.alive || group.scrubbing) return;
  if (group.playing) {
    wantDetails(group);
    return;
  }
  retryLater(group, BATCH);
  speak(group);
  const untold = keepUntold(group);
  if (untold.some((name) => isFollowed(group, name))) report(group);
}

/**
 * Have the stage tell what it has not told yet when one who follows it comes in sight, and before
 * Python hears of anything that the reader does elsewhere: it counts from where the reader is.
 *
 * @param {Group} group
 * @returns {() => void} what stops listening
 */
export function tellBeforeOthers(group) {
  const stop = new AbortController();
  const tell = (/** @type {Event} */ event) => {
    const [target] = event.composedPath();
    const elsewhere = target !== document.body || event.type !== "keydown";
    if (elsewhere && !event.composedPath().includes(group.parts.root)) tellUntold(group);
  };
  for (const kind of ["pointerdown", "keydown", "click"]) {
    document.addEventListener(kind, tell, { capture: true, signal: stop.signal });
  }
  return () => stop.abort();
}

/**
 * Tell at once what Python has not been told, if anything.
 *
 * @param {Group} group
 */
export function tellUntold(group) {
  if (!group.alive || !group.members.length) return;
  const moved = group.restTimer !== undefined || group.playing;
  if (!moved && !meeting.untold.has(group.key)) return;
  if (keepUntold(group).length) report(group);
}

/**
 * Keep, and write into the address, the settings that Python has not been told; return their names.
 *
 * @param {Group} group
 */
function keepUntold(group) {
  const settings = settingsOf(group);
  const untold = Object.keys(settings).filter(
    (name) => group.known[name] !== JSON.stringify(settings[name]),
  );
  if (!group.followed) return untold; // told at once, and no stage that the address spells
  if (untold.length) {
    const entries = untold.map((name) => [name, settings[name]]);
    const { applied } = group;
    meeting.untold.set(group.key, { settings: Object.fromEntries(entries), applied });
  } else meeting.untold.delete(group.key);
  meeting.spell?.(settings, group.defaults);
  return untold;
}

/**
 * Whether something that shows this setting is there to be told: where nothing on the page follows,
 * Python itself does.
 *
 * @param {Group} group
 * @param {string} name
 */
function isFollowed(group, name) {
  if (!group.followed) return true;
  const follower = meeting.followers.get(group.key);
  return Boolean(
    follower && (follower.inSight || follower.always) && follower.follows.includes(name),
  );
}

/**
 * All settings by name, as Python knows them.
 *
 * @param {Group} group
 * @returns {Record<string, unknown>}
 */
function settingsOf(group) {
  return Object.fromEntries(reportedOf(group).map((name) => [name, settingOf(group, name)]));
}

/**
 * Report everything in one message, so that Python runs once. The moment makes every report a
 * new one: else a reader who comes back to where an earlier report was made, after Python had
 * moved the stage, would report nothing new.
 *
 * @param {Group} group
 */
function report(group) {
  const window = [Math.floor(group.view[0]), Math.ceil(group.view[1])];
  /** @type {Record<string, unknown>} */
  const news = { ...settingsOf(group), window };
  for (const name of reportedOf(group)) group.known[name] = JSON.stringify(news[name]);
  group.told = performance.now();
  meeting.untold.delete(group.key);
  meeting.reported.set(group.key, { news, applied: group.applied });
  const follower = group.followed ? meeting.followers.get(group.key) : undefined;
  const told = { ...news, moment: Date.now() };
  if (follower) follower.tell(told);
  else group.setStateValue("report", told);
}
