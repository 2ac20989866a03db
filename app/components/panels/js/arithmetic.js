// The arithmetic of one unit at one timestep: lstm_core/analysis/arithmetic.py in the browser, from
// the weights that Python sent and the values that the stage has.

import { columnAt } from "../../stage/js/lookup.js";
import { activated } from "./activations.js";

/** @import { Numbers } from "../../shared/js/types.d.ts" */
/** @import { Scene } from "../../stage/js/types.d.ts" */
/** @import { Arithmetic, Block, BlockSum, Part, PartName, StateSum } from "./types.d.ts" */

const CONSTANTS = 3; // of a row: bias, peephole, recurrent bias

/**
 * What a unit's sums are made of at one timestep.
 *
 * @typedef {object} Sources
 * @property {Numbers} input
 * @property {Numbers} before  the hidden state before
 * @property {Numbers | null} reset  the reset gate of a GRU
 * @property {number} carried  the unit's cell state before
 * @property {number} cellState  and now
 */

/**
 * How every block of a unit got its value at t, in reading order; null while the numbers are on
 * their way.
 *
 * @param {Arithmetic} given
 * @param {Scene} scene
 * @param {number} t
 * @param {number} unit
 * @returns {BlockSum[] | null}
 */
export function blockSums(given, scene, t, unit) {
  const sources = sourcesAt(given, scene, t, unit);
  if (!sources) return null;
  const computed = new Map();
  const weighted = given.blocks.filter(({ parts }) => parts.length);
  weighted.forEach((block, k) => {
    computed.set(block.name, weightedSum(given, scene, sources, block, k, unit));
  });
  return given.blocks.map((block) => computed.get(block.name) ?? givenSum(block, computed));
}

/**
 * A block without weights of its own: what the input gate leaves, or 1.
 *
 * @param {Block} block
 * @param {Map<string, BlockSum>} computed
 * @returns {BlockSum}
 */
function givenSum(block, computed) {
  const value = block.complement ? 1 - (computed.get("input_gate")?.value ?? 0) : 1;
  return { block, parts: [], total: NaN, preactivation: NaN, value };
}

/**
 * What is read at t, and what the states were before.
 *
 * @param {Arithmetic} given
 * @param {Scene} scene
 * @param {number} t
 * @param {number} unit
 * @returns {Sources | null}
 */
function sourcesAt({ inputs, initial }, scene, t, unit) {
  const earlier = scene.reverse ? t + 1 : t - 1;
  const begins = earlier < 0 || earlier >= scene.timesteps;
  const before = begins ? initial : columnAt(scene, "hidden_state", earlier);
  const carried = columnAt(scene, "carried", t);
  if (!before || !carried) return null;
  const size = inputs.length / scene.timesteps;
  return {
    input: inputs.subarray(t * size, (t + 1) * size),
    before,
    reset: scene.kind === "gru" ? columnAt(scene, "reset_gate", t) : null,
    carried: carried[unit],
    cellState: columnAt(scene, "cell_state", t)?.[unit] ?? NaN,
  };
}

/**
 * The sum of the k-th block that has weights.
 *
 * @param {Arithmetic} given
 * @param {Scene} scene
 * @param {Sources} sources
 * @param {Block} block
 * @param {number} k
 * @param {number} unit
 * @returns {BlockSum}
 */
function weightedSum(given, scene, sources, block, k, unit) {
  const count = given.blocks.filter(({ parts }) => parts.length).length;
  const at = (given.unit === null ? unit : 0) * count + k;
  const width = sources.input.length + sources.before.length;
  const row = given.rows.subarray(at * width, (at + 1) * width);
  const constants = given.constants.subarray(at * CONSTANTS, (at + 1) * CONSTANTS);
  const isCandidate = scene.kind === "gru" && block.name === "candidate";
  const resets = isCandidate ? (block.parts.includes("recurrent_bias") ? "after" : "before") : "";
  const parts = block.parts.map((name) =>
    partOf(name, block, sources, { row, constants, resets, unit }),
  );
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  const bound = block.clip ?? Infinity;
  const preactivation = Math.min(Math.max(total, -bound), bound);
  return { block, parts, total, preactivation, value: activated(block.activation, preactivation) };
}

/**
 * One part of a sum. A reset gate acts on what is recalled, or on what it is recalled from.
 *
 * @param {PartName} name
 * @param {Block} block
 * @param {Sources} sources
 * @param {{ row: Numbers, constants: Numbers, resets: string, unit: number }} weights
 * @returns {Part}
 */
function partOf(name, block, sources, { row, constants, resets, unit }) {
  const { input, before, reset, carried, cellState } = sources;
  const opening = resets === "after" ? (reset?.[unit] ?? NaN) : 1;
  if (name === "bias") return { name, value: constants[0], terms: [] };
  if (name === "recurrent_bias") return { name, value: opening * constants[2], terms: [] };
  if (name === "peephole") {
    const seen = block.name === "output_gate" ? cellState : carried;
    return termsOf(name, [seen], (k) => constants[1 + k]);
  }
  if (name === "input") return termsOf(name, input, (k) => row[k]);
  const recalled =
    resets === "before" ? Float64Array.from(before, (h, k) => h * (reset?.[k] ?? NaN)) : before;
  return termsOf(name, recalled, (k) => opening * row[input.length + k]);
}

/**
 * The sum of products, and those that are not zero.
 *
 * @param {PartName} part
 * @param {ArrayLike<number>} sources
 * @param {(index: number) => number} weightAt
 * @returns {Part}
 */
function termsOf(part, sources, weightAt) {
  const terms = [];
  let value = 0;
  for (let index = 0; index < sources.length; index += 1) {
    const [source, weight] = [sources[index], weightAt(index)];
    const product = source * weight;
    value += product;
    if (product !== 0) terms.push({ part, index, source, weight, product });
  }
  return { name: part, value, terms };
}

/**
 * The terms of the greatest size, the greatest first.
 *
 * @param {Part[]} parts
 * @param {number} count
 */
export function largestTerms(parts, count) {
  const terms = parts.flatMap((part) => part.terms);
  return terms.sort((a, b) => Math.abs(b.product) - Math.abs(a.product)).slice(0, count);
}

/**
 * How the states of a unit came about at t; null while the numbers are on their way.
 *
 * @param {Arithmetic} given
 * @param {Scene} scene
 * @param {number} t
 * @param {number} unit
 * @returns {StateSum[] | null}
 */
export function stateSums({ equations, output }, scene, t, unit) {
  const at = (/** @type {string} */ name) => columnAt(scene, name, t)?.[unit] ?? NaN;
  if (!columnAt(scene, "carried", t)) return null;
  if (scene.kind === "gru") {
    const update = at("update_gate");
    const kept = /** @type {[number, number]} */ ([update, at("carried")]);
    return [summed(equations[0], [kept, [1 - update, at("candidate")]])];
  }
  if (scene.kind !== "lstm") return [];
  const cellState = summed(equations[0], [
    [at("forget_gate"), at("carried")],
    [at("input_gate"), at("candidate")],
  ]);
  const shown = activated(output, cellState.value);
  return [cellState, summed(equations[1], [[at("output_gate"), shown]])];
}

/**
 * @param {string} equation
 * @param {[first: number, second: number][]} products
 * @returns {StateSum}
 */
function summed(equation, products) {
  const value = products.reduce((sum, [first, second]) => sum + first * second, 0);
  return { equation, products, value };
}
