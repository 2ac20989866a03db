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
 * How many units a mean is over, as a sentence says it.
 *
 * @param {Pick<Facts, "units">} facts
 * @param {CaptionWords} words
 */
export function unitsIn({ units }, { sentences }) {
  return fillText(sentences[units === 1 ? "one_unit" : "units"], { count: String(units) });
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
 * @param {CaptionWords} words
 * @param {string} memory - its name
 * @returns {Clause}
 */
function meanClause(facts, words, memory) {
  const { kind, held, terms } = facts;
  const { carried, written } = terms.texts;
  const slots = { units: unitsIn(facts, words), memory: terms.memory };
  if (held.includes(memory)) return [`${kind}_mean_held`, slots];
  return [`${kind}_mean`, { ...slots, carried, written, kept: terms.texts[keptName(facts)] }];
}

/**
 * What the output gate shows; a hidden state that is held is shown whatever the gate does.
 *
 * @param {Facts} facts
 * @param {CaptionWords} words
 * @returns {Clause}
 */
function showsClause({ unit, cell, numbers, held, terms }, words) {
  const suffix = held.includes("hidden_state") ? "_held" : "";
  const shown = terms.texts.out;
  if (unit === MEAN) return [`lstm_mean_shows${suffix}`, { shown }];
  if (suffix) return ["lstm_shows_held", { shown }];
  const openness = gateWord(numbers.output_gate, words);
  return [cell.projection ? "lstm_projects" : "lstm_shows", { openness, shown }];
}

/** @type {Say} A whole timestep of an LSTM: what is kept, what is added, what is shown. */
function sayLSTM(facts, words) {
  const shows = showsClause(facts, words);
  if (facts.unit === MEAN) return [meanClause(facts, words, "cell_state"), shows];
  if (facts.held.includes("cell_state")) return [heldClause(facts, words), shows];
  return [keepsClause(facts, words, "forget_gate"), addsClause(facts, words, "input_gate"), shows];
}

/** @type {Say} A whole timestep of a GRU: what is kept, and what fills up the rest. */
function sayGRU(facts, words) {
  if (facts.unit === MEAN) return [meanClause(facts, words, "hidden_state")];
  if (facts.held.includes("hidden_state")) return [heldClause(facts, words)];
  return [keepsClause(facts, words, "update_gate"), addsClause(facts, words, "update_gate")];
}

/** @type {Say} A timestep of a standard RNN: everything is made anew. */
export function sayRNN(facts, words) {
  const { cell, unit, held, terms } = facts;
  const isHeld = held.includes("hidden_state");
  const slots = { carried: terms.texts.carried, memory: terms.memory };
  const own = { ...slots, activation: cell.activation };
  if (unit === MEAN) {
    const units = unitsIn(facts, words);
    return [isHeld ? ["rnn_mean_held", { ...slots, units }] : ["rnn_mean", { ...own, units }]];
  }
  return isHeld
    ? [heldClause(facts, words)]
    : [["rnn_changes", { ...own, who: whoIs(facts, words) }]];
}

/**
 * A memory that is held at a value.
 *
 * @param {Facts} facts
 * @param {CaptionWords} words
 * @returns {Clause}
 */
export function heldClause(facts, words) {
  return [`${facts.kind}_held`, { who: whoIs(facts, words), memory: facts.terms.memory }];
}

/** @type {Record<string, Say>} */
export const CELL_CLAUSES = { lstm: sayLSTM, gru: sayGRU, rnn: sayRNN };
