// Stages that play in step, and what they have in common. One stage alone is a group of one.
//
// The group holds time and settings; a stage holds its scene, its unit and what is drawn. Every
// stage reads and writes what is common as if it were its own, so that no two can ever differ.

const COMMON = ["view", "phase", "playing", "order", "speed", "veil", "slow", "scale", "scrubbing", "alive", "controls"];

/** A stage of the group, with nothing to show yet. */
function joinGroup(group, parts) {
  const stage = { group, parts, unit: MEAN };
  for (const name of COMMON) {
    Object.defineProperty(stage, name, { get: () => group[name], set: (value) => (group[name] = value) });
  }
  Object.defineProperty(stage, "t", { get: () => Math.min(group.t, stage.scene.timesteps - 1) });
  return stage;
}

/** The first stage leads: time goes as far as its run; one that is shorter rests at its end. */
function leader(group) {
  return group.members[0];
}

function timestepsOf(group) {
  return leader(group).scene.timesteps;
}

function isWhole(group) {
  return group.view[1] - group.view[0] >= timestepsOf(group) - 1e-6;
}

/** The units as they are reported: one stage's own, or one for each of a group. */
function shareUnits(group) {
  Object.defineProperty(group, "unit", {
    get: () => leader(group).unit,
    set: (unit) => (leader(group).unit = unit),
  });
  Object.defineProperty(group, "units", {
    get: () => group.members.map((stage) => stage.unit),
    set: (units) => group.members.forEach((stage, k) => (stage.unit = units[k] ?? MEAN)),
  });
}

/** Units that a scene doesn't have become the mean. */
function checkUnits(group) {
  for (const stage of group.members) {
    if (!(stage.unit >= MEAN && stage.unit < stage.scene.hidden_size)) stage.unit = MEAN;
  }
}
