// The clauses of slow motion: what happens in one phase, with its arithmetic, from what is known.

import { MEAN } from "../lookup.js";
import { gatePercent, gateWord, sayRNN, whoIs } from "./clauses.js";
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
  const { numbers, units, unit, terms } = facts;
  const { carried, retained: kept } = terms.texts;
  if (unit === MEAN) return [[`${key}_mean`, { carried, kept, count: String(units) }]];
  const who = whoIs(facts, words);
  if (numbers.carried === 0) return [[`${facts.kind}_empty`, { who }]];
  const slots = { gate: terms.texts[gate], carried: inBrackets(carried), kept, who };
  return [[key, { ...slots, openness: gateWord(numbers[gate], words) }]];
}

/** @type {Say} */
function phaseWrite({ numbers, units, unit, terms }, words) {
  const { input_gate: gate, candidate, written } = terms.texts;
  if (unit === MEAN) return [["lstm_write_mean", { written, count: String(units) }]];
  const openness = gateWord(numbers.input_gate, words);
  return [["lstm_write", { gate, candidate: inBrackets(candidate), written, openness }]];
}

/**
 * What is kept and what is written, added up.
 *
 * @param {Facts} facts
 * @param {string} key
 * @returns {Clause[]}
 */
function phaseSum(facts, key) {
  const { texts, memory, addsUp } = facts.terms;
  const [kept, written] = [texts[keptName(facts)], inBrackets(texts.written)];
  return [[addsUp ? key : `${key}_apart`, { kept, written, memory }]];
}

/** @type {Say} */
function phaseOutput({ numbers, units, unit, terms }, words) {
  const { output_gate: gate, squashed, shown } = terms.texts;
  if (unit === MEAN) return [["lstm_output_mean", { shown, count: String(units) }]];
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
    forget: (facts, words) => phaseKeeps(facts, words, "forget_gate", "lstm_forget"),
    input: phaseWrite,
    update: (facts) => phaseSum(facts, "lstm_update"),
    output: phaseOutput,
  },
  gru: {
    reset: phaseReset,
    candidate: phaseCandidate,
    update: (facts, words) => phaseKeeps(facts, words, "update_gate", "gru_update"),
    mix: (facts) => phaseSum(facts, "gru_mix"),
  },
  rnn: { update: sayRNN },
};
