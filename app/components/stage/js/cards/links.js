// Words beside the stage that speak of a part of its drawing: they light it up, and open its card.

import { leader } from "../group.js";
import { openCard } from "./card.js";
import { partButton } from "./parts.js";

/** @import { Group } from "../types.d.ts" */

const PART_LINK = "button[data-part]";

/**
 * Follow such words on the whole page; return what follows them no more.
 *
 * @param {Group} group
 * @returns {() => void}
 */
export function listenToLinks(group) {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const light = (/** @type {Event} */ event) => lightPart(group, linkOf(group, event));
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, light, options);
  document.addEventListener("click", (event) => openLinked(group, linkOf(group, event)), options);
  return () => stop.abort();
}

/**
 * The word that an event is about; null for what is no such word, or stands on the stage itself.
 *
 * @param {Group} group
 * @param {Event} event
 * @returns {HTMLElement | null}
 */
function linkOf(group, event) {
  const [target] = event.composedPath();
  if (!(target instanceof Element) || event.composedPath().includes(group.parts.root)) return null;
  return target.closest(PART_LINK);
}

/**
 * Light the part that a word speaks of, and no other.
 *
 * @param {Group} group
 * @param {HTMLElement | null} link
 */
function lightPart(group, link) {
  if (group.compact || !group.members.length) return;
  const stage = leader(group);
  const lit = link?.dataset.part && partButton(stage, link.dataset.part);
  for (const node of stage.parts.drawing.querySelectorAll(".lit")) {
    if (node !== lit) node.classList.remove("lit");
  }
  if (lit) lit.classList.add("lit");
}

/**
 * Open the card of what a word speaks of; closed, it gives the focus back to the word.
 *
 * @param {Group} group
 * @param {HTMLElement | null} link
 */
function openLinked(group, link) {
  if (!link || group.compact || !group.members.length) return;
  openCard(leader(group), link.dataset.part, link);
}
