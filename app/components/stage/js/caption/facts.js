// What the sentence is made of: the numbers of one timestep, what was read, what is predicted.

import { visible } from "../../../shared/js/formatting.js";
import { begunAnew, heldStates } from "../held.js";
import { exactTile, MEAN, tokenAt } from "../lookup.js";
import { verdictAt } from "../strip/symbols.js";
import { numbersAt } from "../timestep_numbers.js";
import { sourceOf } from "./source.js";
import { termsOf } from "./terms.js";

/** @import { NumberStrip, Scene, Tile } from "../types.d.ts" */
/** @import { Facts } from "./types.d.ts" */

const NOTHING_READ = {
  token: "",
  inputs: [],
  asks: /** @type {const} */ (""),
  expected: [],
  legal: [],
  came: "",
  known: true,
  verdict: -1,
  output: "",
  predicted: NaN,
  truth: NaN,
  tolerance: null,
};

/**
 * The facts of timestep t for a unit or for the mean over units; null while they are on their way.
 *
 * @param {Scene} scene
 * @param {number} t
 * @param {number} unit
 * @returns {Facts | null}
 */
export function factsAt(scene, t, unit) {
  const tile = exactTile(scene, t);
  const numbers = numbersAt(scene, t, unit);
  if (!tile || !numbers) return null;
  const source = unit === MEAN ? null : sourceOf(scene, t, unit, scene.captions.origin);
  const held = heldStates(scene, t, unit);
  return {
    kind: scene.kind,
    cell: scene.cell,
    unit,
    units: scene.hidden_size,
    numbers,
    held,
    terms: termsOf({ kind: scene.kind, cell: scene.cell, unit, numbers, held }),
    source,
    sourceHeld: source !== null && begunAnew(scene, t, unit) === source.timestep,
    sourceToken: source ? tokenOf(scene, source.timestep) : "",
    ...NOTHING_READ,
    ...(scene.strip.kind === "symbols"
      ? symbolFacts(scene, tile, t)
      : numberFacts(scene.strip, tile, t)),
  };
}

/**
 * The symbol read at t as it is shown; "" for numbers.
 *
 * @param {Scene} scene
 * @param {number} t
 */
function tokenOf(scene, t) {
  return scene.strip.kind === "symbols" ? visible(tokenAt(scene, t)) : "";
}

/**
 * @param {Scene} scene
 * @param {Tile} tile
 * @param {number} t
 */
function symbolFacts(scene, tile, t) {
  const { strip } = scene;
  const at = t - tile.start;
  return {
    token: tokenOf(scene, t),
    asks: strip.kind === "symbols" ? strip.asks : /** @type {const} */ (""),
    known: strip.kind === "symbols" ? strip.known : true,
    expected: (tile.strip.expected?.[at] ?? []).map(visible),
    legal: (tile.strip.legal?.[at] ?? []).map(visible),
    came: t + 1 < scene.timesteps ? tokenOf(scene, t + 1) : "",
    verdict: verdictAt(tile, t),
  };
}

/**
 * @param {NumberStrip} strip
 * @param {Tile} tile
 * @param {number} t
 */
function numberFacts({ columns, output, tolerance }, tile, t) {
  const at = t - tile.start;
  const { values, predicted, truth } = tile.strip.lines;
  return {
    inputs: columns.map((name, k) => {
      return /** @type {[string, number]} */ ([name, values.low[at * values.width + k]]);
    }),
    output,
    predicted: predicted ? predicted.low[at] : NaN,
    truth: truth ? truth.low[at] : NaN,
    tolerance,
  };
}
