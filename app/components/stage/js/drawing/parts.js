// What several cells' drawings have in common beside the forms of the easel.

import { setText } from "../../../shared/js/elements.js";
import { visible } from "../../../shared/js/formatting.js";
import { say } from "../../../shared/js/words.js";
import { inBrackets } from "../caption/digits.js";
import { keptName } from "../caption/terms.js";
import { timestepOf } from "../group.js";
import { tokenAt } from "../lookup.js";

/** @import { Terms } from "../caption/types.d.ts" */
/** @import { CellDescription, Equation, StateMade } from "../types.d.ts" */
/** @import { Easel } from "./easel.js" */

const UNITS_WIDTH = 11; // of a column of all units beside the state's line
const UNITS_HEIGHT = 44;
const LONGEST_TOKEN = 4; // letters that the tag has room for

/** @type {StateMade} */
export const CELL_STATE = { signal: "cell_state", symbol: "c" };
/** @type {StateMade} */
export const HIDDEN_STATE = { signal: "hidden_state", symbol: "h" };

/**
 * What must be said beside a drawing whose numbers are means over units.
 *
 * @returns {Equation}
 */
export function noProductOfMeans() {
  return [say("no_product_of_means"), ""];
}

/**
 * The mean of a symbol or a product, by name.
 *
 * @param {string} symbols
 */
export function meanOf(symbols) {
  return say("mean_of", { symbols });
}

/**
 * What every layer of the cell reads: the token or x and, unless it is drawn elsewhere, h₋.
 *
 * @param {Easel} easel
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {string} [more]
 */
export function inputTag(easel, x, y, width, more = ", h₋") {
  easel.part("input", [x, y - 13, width, 26]);
  easel.add("rect", { x, y: y - 13, width, height: 26, rx: 13, class: "tag" });
  const node = easel.text(x + width / 2, y + 4, "", { class: "tag-text", "text-anchor": "middle" });
  easel.updates.push(() => {
    const token = tokenAt(easel.stage.scene, timestepOf(easel.stage));
    const shown = visible(token);
    setText(node, (token && shown.length <= LONGEST_TOKEN ? `“${shown}”` : "x") + more);
  });
}

/**
 * A number that rides on a stretch of the state's line; on a phone there is no room but above it.
 *
 * @param {Easel} easel
 * @param {number} stateLine
 * @param {[from: number, to: number]} stretch
 * @param {string} name - of the number
 * @param {string} [kind]
 */
export function numberOnLine(easel, stateLine, [from, to], name, kind = "") {
  const y = easel.narrow ? stateLine - 21 : stateLine + 4.5;
  const middle = (from + to) / 2;
  easel.number(middle, y, name, { kind: `on-state-line ${kind}`.trim(), anchor: "middle" });
}

/**
 * All units of a signal as a column beside the state's line or a wire, with its symbol above.
 *
 * @param {Easel} easel
 * @param {string} signal
 * @param {string} symbol
 * @param {number} left
 * @param {number} top
 * @param {boolean} [carried] - of the timestep before
 */
export function unitsBeside(easel, signal, symbol, left, top, carried = false) {
  easel.mini(signal, { left, top, width: UNITS_WIDTH, height: UNITS_HEIGHT }, carried);
  easel.symbol(left + UNITS_WIDTH / 2, top - 6, symbol, signal);
}

/**
 * A product in numbers, part by part: a, × b, = c.
 *
 * @param {Terms} terms
 * @param {string} first
 * @param {string} second
 * @param {string} product
 */
export function productParts({ texts, multiplies }, first, second, product) {
  const equals = multiplies[product] === false ? "≈" : "=";
  return [texts[first], `× ${inBrackets(texts[second])}`, `${equals} ${texts[product]}`];
}

/**
 * What is kept and what is written, added up, part by part: a, + b, = c.
 *
 * @param {Terms} terms
 * @param {CellDescription} cell
 */
export function sumParts({ texts, memory, addsUp }, cell) {
  const kept = texts[keptName({ cell })];
  return [kept, `+ ${inBrackets(texts.written)}`, `${addsUp ? "=" : "≈"} ${memory}`];
}

/**
 * A state that is held at a value, in place of what would make it: its symbol, and the value. null
 * where it is not held.
 *
 * @param {Terms} terms
 * @param {StateMade | undefined} made
 * @param {boolean} isMean
 * @returns {[symbol: string, value: string] | null}
 */
export function heldInstead({ texts, held }, made, isMean) {
  if (!made || !held.includes(made.signal)) return null;
  const number = texts[made.signal];
  if (!isMean) return [made.symbol, say("held_at", { number })];
  return [meanOf(made.symbol), say("mean_with_held", { number })];
}

/**
 * Above the state's line, whether the state is held: then no sum makes what leaves the cell.
 *
 * @param {Easel} easel
 * @param {[x: number, y: number]} at - the middle of the text
 * @param {string} signal
 */
export function heldSign(easel, [x, y], signal) {
  const node = easel.caption(x, y, "");
  easel.updates.push((_, { held }) => setText(node, held.includes(signal) ? say("held") : ""));
}
