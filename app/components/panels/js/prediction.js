// The prediction at one timestep beside the truth, element by element as figures/prediction.py
// writes it.

import { element } from "../../shared/js/elements.js";
import { pageNumber, percentText } from "./writing.js";

/** @import { Numbers, Probabilities } from "./types.d.ts" */

const SHOWN = 5; // labels of the highest probability

/**
 * The labels of the highest probability at t, each with a bar.
 *
 * @param {Probabilities} given
 * @param {number} t
 */
export function probabilityTable({ labels, probabilities, truth, head }, t) {
  const count = labels.length;
  const shares = probabilities.subarray(t * count, (t + 1) * count);
  const order = Array.from(labels.keys()).sort((a, b) => shares[b] - shares[a]);
  const rows = order.slice(0, SHOWN).map((k) => {
    const row = probabilityRow(labels[k], shares[k]);
    if (truth?.known[t]) row.append(verdict(truth.right[t * count + k] === 1, truth.mark));
    return row;
  });
  const table = captioned({}, head, rows);
  return predictionOf(table, truth ? truth.notes[truth.note[t]] : "");
}

/**
 * @param {string} label
 * @param {number} share
 */
function probabilityRow(label, share) {
  const length = element("span", { style: `left:0;width:${(100 * share).toFixed(2)}%` });
  return element(
    "tr",
    {},
    element("th", {}, label),
    element("td", {}, percentText(share)),
    element("td", {}, element("span", { class: "bar", "aria-hidden": "true" }, length)),
  );
}

/**
 * @param {boolean} isRight
 * @param {string} mark
 */
function verdict(isRight, mark) {
  return element("td", { class: isRight ? "right" : "wrong" }, isRight ? mark : "");
}

/**
 * Each predicted number at t, with truth and error where they are known.
 *
 * @param {Numbers} given
 * @param {number} t
 */
export function numberTable(
  { labels, predicted, true: truth, columns, no_truth: unknown, head },
  t,
) {
  const heads = ["", ...columns].map((title) => element("th", {}, title));
  const rows = labels.map((label, k) => {
    const [is, should] = [predicted[t][k] ?? NaN, truth[t][k] ?? NaN];
    const texts = [is, should, is - should].map((n) => (Number.isFinite(n) ? pageNumber(n) : "–"));
    return element(
      "tr",
      {},
      element("th", {}, label),
      ...texts.map((text) => element("td", {}, text)),
    );
  });
  const isKnown = truth[t].some((value) => value !== null);
  const table = captioned({ class: "numbers" }, head, [element("tr", {}, ...heads), ...rows]);
  return predictionOf(table, isKnown ? "" : unknown);
}

/**
 * @param {{ class?: string }} attributes
 * @param {string} head
 * @param {HTMLElement[]} rows
 */
function captioned(attributes, head, rows) {
  const caption = element("caption", {}, head);
  return element("table", attributes, caption, element("tbody", {}, ...rows));
}

/**
 * @param {HTMLElement} table
 * @param {string} note
 */
function predictionOf(table, note) {
  const below = note ? [element("p", { class: "note" }, note)] : [];
  return element("div", { class: "prediction" }, table, ...below);
}
