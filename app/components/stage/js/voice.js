// What a screen reader hears: where we are, what happens, and each stage's numbers.

import { setText } from "../../shared/js/elements.js";
import { visible, written } from "../../shared/js/formatting.js";
import { say } from "../../shared/js/words.js";
import { spokenCaption } from "./caption/view.js";
import { eventAt } from "./events.js";
import { leader, timestepOf } from "./group.js";
import { MEAN, tokenAt } from "./lookup.js";
import { isOver, phaseState, phaseText } from "./phases.js";
import { standsAt } from "./places.js";
import { extraTexts } from "./strip/shares.js";

/** @import { Group, Stage } from "./types.d.ts" */

const SPOKEN_EVERY = 2000; // ms between two timesteps that are spoken while playing

/**
 * A polite voice: where we are, the sentence under the drawing, and each stage's numbers.
 *
 * @param {Group} group
 */
export function speak(group) {
  const stage = leader(group);
  const t = timestepOf(stage);
  const timestep = say("spoken_timestep_of", { t, last: stage.scene.timesteps - 1 });
  const parts = [timestep, visibleToken(stage, t), eventAt(stage.scene, t), phaseText(stage)];
  const where = `${parts.filter(Boolean).join(", ")}.`;
  const numbers = group.members.map((member) => `${spokenNumbers(member)}.`);
  setText(group.parts.live, [where, spokenCaption(stage), ...numbers].filter(Boolean).join(" "));
}

/**
 * The symbol read at t as it is shown, or "".
 *
 * @param {Stage} stage
 * @param {number} t
 */
function visibleToken({ scene }, t) {
  const token = tokenAt(scene, t);
  return token && visible(token);
}

/**
 * The selected unit's numbers, and what else is known at now; in slow motion what is known by then.
 *
 * @param {Stage} stage
 */
function spokenNumbers(stage) {
  const { unit, numbers, title, panels } = stage;
  const state = phaseState(stage);
  const values = panels
    .filter(({ signal }) => signal.name in numbers && state?.(signal.name) !== "ahead")
    .map(({ signal }) => `${signal.title} ${written(numbers[signal.name], 2)}`);
  const who = unit === MEAN ? say("mean") : say("unit", { unit });
  const extra = isOver(stage) ? extraTexts(stage, timestepOf(stage)) : [];
  const said = [...values, ...extra].join(", ");
  const where = stage.reads ? standsAt(stage.scene, timestepOf(stage)) : "";
  return [title, where, `${who}: ${said}`].filter(Boolean).join("; ");
}

/**
 * While playing the voice speaks at most every two seconds.
 *
 * @param {Group} group
 */
export function speakSometimes(group) {
  const now = performance.now();
  if (!group.playing || now - group.spoken < SPOKEN_EVERY) return;
  group.spoken = now;
  const stage = leader(group);
  const t = timestepOf(stage);
  const parts = [say("spoken_timestep", { t }), visibleToken(stage, t)];
  setText(group.parts.live, parts.filter(Boolean).join(", "));
}
