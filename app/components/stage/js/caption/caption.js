// The sentence of one timestep: which clauses it has, as stretches of text. Nothing here draws.

import { CELL_CLAUSES } from "./clauses.js";
import { factsAt } from "./facts.js";
import { PHASE_CLAUSES } from "./phase_clauses.js";
import { predictionClauses, readClauses, sourceClauses } from "./prediction.js";
import { fillTemplate } from "./template.js";

/** @import { Scene } from "../types.d.ts" */
/** @import { CaptionWords, Clause, Facts, Span } from "./types.d.ts" */

const HELD = 2; // clauses about what is held, before those about what is shown
const FULL_WIDTH = /[。：；？！]$/; // signs that have a space of their own
const MADE = { lstm: "update", gru: "mix", rnn: "" }; // the phase in which the memory is made

/** Where in a timestep we are: the phases of slow motion in order, and which is now. */
/** @typedef {{ names: string[], now: number | null }} Moment */

/**
 * What happens at timestep t, for a unit or the mean over units. In a phase of slow motion it says
 * what happens in that phase, from what is known by then.
 *
 * @param {Scene} scene
 * @param {number} t
 * @param {number} unit
 * @param {Moment} moment
 * @returns {Span[]}
 */
export function captionSpans(scene, t, unit, moment) {
  const words = scene.captions;
  const facts = factsAt(scene, t, unit);
  const clauses = facts ? clausesOf(facts, moment, words) : [nothing("waiting")];
  return clauses
    .map(([key, slots]) => fillTemplate(words.sentences[key], slots))
    .flatMap((spans, k, all) => [...(k ? space(all[k - 1]) : []), ...spans]);
}

/**
 * The same as plain text.
 *
 * @param {Scene} scene
 * @param {number} t
 * @param {number} unit
 * @param {Moment} moment
 */
export function captionText(scene, t, unit, moment) {
  return captionSpans(scene, t, unit, moment)
    .map(({ text }) => text)
    .join("");
}

/**
 * @param {Facts} facts
 * @param {Moment} moment
 * @param {CaptionWords} words
 * @returns {Clause[]}
 */
function clausesOf(facts, { names, now }, words) {
  if (!Object.values(facts.numbers).every(Number.isFinite)) return [nothing("beyond")];
  const reads = readClauses(facts, words);
  const source = sourceClauses(facts, words);
  const predicts = predictionClauses(facts, words);
  if (now === null) {
    const cell = CELL_CLAUSES[facts.kind](facts, words);
    return [...reads, ...cell.slice(0, HELD), ...source, ...cell.slice(HELD), ...predicts];
  }
  return [
    ...(now === 0 ? reads : []),
    ...PHASE_CLAUSES[facts.kind][names[now]](facts, words),
    ...(names[now] === MADE[facts.kind] ? source : []),
    ...(now === names.length - 1 ? predicts : []),
  ];
}

/**
 * A sentence without slots.
 *
 * @param {string} key
 * @returns {Clause}
 */
function nothing(key) {
  return [key, {}];
}

/**
 * What stands between a sentence and the next.
 *
 * @param {Span[]} sentence
 * @returns {Span[]}
 */
function space(sentence) {
  const last = sentence[sentence.length - 1];
  return FULL_WIDTH.test(last.text) ? [] : [{ text: " ", kind: "plain" }];
}
