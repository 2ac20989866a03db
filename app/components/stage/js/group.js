// Stages that play in step, and what they have in common. One stage alone is a group of one.
//
// The group holds time, the view and the settings; a stage holds its scene, its unit and what is
// drawn. Whoever reads or changes what is common does it on the group.

import { MEAN } from "./lookup.js";

/** @import { Group, Settings, Stage } from "./types.d.ts" */

/**
 * The first stage leads: time goes as far as its run; one that is shorter rests at its end.
 *
 * @param {Group} group
 */
export function leader(group) {
  return group.members[0];
}

/**
 * How far the time of a group goes.
 *
 * @param {Group} group
 */
export function timestepsOf(group) {
  return leader(group).scene.timesteps;
}

/**
 * The timestep at which a stage stands: the group's, or the last one of a shorter run.
 *
 * @param {Stage} stage
 */
export function timestepOf({ group, scene }) {
  return Math.min(group.settings.t, scene.timesteps - 1);
}

/**
 * Whether the whole run is in sight.
 *
 * @param {Group} group
 */
export function isWhole(group) {
  return group.view[1] - group.view[0] >= timestepsOf(group) - 1e-6;
}

/**
 * A setting as Python knows it: units belong to the stages, everything else to the group.
 *
 * @param {Group} group
 * @param {string} name
 * @returns {unknown}
 */
export function settingOf(group, name) {
  if (name === "unit") return leader(group).unit;
  if (name === "units") return group.members.map((stage) => stage.unit);
  return group.settings[/** @type {keyof Settings} */ (name)];
}

/**
 * Give a setting, as Python knows it, a value: where `settingOf` reads it.
 *
 * @param {Group} group
 * @param {string} name
 * @param {any} value
 */
export function applySetting(group, name, value) {
  if (name === "unit") leader(group).unit = value;
  else if (name === "units") applyUnits(group, value);
  else Object.assign(group.settings, { [name]: value });
}

/**
 * Give each stage its unit; those for which there is none get the mean.
 *
 * @param {Group} group
 * @param {number[]} units
 */
function applyUnits(group, units) {
  group.members.forEach((stage, k) => {
    stage.unit = units[k] ?? MEAN;
  });
}

/**
 * Time that a run doesn't have becomes its nearest.
 *
 * @param {Group} group
 */
export function clampTime(group) {
  group.settings.t = Math.min(timestepsOf(group) - 1, Math.max(0, group.settings.t));
}

/**
 * Units that a scene doesn't have become the mean.
 *
 * @param {Group} group
 */
export function checkUnits(group) {
  for (const stage of group.members) {
    if (!(stage.unit >= MEAN && stage.unit < stage.scene.hidden_size)) stage.unit = MEAN;
  }
}
