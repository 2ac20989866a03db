// What is said: the sentences that Python sends, in the language of the reader. A page speaks one
// language at a time.

/** @import { Words } from "./types.d.ts" */

const SLOT = /\{(\w+)\}/g;

/** @type {Words} */
let spoken = { language: "", table: {} };

/**
 * Speak with these words from now on; whether they are in another language than those before.
 *
 * @param {Words} words
 */
export function speakWith(words) {
  const isOther = words.language !== spoken.language;
  spoken = words;
  return isOther;
}

/**
 * The sentence of this name, with its slots filled.
 *
 * @param {string} name
 * @param {Record<string, string | number>} [slots]
 */
export function say(name, slots = {}) {
  return fillText(spoken.table[name] ?? name, slots);
}

/**
 * A text without markup, its slots filled.
 *
 * @param {string} text
 * @param {Record<string, string | number>} slots
 */
export function fillText(text, slots) {
  return text.replace(SLOT, (_, name) => String(slots[name]));
}
