// The clauses of slow motion: what happens in one phase, with its arithmetic, from what is known.

import { MEAN } from "../lookup.js";
import { gatePercent, gateWord, sayRNN, shownText, sumTexts, whoIs } from "./clauses.js";
import { factorTexts, fixedText, inBrackets } from "./digits.js";

/** @import { CaptionWords, Clause, Facts, Say } from "./types.d.ts" */

const PHASE_DIGITS = 3; // as in the drawing

/**
 * Two numbers and their product, as they stand in an equation.
 *
 * @param {Facts} facts
 * @param {string} first
 * @param {string} second
 */
function productTexts({ numbers }, first, second) {
  const [one, other, product] = factorTexts(numbers[first], numbers[second], PHASE_DIGITS);
  return [one, inBrackets(other), product];
}

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
  const { numbers: n, units, unit } = facts;
  if (unit === MEAN) {
    const [carried, kept] = [n.carried, n.retained].map((v) => fixedText(v, PHASE_DIGITS));
    return [[`${key}_mean`, { carried, kept, count: String(units) }]];
  }
  const who = whoIs(facts, words);
  if (n.carried === 0) return [[`${facts.kind}_empty`, { who }]];
  const [gateText, carried, kept] = productTexts(facts, gate, "carried");
  const openness = gateWord(n[gate], words);
  return [[key, { gate: gateText, carried, kept, who, openness }]];
}

/** @type {Say} */
function phaseWrite(facts, words) {
  if (facts.unit === MEAN) {
    const written = fixedText(facts.numbers.written, PHASE_DIGITS);
    return [["lstm_write_mean", { written, count: String(facts.units) }]];
  }
  const [gate, candidate, written] = productTexts(facts, "input_gate", "candidate");
  const openness = gateWord(facts.numbers.input_gate, words);
  return [["lstm_write", { gate, candidate, written, openness }]];
}

/**
 * What is kept and what is written, added up.
 *
 * @param {Facts} facts
 * @param {string} key
 * @returns {Clause[]}
 */
function phaseSum(facts, key) {
  const { slots, exact } = sumTexts(facts, PHASE_DIGITS);
  return [[exact ? key : `${key}_apart`, slots]];
}

/** @type {Say} */
function phaseOutput(facts, words) {
  if (facts.unit === MEAN) {
    const shown = shownText(facts, PHASE_DIGITS);
    return [["lstm_output_mean", { shown, count: String(facts.units) }]];
  }
  const [gate, squashed, shown] = productTexts(facts, "output_gate", "squashed");
  const openness = gateWord(facts.numbers.output_gate, words);
  return [["lstm_output", { gate, squashed, shown, openness }]];
}

/** @type {Say} */
function phaseReset({ numbers }, words) {
  const gate = numbers.reset_gate;
  return [["gru_reset", { openness: gateWord(gate, words), percent: gatePercent(gate, words) }]];
}

/** @type {Say} */
function phaseCandidate({ numbers }) {
  return [["gru_candidate", { candidate: fixedText(numbers.candidate, PHASE_DIGITS) }]];
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
