// The clauses of slow motion: what happens in one phase, with its arithmetic, from what is known.

import { MEAN } from "../lookup.js";
import { gatePercent, gateWord, heldClause, sayRNN, unitsIn, whoIs } from "./clauses.js";
import { inBrackets } from "./digits.js";
import { keptName } from "./terms.js";

/** @import { CaptionWords, Clause, Facts, Say } from "./types.d.ts" */

/**
 * The arithmetic of the gate that keeps.
 *
 * @param {Facts} facts
 * @param {CaptionWords} words
 * @param {string} gate
 * @param {string} key
 * @returns {Clause[]}
 */
function phaseKeeps(facts, words, gate, key) {
  const { numbers, unit, terms } = facts;
  const { carried, retained: kept } = terms.texts;
  if (unit === MEAN) return [[`${key}_mean`, { carried, kept, units: unitsIn(facts, words) }]];
  const who = whoIs(facts, words);
  if (numbers.carried === 0) return [[`${facts.kind}_empty`, { who }]];
  const slots = { gate: terms.texts[gate], carried: inBrackets(carried), kept, who };
  return [[key, { ...slots, openness: gateWord(numbers[gate], words) }]];
}

/** @type {Say} */
function phaseWrite(facts, words) {
  const { numbers, unit, terms } = facts;
  const { input_gate: gate, candidate, written } = terms.texts;
  if (unit === MEAN) return [["lstm_write_mean", { written, units: unitsIn(facts, words) }]];
  const openness = gateWord(numbers.input_gate, words);
  return [["lstm_write", { gate, candidate: inBrackets(candidate), written, openness }]];
}

/**
 * The clauses of a phase whose product does not reach a memory that is held.
 *
 * @param {Facts} facts
 * @param {string} memory - its name
 * @param {Clause[]} clauses
 * @returns {Clause[]}
 */
function upToHeld({ kind, held }, memory, clauses) {
  return held.includes(memory) ? [...clauses, [`${kind}_no_effect`, {}]] : clauses;
}

/**
 * What is kept and what is written, added up; or the value at which the memory is held.
 *
 * @param {Facts} facts
 * @param {CaptionWords} words
 * @param {string} key
 * @param {string} name - of the memory
 * @returns {Clause[]}
 */
function phaseSum(facts, words, key, name) {
  const { unit, held, terms } = facts;
  const { texts, memory, addsUp } = terms;
  if (held.includes(name)) {
    if (unit !== MEAN) return [heldClause(facts, words)];
    return [[`${facts.kind}_mean_held`, { units: unitsIn(facts, words), memory }]];
  }
  const [kept, written] = [texts[keptName(facts)], inBrackets(texts.written)];
  return [[addsUp ? key : `${key}_apart`, { kept, written, memory }]];
}

/** @type {Say} */
function phaseOutput(facts, words) {
  const { numbers, unit, held, terms } = facts;
  const { output_gate: gate, squashed, out: shown } = terms.texts;
  const isHeld = held.includes("hidden_state");
  if (unit === MEAN) {
    const slots = { shown, units: unitsIn(facts, words) };
    return [isHeld ? ["lstm_mean_shows_held", { shown }] : ["lstm_output_mean", slots]];
  }
  if (isHeld) return [["lstm_shows_held", { shown }]];
  const openness = gateWord(numbers.output_gate, words);
  return [["lstm_output", { gate, squashed: inBrackets(squashed), shown, openness }]];
}

/** @type {Say} */
function phaseReset(facts, words) {
  const openness = gateWord(facts.numbers.reset_gate, words);
  return [["gru_reset", { openness, percent: gatePercent(facts, "reset_gate", words) }]];
}

/** @type {Say} */
function phaseCandidate({ terms }) {
  return [["gru_candidate", { candidate: terms.texts.candidate }]];
}

/** @type {Record<string, Record<string, Say>>} By cell and phase, as the drawings name them. */
export const PHASE_CLAUSES = {
  lstm: {
    forget: (facts, words) =>
      upToHeld(facts, "cell_state", phaseKeeps(facts, words, "forget_gate", "lstm_forget")),
    input: (facts, words) => upToHeld(facts, "cell_state", phaseWrite(facts, words)),
    update: (facts, words) => phaseSum(facts, words, "lstm_update", "cell_state"),
    output: phaseOutput,
  },
  gru: {
    reset: phaseReset,
    candidate: phaseCandidate,
    update: (facts, words) =>
      upToHeld(facts, "hidden_state", phaseKeeps(facts, words, "update_gate", "gru_update")),
    mix: (facts, words) => phaseSum(facts, words, "gru_mix", "hidden_state"),
  },
  rnn: { update: sayRNN },
};
