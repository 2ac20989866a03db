// The clauses of each cell: which template says what happens, and with which numbers.
// captions/clauses.py says the same in Python, and the tests hold both to the same sentences.

import { fillText } from "../../../shared/js/words.js";
import { MEAN } from "../lookup.js";
import {
  digitsOfSum,
  fixedText,
  inBrackets,
  keptOf,
  leastDigits,
  numberOf,
  percentDigits,
} from "./digits.js";

/** @import { CaptionWords, Clause, Facts, Say } from "./types.d.ts" */

/**
 * The word for how open a gate is.
 *
 * @param {number} value
 * @param {CaptionWords} words
 */
export function gateWord(value, { openness, sentences }) {
  const [name] = openness.find(([, bound]) => value < bound) ?? openness[openness.length - 1];
  return sentences[`openness_${name}`];
}

/**
 * What the unit is called in a sentence.
 *
 * @param {Facts} facts
 * @param {CaptionWords} words
 */
export function whoIs({ unit }, { sentences }) {
  return fillText(sentences.unit, { unit: String(unit) });
}

/**
 * A share in percent; what is nearly 0 or 100 % is not said to be that.
 *
 * @param {number} share
 * @param {string} text
 * @param {CaptionWords} words
 */
function percentText(share, text, { sentences }) {
  if (share > 0 && share < 1 && [0, 100].includes(numberOf(text))) {
    return sentences[share < 0.5 ? "percent_under" : "percent_over"];
  }
  return fillText(sentences.percent, { number: text });
}

/**
 * A gate that was said in percent.
 *
 * @param {number} gate
 * @param {CaptionWords} words
 */
export function gatePercent(gate, words) {
  return percentText(gate, fixedText(100 * gate, percentDigits(gate)), words);
}

/**
 * What is kept, what is written, and the memory that they make.
 *
 * @param {Facts} facts
 */
export function balanceOf({ kind, cell, numbers: n }) {
  const kept = cell.forget === "none" ? n.carried : n.retained;
  return { kept, written: n.written, memory: kind === "lstm" ? n.cell_state : n.hidden_state };
}

/**
 * How many decimals the sum of this timestep is written with, and whether it adds up then.
 *
 * @param {Facts} facts
 */
function sumDigits(facts) {
  const { kept, written, memory } = balanceOf(facts);
  const least = leastDigits([kept, written, memory]);
  const enough = digitsOfSum([kept, written], memory, least);
  return { digits: enough ?? least, exact: enough !== null };
}

/**
 * What the gate keeps of the memory that comes in.
 *
 * @param {Facts} facts
 * @param {CaptionWords} words
 * @param {string} gate
 * @returns {Clause}
 */
function keepsClause(facts, words, gate) {
  const { kind, cell, numbers: n } = facts;
  const { digits } = sumDigits(facts);
  const name = { who: whoIs(facts, words) };
  if (n.carried === 0) return [`${kind}_empty`, name];
  if (cell.forget === "none") {
    return [`${kind}_keeps_all`, { ...name, kept: fixedText(n.carried, digits) }];
  }
  const [carried, kept] = [fixedText(n.carried, digits), fixedText(n.retained, digits)];
  if (numberOf(carried) === 0) return [`${kind}_nearly_empty`, name];
  const slots = { ...name, openness: gateWord(n[gate], words), carried, kept };
  const pair = keptOf(n[gate], n.carried, digits);
  if (!pair) return [`${kind}_keeps_part`, slots];
  const percent = percentText(n[gate], pair.percent, words);
  return [`${kind}_keeps`, { ...slots, percent, carried: pair.whole }];
}

/**
 * What is written, and the memory that it makes.
 *
 * @param {Facts} facts
 * @param {CaptionWords} words
 * @param {string} gate
 * @returns {Clause}
 */
function addsClause(facts, words, gate) {
  const { kind, numbers } = facts;
  const { digits, exact } = sumDigits(facts);
  const { written, memory } = balanceOf(facts);
  const text = fixedText(written, digits);
  const slots = { openness: gateWord(numbers[gate], words), memory: fixedText(memory, digits) };
  if (!exact) return [`${kind}_apart`, { ...slots, written: text }];
  if (numbers.carried === 0) return [`${kind}_writes_first`, slots];
  if (numberOf(text) === 0) return [`${kind}_adds_nothing`, slots];
  const change = written > 0 ? "adds" : "subtracts";
  return [`${kind}_${change}`, { ...slots, written: text.replace("−", "") }];
}

/**
 * The update as a mean over units: the mean of the terms, no product of means.
 *
 * @param {Facts} facts
 * @returns {Clause}
 */
function meanClause(facts) {
  const { digits } = sumDigits(facts);
  const { kept, written, memory } = balanceOf(facts);
  const values = { carried: facts.numbers.carried, kept, written, memory };
  const texts = Object.entries(values).map(([name, value]) => [name, fixedText(value, digits)]);
  return [`${facts.kind}_mean`, { ...Object.fromEntries(texts), count: String(facts.units) }];
}

/**
 * What an LSTM's unit shows, o·tanh(c), as text.
 *
 * @param {Facts} facts
 * @param {number} [digits]
 */
export function shownText({ numbers }, digits = leastDigits([numbers.shown])) {
  return fixedText(numbers.shown, digits);
}

/** @type {Say} A whole timestep of an LSTM: what is kept, what is added, what is shown. */
function sayLSTM(facts, words) {
  const shown = { shown: shownText(facts) };
  if (facts.unit === MEAN) {
    const [key, slots] = meanClause(facts);
    return [[key, { ...slots, ...shown }]];
  }
  const openness = gateWord(facts.numbers.output_gate, words);
  return [
    keepsClause(facts, words, "forget_gate"),
    addsClause(facts, words, "input_gate"),
    [facts.cell.projection ? "lstm_projects" : "lstm_shows", { openness, ...shown }],
  ];
}

/** @type {Say} A whole timestep of a GRU: what is kept, and what fills up the rest. */
function sayGRU(facts, words) {
  if (facts.unit === MEAN) return [meanClause(facts)];
  return [keepsClause(facts, words, "update_gate"), addsClause(facts, words, "update_gate")];
}

/** @type {Say} A timestep of a standard RNN: everything is made anew. */
export function sayRNN(facts, words) {
  const { carried: before, hidden_state: after } = facts.numbers;
  const digits = leastDigits([before, after]);
  const slots = {
    activation: facts.cell.activation,
    carried: fixedText(before, digits),
    memory: fixedText(after, digits),
  };
  if (facts.unit === MEAN) return [["rnn_mean", { ...slots, count: String(facts.units) }]];
  return [["rnn_changes", { ...slots, who: whoIs(facts, words) }]];
}

/** @type {Record<string, Say>} */
export const CELL_CLAUSES = { lstm: sayLSTM, gru: sayGRU, rnn: sayRNN };

/**
 * A sum as it stands in slow motion; `exact` says whether it adds up as written.
 *
 * @param {Facts} facts
 * @param {number} least
 */
export function sumTexts(facts, least) {
  const { kept, written, memory } = balanceOf(facts);
  const enough = digitsOfSum([kept, written], memory, least);
  const digits = enough ?? least;
  const slots = {
    kept: fixedText(kept, digits),
    written: inBrackets(fixedText(written, digits)),
    memory: fixedText(memory, digits),
  };
  return { slots, exact: enough !== null };
}
