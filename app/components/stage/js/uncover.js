// On a phone the buttons that step stand at the foot of the screen, over whatever is there.

import { leader } from "./group.js";

/** @import { Group } from "./types.d.ts" */

/**
 * Scroll as far as needed for the end of the sentence to stand above the buttons that cover it.
 *
 * Whoever reads further up or down, where none of the sentence is under the buttons, stays there.
 *
 * @param {Group} group
 * @param {HTMLElement} steps
 */
export function uncoverSentence(group, steps) {
  const { widths, parts } = leader(group);
  if (!group.alive || group.compact || !widths.narrow) return;
  const sentence = document.createRange();
  sentence.selectNodeContents(parts.caption);
  const { top, bottom } = sentence.getBoundingClientRect();
  const bar = steps.getBoundingClientRect();
  if (bottom <= bar.top || top >= bar.bottom) return;
  parts.caption.style.scrollMarginBottom = `${bar.height}px`;
  parts.caption.scrollIntoView({ block: "nearest" });
}
