// The terms of one timestep as they are printed, in the sentence and in the drawing alike.
// captions/terms.py says the same in Python, and the tests hold both to the same sentences.

import { written } from "../../../shared/js/formatting.js";
import { MEAN } from "../lookup.js";
import { digitsOfSum, factorTexts, fixedText, leastDigits } from "./digits.js";

/** @import { Scene, TimestepNumbers } from "../types.d.ts" */
/** @import { Terms } from "./types.d.ts" */

/** @type {Record<string, [first: string, second: string, product: string][]>} */
const PRODUCTS = {
  lstm: [
    ["forget_gate", "carried", "retained"],
    ["input_gate", "candidate", "written"],
    ["output_gate", "squashed", "shown"],
  ],
  gru: [
    ["update_gate", "carried", "retained"],
    ["rest", "candidate", "written"],
  ],
  rnn: [],
};
const MEMORY = { lstm: "cell_state", gru: "hidden_state", rnn: "hidden_state" };

/**
 * What is said of one timestep: of which cell, its numbers for a unit or their mean, and the states
 * that are held at a value.
 *
 * @typedef {Pick<Scene, "kind" | "cell"> &
 *   { unit: number, numbers: TimestepNumbers, held?: string[] }} Moment
 */

/**
 * The name of what is kept: all that came in, where no gate forgets.
 *
 * @param {Pick<Scene, "cell">} moment
 */
export function keptName({ cell }) {
  return cell.forget === "none" ? "carried" : "retained";
}

/**
 * The terms of one timestep, with the fewest decimals that add up and multiply out.
 *
 * @param {Moment} moment
 * @returns {Terms}
 */
export function termsOf(moment) {
  const { kind, unit, numbers: n, held = [] } = moment;
  const memory = MEMORY[kind];
  const { digits, addsUp } = digitsOfTerms(moment);
  const inSum = new Set(["carried", "retained", "written", memory]);
  /** @type {Record<string, string>} */
  const texts = {};
  for (const [name, value] of Object.entries(n)) {
    texts[name] = numberText(value, inSum.has(name) ? digits : leastDigits([value]));
  }
  /** @type {Record<string, boolean>} */
  const multiplies = {};
  for (const [first, second, product] of unit === MEAN ? [] : PRODUCTS[kind]) {
    if (![first, second, product].every((name) => Number.isFinite(n[name]))) continue;
    const own = product === "shown" ? leastDigits([n[product]]) : digits;
    const made = factorTexts(n[first], n[second], own);
    multiplies[product] = made.multiplies;
    if (product === "retained" && keptName(moment) !== product) continue;
    [texts[first], texts[second]] = [made.one, made.other];
  }
  Object.assign(texts, handedOn(texts, held));
  return { texts, memory: texts[memory], addsUp, multiplies, held };
}

/**
 * What the output gate hands on: what it shows, or the value at which that is held.
 *
 * @param {Record<string, string>} texts
 * @param {string[]} held
 */
function handedOn({ shown, hidden_state: hidden }, held) {
  return shown === undefined ? {} : { out: held.includes("hidden_state") ? hidden : shown };
}

/**
 * A number with so many decimals; what is not here or has grown too large has signs of its own.
 *
 * @param {number} value
 * @param {number} digits
 */
function numberText(value, digits) {
  return Number.isFinite(value) ? fixedText(value, digits) : written(value);
}

/**
 * How many decimals the sum of this timestep is written with, and whether it adds up then.
 *
 * @param {Moment} moment
 */
function digitsOfTerms({ kind, cell, numbers: n }) {
  const memory = n[MEMORY[kind]];
  if (!("carried" in n)) return { digits: leastDigits([]), addsUp: true }; // not here yet
  if (!("written" in n)) return { digits: leastDigits([n.carried, memory]), addsUp: true };
  const terms = [n[keptName({ cell })], n.written];
  const least = leastDigits([...terms, memory].filter(Number.isFinite));
  const enough = digitsOfSum(terms, memory, least);
  return { digits: enough ?? least, addsUp: enough !== null };
}
