// The arithmetic of a phase of slow motion, beside what is lit in it.

import { shape } from "../../../shared/js/elements.js";
import { heldInstead, meanOf } from "./parts.js";

/** @import { Terms } from "../caption/types.d.ts" */
/** @import { Arithmetic, BesideLit, Equation } from "../types.d.ts" */
/** @import { Easel } from "./easel.js" */

const WIDE_TEXT = { line: 17, letter: 7.6 }; // pixels from line to line, and of a letter
const NARROW_TEXT = { line: 13, letter: 6.6 };
const BASELINE = 4.5; // pixels from the middle of a line down to it

/**
 * Write the arithmetic of each phase beside what is lit in it: shown in that phase alone, on as few
 * lines as there is room for.
 *
 * @param {Easel} easel
 * @param {Record<string, BesideLit>} places - by name
 * @param {Arithmetic[]} all
 */
export function drawArithmetic(easel, places, all) {
  for (const arithmetic of all) {
    const place = places[arithmetic.place ?? arithmetic.phase];
    if (place) easel.during(arithmetic.phase, () => drawParts(easel, place, arithmetic));
  }
}

/**
 * @param {Easel} easel
 * @param {BesideLit} place
 * @param {Arithmetic} arithmetic
 */
function drawParts(easel, { at: [x, middle], room, anchor = "start" }, arithmetic) {
  const { line, letter } = easel.narrow ? NARROW_TEXT : WIDE_TEXT;
  const node = easel.text(x, middle, "", { class: "arithmetic", "text-anchor": anchor });
  let shown = "";
  easel.updates.push((numbers, terms) => {
    if (easel.stage.group.phase === null || !("carried" in numbers)) return;
    const lines = fittedLines(partsOf(arithmetic, terms, easel.isMean), room / letter);
    if (lines.join(" ") === shown) return;
    shown = lines.join(" ");
    const top = middle - ((lines.length - 1) * line) / 2 + BASELINE;
    node.replaceChildren(...lines.map((text, k) => shape("tspan", { x, y: top + k * line }, text)));
  });
}

/**
 * An equation in numbers, part by part. Of a mean over units there is only what comes out: the mean
 * of products is not the product of means.
 *
 * @param {Arithmetic} arithmetic
 * @param {Terms} terms
 * @param {boolean} isMean
 */
function partsOf({ symbols, parts, term, makes }, terms, isMean) {
  const held = heldInstead(terms, makes, isMean);
  if (held) return [`${held[0]}:`, held[1]];
  return isMean && term ? [meanOf(symbols), `= ${terms.texts[term]}`] : parts(terms);
}

/**
 * Parts put one after another on as few lines as hold them.
 *
 * @param {string[]} parts
 * @param {number} longest - letters of a line
 */
export function fittedLines([first, ...others], longest) {
  const lines = [first];
  for (const part of others) {
    const longer = `${lines[lines.length - 1]} ${part}`;
    if (longer.length <= longest) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

/**
 * The equation of each phase, in symbols and in numbers on one line.
 *
 * @param {Arithmetic[]} all
 * @param {Terms} terms
 * @param {boolean} isMean
 * @returns {Equation[]}
 */
export function phaseEquations(all, terms, isMean) {
  return all.map(({ phase, symbols, meanSymbols, parts, term, makes }) => {
    const held = heldInstead(terms, makes, isMean);
    if (held) return [...held, phase];
    if (isMean && term) return [meanOf(symbols), terms.texts[term], phase];
    return [(isMean && meanSymbols) || symbols, parts(terms).join(" "), phase];
  });
}
