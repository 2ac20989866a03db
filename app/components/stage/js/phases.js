// The phases of one timestep in slow motion, as each cell's drawing names them.

import { say } from "../../shared/js/words.js";
import { leader } from "./group.js";

/** @import { Drawing, Group, Phase, Stage } from "./types.d.ts" */

/** @type {Drawing} The drawing of a stage of several: nothing moves within a timestep. */
export const NO_DRAWING = { height: 0, phases: [], equations: () => [] };

/**
 * The last phase of slow motion.
 *
 * @param {Group} group
 */
export function lastPhase(group) {
  return leader(group).drawing.phases.length - 1;
}

/**
 * What is going on in slow motion; null for a timestep that is shown whole.
 *
 * @param {Stage} stage
 * @returns {Phase | null}
 */
function currentPhase({ group, drawing }) {
  return group.phase === null ? null : drawing.phases[group.phase];
}

/**
 * Whether the timestep is shown to its end: whole, or in its last phase.
 *
 * @param {Stage} stage
 */
export function isOver({ group, drawing }) {
  return group.phase === null || group.phase === drawing.phases.length - 1;
}

/**
 * Which signals are lit in the current phase: a function name -> done | lit | ahead; or null.
 *
 * @param {Stage} stage
 */
export function phaseState({ group, drawing }) {
  const now = group.phase;
  if (now === null) return null;
  return (/** @type {string} */ name) => {
    const k = drawing.phases.findIndex((phase) => phase.lights.includes(name));
    return k < now ? "done" : k === now ? "lit" : "ahead"; // -1: in no phase
  };
}

/**
 * The name of the current phase, "complete" where there is none.
 *
 * @param {Stage} stage
 */
export function phaseName(stage) {
  return currentPhase(stage)?.name ?? "complete";
}

/**
 * The current phase as the reader is told it: "2 of 4: input and candidate", or "".
 *
 * @param {Stage} stage
 */
export function phaseText(stage) {
  const phase = currentPhase(stage);
  const { phases } = stage.drawing;
  if (!phase) return "";
  const title = say(`phase_${stage.scene.kind}_${phase.name}`);
  return say("phase", { number: phases.indexOf(phase) + 1, phases: phases.length, title });
}
