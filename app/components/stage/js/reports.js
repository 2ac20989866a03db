// What Python hears: where the reader came to rest.

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
 * Something changed; tell Python once the reader rests.
 *
 * @param {Group} group
 */
export function changed(group) {
  clearTimeout(group.restTimer);
  group.restTimer = setTimeout(() => rest(group), REST);
}

/**
 * At rest: report what differs from what Python knows, ask for details, say it aloud.
 *
 * @param {Group} group
 */
export function rest(group) {
  clearTimeout(group.restTimer);
  if (!group.alive || group.scrubbing) return;
  if (group.playing) {
    wantDetails(group);
    return;
  }
  retryLater(group, BATCH);
  speak(group);
  const names = reportedOf(group);
  const settings = names.map((name) => [name, settingOf(group, name)]);
  const window = [Math.floor(group.view[0]), Math.ceil(group.view[1])];
  const news = { ...Object.fromEntries(settings), window };
  if (names.some((name) => group.known[name] !== JSON.stringify(news[name]))) report(group, news);
}

/**
 * Report everything in one message, so that Python runs once. The moment makes every report a
 * new one: else a reader who comes back to where an earlier report was made, after Python had
 * moved the stage, would report nothing new.
 *
 * @param {Group} group
 * @param {Record<string, unknown>} news
 */
function report(group, news) {
  for (const name of reportedOf(group)) group.known[name] = JSON.stringify(news[name]);
  meeting.reported.set(group.key, { news, applied: group.applied });
  group.setStateValue("report", { ...news, moment: Date.now() });
}
