// Where a reader is on a stage, and how somebody else leads them: a class that follows its teacher.

import { showChoices } from "./controls.js";
import { applySetting, checkUnits, settingOf, timestepsOf } from "./group.js";
import { moveTime, pause } from "./player.js";

/** @import { Guide } from "../../shared/js/types.d.ts" */
/** @import { Group } from "./types.d.ts" */

const LED = ["t", "unit", "units"]; // how a stage looks beyond that is the reader's own

/**
 * What tells where the reader of a group is, and leads them elsewhere.
 *
 * @param {Group} group
 * @returns {Guide}
 */
export function guideOf(group) {
  const names = LED.filter((name) => name in group.defaults);
  const where = () => Object.fromEntries(names.map((name) => [name, settingOf(group, name)]));
  return {
    where: () => (group.followed && group.members.length ? where() : null),
    go: (settings) => guideTo(group, settings),
  };
}

/**
 * Show a timestep and units; those that the run does not have become the nearest, and the mean.
 *
 * @param {Group} group
 * @param {Record<string, unknown>} settings
 */
function guideTo(group, settings) {
  pause(group);
  for (const name of LED.slice(1)) {
    if (name in settings && name in group.defaults) applySetting(group, name, settings[name]);
  }
  checkUnits(group);
  const t = Number(settings.t ?? group.settings.t);
  moveTime(group, Math.min(timestepsOf(group) - 1, Math.max(0, t)));
  showChoices(group);
}
