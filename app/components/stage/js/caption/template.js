// Templates: `{slot}` is filled, `*…*` is bold, `[signal|…]` has that signal's colour. Texts that
// fill a slot are data and never read as markup.

import { fillText } from "../../../shared/js/words.js";

/** @import { Span } from "./types.d.ts" */

const MARKUP = /\*([^*]+)\*|\[(\w+)\|([^\]]+)\]/g;

/**
 * A template as stretches of text, its slots filled.
 *
 * @param {string} template
 * @param {Record<string, string>} slots
 * @returns {Span[]}
 */
export function fillTemplate(template, slots) {
  /** @type {Span[]} */
  const spans = [];
  const plain = (/** @type {string} */ text) => {
    if (text) spans.push({ text: fillText(text, slots), kind: "plain" });
  };
  let from = 0;
  for (const match of template.matchAll(MARKUP)) {
    plain(template.slice(from, match.index));
    from = match.index + match[0].length;
    const [, bold, signal, text] = match;
    if (bold) spans.push({ text: fillText(bold, slots), kind: "bold" });
    else spans.push({ text: fillText(text, slots), kind: "signal", signal });
  }
  plain(template.slice(from));
  return spans;
}
