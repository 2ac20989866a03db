// Stages that play in step, and what they have in common. One stage alone is a group of one.
//
// The group holds time and settings; a stage holds its scene, its unit and what is drawn. A stage
// can read what is common as if it were its own, but only the group's own can be changed.

import { MEAN } from "./lookup.js";

const COMMON = ["view", "phase", "playing", "scrubbing", "alive", "controls"]; // and the settings
const OF_STAGES = ["t", "unit", "units"]; // settings that a stage has in its own way

/** A stage of the group, with nothing to show yet. */
export function joinGroup(group, parts) {
  const stage = { group, parts, unit: MEAN };
  const settings = Object.keys(group.defaults).filter((name) => !OF_STAGES.includes(name));
  for (const name of [...COMMON, ...settings]) {
    Object.defineProperty(stage, name, { get: () => group[name] });
  }
  Object.defineProperty(stage, "t", { get: () => Math.min(group.t, stage.scene.timesteps - 1) });
  return stage;
}

/** The first stage leads: time goes as far as its run; one that is shorter rests at its end. */
export function leader(group) {
  return group.members[0];
}

export function timestepsOf(group) {
  return leader(group).scene.timesteps;
}

export function isWhole(group) {
  return group.view[1] - group.view[0] >= timestepsOf(group) - 1e-6;
}

/** A setting as Python knows it: units belong to the stages, everything else to the group. */
export function settingOf(group, name) {
  if (name === "unit") return leader(group).unit;
  if (name === "units") return group.members.map((stage) => stage.unit);
  return group[name];
}

export function applySetting(group, name, value) {
  if (name === "unit") leader(group).unit = value;
  else if (name === "units") group.members.forEach((stage, k) => (stage.unit = value[k] ?? MEAN));
  else group[name] = value;
}

/** Units that a scene doesn't have become the mean. */
export function checkUnits(group) {
  for (const stage of group.members) {
    if (!(stage.unit >= MEAN && stage.unit < stage.scene.hidden_size)) stage.unit = MEAN;
  }
}
