import { speakWith } from "../../../app/components/shared/js/words.js";
import {
  applySetting,
  checkUnits,
  clampTime,
  isWhole,
  leader,
  settingOf,
  timestepOf,
  timestepsOf,
} from "../../../app/components/stage/js/group.js";
import { MEAN } from "../../../app/components/stage/js/lookup.js";
import {
  lastPhase,
  NO_DRAWING,
  phaseName,
  phaseState,
  phaseText,
} from "../../../app/components/stage/js/phases.js";
import { equal, standIn } from "./expect.js";

/**
 * A group of stages, each with so many timesteps and units.
 *
 * @param {...[timesteps: number, units: number]} sizes
 */
function groupOf(...sizes) {
  const settings = { t: 0, order: "file", speed: 4, veil: true, scale: "asinh" };
  const group = standIn({ settings, view: [0, 1], phase: null, members: [] });
  group.members = sizes.map(([timesteps, hidden_size]) => {
    return { group, unit: 0, scene: { kind: "lstm", timesteps, hidden_size }, drawing: NO_DRAWING };
  });
  return group;
}

const DRAWING = {
  ...NO_DRAWING,
  phases: [
    { name: "forget", lights: ["forget_gate"] },
    { name: "update", lights: ["cell_state"] },
  ],
};

export default {
  "the first stage leads: time goes as far as its run"() {
    const group = groupOf([40, 8], [25, 17]);
    equal(leader(group) === group.members[0], true);
    equal(timestepsOf(group), 40);
  },

  "a stage with a shorter run rests at its end"() {
    const group = groupOf([40, 8], [25, 17]);
    group.settings.t = 30;
    equal(group.members.map(timestepOf), [30, 24]);
    group.settings.t = 24;
    equal(group.members.map(timestepOf), [24, 24]);
  },

  "units belong to the stages, every other setting to the group"() {
    const group = groupOf([40, 8], [25, 17]);
    applySetting(group, "units", [3, 16]);
    applySetting(group, "order", "similarity");
    equal(
      group.members.map((/** @type {any} */ stage) => stage.unit),
      [3, 16],
    );
    equal(settingOf(group, "units"), [3, 16]);
    equal(settingOf(group, "unit"), 3);
    equal(settingOf(group, "order"), "similarity");
    equal(group.settings.order, "similarity");
    applySetting(group, "unit", 5);
    equal(settingOf(group, "units"), [5, 16]);
    equal("unit" in group.settings || "units" in group.settings, false);
  },

  "stages for which no unit is said get the mean"() {
    const group = groupOf([40, 8], [25, 17], [25, 17]);
    applySetting(group, "units", [3]);
    equal(settingOf(group, "units"), [3, MEAN, MEAN]);
  },

  "a unit that a scene doesn't have becomes the mean, the last one stays"() {
    for (const [unit, checked] of [
      [MEAN, MEAN],
      [0, 0],
      [7, 7],
      [8, MEAN],
      [-2, MEAN],
      [NaN, MEAN],
    ]) {
      const group = groupOf([40, 8]);
      group.members[0].unit = unit;
      checkUnits(group);
      equal(group.members[0].unit, checked);
    }
  },

  "time that a run doesn't have becomes its nearest"() {
    const group = groupOf([40, 8]);
    for (const [t, clamped] of [
      [-1, 0],
      [0, 0],
      [39, 39],
      [40, 39],
      [1e6, 39],
    ]) {
      group.settings.t = t;
      clampTime(group);
      equal(group.settings.t, clamped);
    }
  },

  "the whole run is in sight where nothing of it is missing"() {
    const group = groupOf([40, 8], [80, 8]);
    for (const [view, whole] of [
      [[0, 40], true],
      [[0, 39], false],
      [[1, 40], false],
    ]) {
      group.view = view;
      equal(isWhole(group), whole);
    }
  },

  "a timestep that is shown whole has no phase"() {
    const [stage] = groupOf([40, 8]).members;
    equal([phaseState(stage), phaseName(stage), phaseText(stage)], [null, "complete", ""]);
  },

  "in slow motion signals are done, lit or ahead, and those of no phase are done"() {
    const group = groupOf([40, 8]);
    const [stage] = group.members;
    stage.drawing = DRAWING;
    const table = {
      phase: "{number} of {phases}: {title}",
      phase_lstm_forget: "forget",
      phase_lstm_update: "update of the cell state",
    };
    speakWith({ language: "en", table });
    group.phase = 0;
    const state = phaseState(stage);
    const names = ["forget_gate", "cell_state", "input_gate"];
    equal(
      names.map((name) => state?.(name)),
      ["lit", "ahead", "done"],
    );
    equal([phaseName(stage), phaseText(stage)], ["forget", "1 of 2: forget"]);
    group.phase = lastPhase(group);
    equal(
      names.map((name) => phaseState(stage)?.(name)),
      ["done", "lit", "done"],
    );
    equal(phaseText(stage), "2 of 2: update of the cell state");
  },
};
