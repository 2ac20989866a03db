// The arithmetic of a unit as it stands on the page, element by element as figures/arithmetic.py
// writes it.

import { element } from "../../shared/js/elements.js";
import { fillText } from "../../shared/js/words.js";
import { largestTerms } from "./arithmetic.js";
import { pageNumber } from "./writing.js";

/** @import { Arithmetic, ArithmeticWords, BlockSum, Part, StateSum, Term } from "./types.d.ts" */

const LISTED = 3; // of each block that are listed

/**
 * How each state comes about, in numbers.
 *
 * @param {StateSum[]} states
 */
export function stateLines(states) {
  if (!states.length) return [];
  const lines = states.map(({ equation, products, value }) => {
    const written = products.map(([a, b]) => `${pageNumber(a)} × ${pageNumber(b)}`).join(" + ");
    return element("span", {}, `${equation} = ${written} = `, bold(value));
  });
  return [element("p", { class: "sum" }, ...lines)];
}

/**
 * A card for each block.
 *
 * @param {BlockSum[]} sums
 * @param {Arithmetic} given
 * @param {"light" | "dark"} mode
 * @param {string} notation
 */
export function blockCards(sums, given, mode, notation) {
  const cards = sums.map((sum) => blockCard(sum, given, mode, notation));
  return element("div", { class: "cards" }, ...cards);
}

/**
 * @param {BlockSum} sum
 * @param {Arithmetic} given
 * @param {"light" | "dark"} mode
 * @param {string} notation
 */
function blockCard(sum, given, mode, notation) {
  const { block, value, parts } = sum;
  const equation = block.equations[notation] ?? block.equations.split;
  const attributes = {
    class: "card",
    style: `--hue:${block.hue[mode]}`,
    "data-block": block.name,
  };
  return element(
    "article",
    attributes,
    element("h2", {}, block.title),
    element("p", { class: "equation" }, equation),
    element("p", { class: "value", title: value }, valueText(sum)),
    valueBar(value, 1, block.signed),
    ...(parts.length ? blockBody(sum, given) : [element("p", {}, given.words.no_weights)]),
  );
}

/**
 * "σ(10.130) = 1.000".
 *
 * @param {BlockSum} sum
 */
function valueText({ block, parts, preactivation, value }) {
  const shown = pageNumber(value);
  return parts.length ? `${block.symbol}(${pageNumber(preactivation)}) = ${shown}` : shown;
}

/**
 * @param {BlockSum} sum
 * @param {Arithmetic} given
 */
function blockBody({ parts, total, preactivation }, { words, names }) {
  const longest = Math.max(...parts.map(({ value }) => Math.abs(value)));
  const clipped = fillText(words.clipped, { value: pageNumber(preactivation) });
  const note = preactivation === total ? "" : ` → ${clipped}`;
  const sum = element(
    "tr",
    { class: "total" },
    element("th", {}, words.sum),
    element("td", {}, `${pageNumber(total)}${note}`),
    element("td"),
  );
  const rows = parts.map((part) => partRow(part, longest, words));
  const table = element("table", {}, element("tbody", {}, ...rows, sum));
  const named = largestTerms(parts, LISTED).map((term) => termRow(term, words, names));
  if (!named.length) return [table];
  return [table, element("h3", {}, words.largest), element("ol", {}, ...named)];
}

/**
 * @param {Part} part
 * @param {number} longest
 * @param {ArithmeticWords} words
 */
function partRow({ name, value }, longest, { parts, symbols }) {
  const symbol = element("i", {}, symbols[name]);
  return element(
    "tr",
    { title: value },
    element("th", {}, `${parts[name]} `, symbol),
    element("td", {}, pageNumber(value)),
    element("td", {}, valueBar(value, longest, true)),
  );
}

/**
 * @param {Term} term
 * @param {ArithmeticWords} words
 * @param {string[]} names
 */
function termRow(term, words, names) {
  const factors = ` ${pageNumber(term.source)} × ${pageNumber(term.weight)} = `;
  const source = element("span", {}, sourceText(term, words, names));
  return element("li", {}, source, factors, bold(term.product));
}

/**
 * What was multiplied, in words.
 *
 * @param {Term} term
 * @param {ArithmeticWords} words
 * @param {string[]} names
 */
function sourceText({ part, index }, words, names) {
  if (part === "input") return fillText(words.input, { name: names[index] });
  if (part === "recurrent") return fillText(words.of_unit, { unit: index });
  return words.parts[part];
}

/**
 * @param {number} value
 */
function bold(value) {
  return element("b", {}, pageNumber(value));
}

/**
 * A bar from 0 to the value; a signed one has its zero in the middle.
 *
 * @param {number} value
 * @param {number} longest
 * @param {boolean} signed
 */
function valueBar(value, longest, signed) {
  const share = longest ? Math.min(Math.abs(value) / longest, 1) : 0;
  const width = (100 * share) / (signed ? 2 : 1);
  const middle = value < 0 ? 50 - width : 50;
  const left = signed ? middle : 0;
  const style = `left:${left.toFixed(2)}%;width:${width.toFixed(2)}%`;
  const kind = signed ? "bar signed" : "bar";
  return element("span", { class: kind, "aria-hidden": "true" }, element("span", { style }));
}
