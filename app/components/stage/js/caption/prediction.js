// The clauses that all cells share: what was read, where the memory comes from, what is predicted.

import { fillText } from "../../../shared/js/words.js";
import { whoIs } from "./clauses.js";
import { digitsOfSum, fixedText, leastDigits, plainText } from "./digits.js";

/** @import { CaptionWords, Clause, Facts } from "./types.d.ts" */

const MOST_NAMED = 5; // alternatives that are named one by one
const MOST_INPUTS = 3; // numbers read that are named one by one

/**
 * Names one after another: "S, T".
 *
 * @param {string[]} names
 * @param {CaptionWords} words
 */
function listed(names, { sentences }) {
  return names.reduce((left, right) => fillText(sentences.comma, { left, right }));
}

/**
 * Alternatives as a list: "T", "T or V", "S, T or V"; many are only counted, none are "".
 *
 * @param {string[]} names
 * @param {CaptionWords} words
 */
function either(names, words) {
  const { sentences } = words;
  if (names.length > MOST_NAMED) return fillText(sentences.many, { count: String(names.length) });
  if (names.length < 2) return names[0] ?? "";
  const left = listed(names.slice(0, -1), words);
  return fillText(sentences.or, { left, right: names[names.length - 1] });
}

/**
 * The clause of what was read.
 *
 * @param {Facts} facts
 * @param {CaptionWords} words
 * @returns {Clause[]}
 */
export function readClauses({ token, inputs }, words) {
  if (token) return [["reads", { token }]];
  const known = inputs.filter(([, value]) => Number.isFinite(value));
  if (known.length > MOST_INPUTS) return [["reads_many", { count: String(known.length) }]];
  if (!known.length) return [];
  const texts = known.map(([name, value]) =>
    fillText(words.sentences.input, { name, number: plainText(value) }),
  );
  return [["reads_numbers", { inputs: listed(texts, words) }]];
}

/**
 * The clause of the write that the memory comes from, where one stands out.
 *
 * @param {Facts} facts
 * @param {CaptionWords} words
 * @returns {Clause[]}
 */
export function sourceClauses(facts, words) {
  const { source, sourceToken, sourceHeld } = facts;
  if (!source) return [];
  const key = source.share >= words.origin.almost_all ? "almost_all" : "largest";
  const slots = { timestep: String(source.timestep), who: whoIs(facts, words) };
  if (sourceHeld) return [[`origin_${key}_held`, slots]];
  if (!sourceToken) return [[`origin_${key}`, slots]];
  return [[`origin_${key}_reading`, { ...slots, token: sourceToken }]];
}

/**
 * The clause of what the network predicts, and of what is true where it is known.
 *
 * @param {Facts} facts
 * @param {CaptionWords} words
 * @returns {Clause[]}
 */
export function predictionClauses(facts, words) {
  const keyOf = ASKED[facts.asks];
  if (!keyOf) return numberClauses(facts);
  const key = keyOf(facts);
  const [expected, legal] = [either(facts.expected, words), either(facts.legal, words)];
  return key ? [[key, { expected, legal, came: facts.came }]] : [];
}

/**
 * What may follow: right is exactly what may, wrong anything else.
 *
 * @param {Facts} facts
 */
function followKey({ expected, came, verdict }) {
  if (verdict === 0) return expected.length ? "expects_wrong" : "expects_nothing";
  if (!expected.length) return "";
  if (verdict !== 1) return "expects";
  return expected.includes(came) ? "expects_came" : "expects_right";
}

/**
 * What is most likely: nowhere wrong, since anything might have followed.
 *
 * @param {Facts} facts
 */
function guessKey({ expected, came }) {
  if (!expected.length) return "";
  if (!came) return "guesses";
  return expected.includes(came) ? "guesses_right" : "guesses_other";
}

/**
 * One of some classes: asked at some timesteps only.
 *
 * @param {Facts} facts
 */
function answerKey({ expected, verdict, known }) {
  if (verdict === 1) return "answers_right";
  if (verdict === 0) return expected.length ? "answers_wrong" : "answers_nothing";
  if (!known) return expected.length ? "answers_unknown" : "answers_unsure";
  return expected.length ? "answers_early" : "";
}

/** @type {Record<string, (facts: Facts) => string>} */
const ASKED = { follow: followKey, guess: guessKey, answer: answerKey };

/**
 * A predicted number against the truth; right where the error is below the tolerance.
 *
 * @param {Facts} facts
 * @returns {Clause[]}
 */
function numberClauses({ output, predicted, truth, tolerance }) {
  const named = output === "" ? "" : `${output} = `;
  if (!Number.isFinite(predicted)) return [];
  if (!Number.isFinite(truth)) {
    const text = fixedText(predicted, leastDigits([predicted]));
    return [["predicts", { predicted: `${named}${text}` }]];
  }
  const [above, below] = [Math.max(predicted, truth), Math.min(predicted, truth)];
  const error = above - below;
  const least = leastDigits([predicted, truth]);
  const digits = digitsOfSum([below, error], above, least) ?? least;
  const [answer, right, off] = [predicted, truth, error].map((value) => fixedText(value, digits));
  const slots = { predicted: `${named}${answer}`, truth: right, error: off };
  if (tolerance === null) return [["predicts_off", slots]];
  return [[error < tolerance ? "predicts_right" : "predicts_wrong", slots]];
}
