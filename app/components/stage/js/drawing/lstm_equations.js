// The LSTM's equations in numbers, of a timestep and of each phase of slow motion.

import { say } from "../../../shared/js/words.js";
import { fixedText, inBrackets, numberOf } from "../caption/digits.js";
import { phaseEquations } from "./arithmetic.js";
import {
  CELL_STATE,
  HIDDEN_STATE,
  heldInstead,
  meanOf,
  noProductOfMeans,
  productParts,
  sumParts,
} from "./parts.js";

/** @import { Terms } from "../caption/types.d.ts" */
/** @import { Arithmetic, CellDescription, Equation } from "../types.d.ts" */

const KEPT = { gate: "f·c₋", coupled: "(1 − i)·c₋", none: "c₋" };

/**
 * The update of the cell state as a sum of means.
 *
 * @param {keyof typeof KEPT} forget
 */
function sumOfMeans(forget) {
  return `${meanOf(KEPT[forget])} + ${meanOf("i·g")} = ${meanOf("c")}`;
}

/**
 * What the output gate shows, in symbols.
 *
 * @param {CellDescription} cell
 */
function shownSymbols({ output_activation: squash }) {
  return squash === "identity" ? "o·c" : `o·${squash}(c)`;
}

/**
 * The equations in numbers, and those of each phase. Only what holds: a mean of products is not the
 * product of means, a projection mixes units.
 *
 * @param {CellDescription} cell
 * @param {Arithmetic[]} arithmetic
 * @param {Terms} terms
 * @param {boolean} isMean
 * @returns {Equation[]}
 */
export function lstmEquations(cell, arithmetic, terms, isMean) {
  return [
    ...(isMean ? meanEquations(cell, terms) : wholeEquations(cell, terms)),
    ...phaseEquations(arithmetic, terms, isMean),
  ];
}

/**
 * @param {CellDescription} cell
 * @param {Terms} terms
 * @returns {Equation[]}
 */
function meanEquations(cell, terms) {
  const sum = sumParts(terms, cell).join(" ");
  return [
    heldInstead(terms, CELL_STATE, true) ?? [sumOfMeans(cell.forget), sum],
    heldInstead(terms, HIDDEN_STATE, true) ?? [meanOf(target(cell)), terms.texts.shown],
    noProductOfMeans(),
  ];
}

/**
 * @param {CellDescription} cell
 * @param {Terms} terms
 * @returns {Equation[]}
 */
function wholeEquations(cell, terms) {
  const { texts } = terms;
  const gate = cell.forget === "none" ? "" : `${texts.forget_gate} · `;
  const carried = gate ? inBrackets(texts.carried) : texts.carried;
  const written = `${texts.input_gate} · ${inBrackets(texts.candidate)}`;
  const sum = sumParts(terms, cell).join(" ");
  const squash = cell.output_activation;
  const squashed = squash === "identity" ? inBrackets(terms.memory) : `${squash}(${terms.memory})`;
  const made = `${gate}${carried} + ${written} = ${sum}`;
  const shown = `${texts.output_gate} · ${squashed} = ${texts.shown}`;
  return [
    heldInstead(terms, CELL_STATE, false) ?? [`${KEPT[cell.forget]} + i·g = c`, made],
    heldInstead(terms, HIDDEN_STATE, false) ?? [target(cell), shown],
  ];
}

/**
 * What the output gate's product makes: h, or what is projected to it.
 *
 * @param {CellDescription} cell
 */
function target(cell) {
  const symbols = shownSymbols(cell);
  return cell.projection ? say("then_projected", { symbols }) : `${symbols} = h`;
}

/**
 * The arithmetic of each phase of slow motion, from what is known by then.
 *
 * @param {CellDescription} cell
 * @returns {Arithmetic[]}
 */
export function lstmArithmetic(cell) {
  const kept = KEPT[cell.forget];
  return [
    { phase: "forget", symbols: kept, parts: (terms) => keptParts(cell, terms), term: "retained" },
    {
      phase: "input",
      symbols: "i·g",
      parts: (terms) => productParts(terms, "input_gate", "candidate", "written"),
      term: "written",
    },
    {
      phase: "update",
      symbols: `${kept} + i·g = c`,
      meanSymbols: sumOfMeans(cell.forget),
      parts: (terms) => sumParts(terms, cell),
      makes: CELL_STATE,
    },
    {
      phase: "output",
      symbols: shownSymbols(cell),
      parts: (terms) => productParts(terms, "output_gate", "squashed", "shown"),
      term: "shown",
      makes: HIDDEN_STATE,
    },
  ];
}

/**
 * What the forget gate keeps; a coupled one is 1 − i, which is written with as many decimals.
 *
 * @param {CellDescription} cell
 * @param {Terms} terms
 */
function keptParts({ forget }, terms) {
  const [gate, ...others] = productParts(terms, "forget_gate", "carried", "retained");
  if (forget !== "coupled") return [gate, ...others];
  const [, decimals = ""] = gate.split(".");
  const input = fixedText(1 - numberOf(gate), decimals.length);
  return [`(1 − ${inBrackets(input)})`, ...others];
}
