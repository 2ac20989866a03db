// The clauses of each cell: which template says what happens, and with which numbers.
// captions/clauses.py says the same in Python, and the tests hold both to the same sentences.

import { fillText } from "../../../shared/js/words.js";
import { MEAN } from "../lookup.js";
import { numberOf, percentage } from "./digits.js";
import { keptName } from "./terms.js";

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
 * A gate as it is written, in percent; what is nearly 0 or 100 % is not said to be that.
 *
 * @param {Facts} facts
 * @param {string} gate
 * @param {CaptionWords} words
 */
export function gatePercent({ numbers, terms }, gate, { sentences }) {
  const share = numbers[gate];
  const number = percentage(terms.texts[gate]);
  if (share > 0 && share < 1 && [0, 100].includes(numberOf(number))) {
    return sentences[share < 0.5 ? "percent_under" : "percent_over"];
  }
  return fillText(sentences.percent, { number });
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
  const { kind, cell, numbers, terms } = facts;
  const name = { who: whoIs(facts, words) };
  const [carried, kept] = [terms.texts.carried, terms.texts[keptName(facts)]];
  if (numbers.carried === 0) return [`${kind}_empty`, name];
  if (cell.forget === "none") return [`${kind}_keeps_all`, { ...name, kept }];
  if (numberOf(carried) === 0) return [`${kind}_nearly_empty`, name];
  const slots = { ...name, openness: gateWord(numbers[gate], words), carried, kept };
  if (!terms.multiplies.retained) return [`${kind}_keeps_part`, slots];
  return [`${kind}_keeps`, { ...slots, percent: gatePercent(facts, gate, words) }];
}

/**
 * What is written, and the memory that it makes.
 *
 * @param {Facts} facts
 * @param {CaptionWords} words
 * @param {string} gate
 * @returns {Clause}
 */
function addsClause({ kind, numbers, terms }, words, gate) {
  const { written } = terms.texts;
  const slots = { openness: gateWord(numbers[gate], words), memory: terms.memory };
  if (!terms.addsUp) return [`${kind}_apart`, { ...slots, written }];
  if (numbers.carried === 0) return [`${kind}_writes_first`, slots];
  if (numberOf(written) === 0) return [`${kind}_adds_nothing`, slots];
  const change = numbers.written > 0 ? "adds" : "subtracts";
  return [`${kind}_${change}`, { ...slots, written: written.replace("−", "") }];
}

/**
 * The update as a mean over units: the mean of the terms, no product of means.
 *
 * @param {Facts} facts
 * @returns {Clause}
 */
function meanClause(facts) {
  const { kind, units, terms } = facts;
  const { carried, written } = terms.texts;
  const slots = { carried, written, kept: terms.texts[keptName(facts)], memory: terms.memory };
  return [`${kind}_mean`, { ...slots, count: String(units) }];
}

/** @type {Say} A whole timestep of an LSTM: what is kept, what is added, what is shown. */
function sayLSTM(facts, words) {
  const { shown } = facts.terms.texts;
  if (facts.unit === MEAN) {
    const [key, slots] = meanClause(facts);
    return [[key, { ...slots, shown }]];
  }
  const openness = gateWord(facts.numbers.output_gate, words);
  return [
    keepsClause(facts, words, "forget_gate"),
    addsClause(facts, words, "input_gate"),
    [facts.cell.projection ? "lstm_projects" : "lstm_shows", { openness, shown }],
  ];
}

/** @type {Say} A whole timestep of a GRU: what is kept, and what fills up the rest. */
function sayGRU(facts, words) {
  if (facts.unit === MEAN) return [meanClause(facts)];
  return [keepsClause(facts, words, "update_gate"), addsClause(facts, words, "update_gate")];
}

/** @type {Say} A timestep of a standard RNN: everything is made anew. */
export function sayRNN(facts, words) {
  const { cell, unit, units, terms } = facts;
  const { carried } = terms.texts;
  const slots = { activation: cell.activation, carried, memory: terms.memory };
  if (unit === MEAN) return [["rnn_mean", { ...slots, count: String(units) }]];
  return [["rnn_changes", { ...slots, who: whoIs(facts, words) }]];
}

/** @type {Record<string, Say>} */
export const CELL_CLAUSES = { lstm: sayLSTM, gru: sayGRU, rnn: sayRNN };
