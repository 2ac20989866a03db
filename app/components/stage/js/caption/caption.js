// The sentence of one timestep: which clauses it has, as stretches of text. Nothing here draws.

import { CELL_CLAUSES } from "./clauses.js";
import { factsAt } from "./facts.js";
import { PHASE_CLAUSES } from "./phase_clauses.js";
import { predictionClauses, readClauses, sourceClauses } from "./prediction.js";
import { fillTemplate } from "./template.js";

/** @import { Scene } from "../types.d.ts" */
/** @import { CaptionWords, Clause, Facts, Span } from "./types.d.ts" */

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
  return clauses.flatMap(([key, slots], k) => {
    const spans = fillTemplate(words.sentences[key], slots);
    return k ? [space(), ...spans] : spans;
  });
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
  const cell = now === null ? CELL_CLAUSES : PHASE_CLAUSES[facts.kind];
  const said = cell[now === null ? facts.kind : names[now]](facts, words);
  const isFirst = now === null || now === 0;
  const isLast = now === null || now === names.length - 1;
  return [
    ...(isFirst ? readClauses(facts, words) : []),
    ...said,
    ...(isLast ? [...sourceClauses(facts, words), ...predictionClauses(facts, words)] : []),
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

/** @returns {Span} What stands between two sentences. */
function space() {
  return { text: " ", kind: "plain" };
}
