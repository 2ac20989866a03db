// The card of a part: it lies beside the part, and gives the focus back when it is closed.

import { colourOf } from "../../../shared/js/theme.js";
import { leader } from "../group.js";
import { chooseSettings } from "../player.js";
import { STILL } from "../pull.js";
import { cardContent, updateCard } from "./content.js";
import { openGlossary } from "./glossary.js";
import { partButton } from "./parts.js";

/** @import { Group, Stage } from "../types.d.ts" */

const CARD_GAP = 8; // pixels between part and card, and to the edge

/** @type {WeakMap<Group, Element>} What opened the card from outside of the stage. */
const openedFrom = new WeakMap();

/**
 * Open the card of a part, where the drawing has it; the focus goes into it.
 *
 * @param {Stage} stage
 * @param {string | undefined} id
 * @param {Element | null} [from] - where the focus goes back to; else to the part
 */
export function openCard(stage, id, from = null) {
  const { card } = stage.parts;
  const part = stage.scene.cards.parts.find((one) => one.id === id);
  if (!part || !partButton(stage, part.id)) return;
  if (from) openedFrom.set(stage.group, from);
  else openedFrom.delete(stage.group);
  card.dataset.of = part.id;
  card.replaceChildren(...cardContent(stage, part));
  card.setAttribute("aria-label", part.title);
  card.setAttribute("style", colourOf(part.id));
  placeCard(stage, part.id); // before it is shown: the browser scrolls to where the focus goes
  if (!card.open) card.show();
  updateCard(stage);
  placeCard(stage, part.id);
  /** @type {HTMLElement | null} */
  const close = card.querySelector(".close");
  close?.focus({ preventScroll: from === null });
}

/**
 * Close the card, and give the focus back.
 *
 * @param {Stage} stage
 */
function closeCard(stage) {
  const { card } = stage.parts;
  const back = openedFrom.get(stage.group) ?? partButton(stage, card.dataset.of ?? "");
  card.close();
  if (back instanceof HTMLElement) back.focus({ preventScroll: true });
}

/**
 * Have parts open their cards, Escape close them, and a choice of notation count.
 *
 * @param {Group} group
 */
export function listenToCards(group) {
  const { root, card } = group.parts;
  let pressedAt = 0;
  root.addEventListener("pointerdown", ({ clientY }) => {
    pressedAt = clientY;
  });
  root.addEventListener("click", (event) => {
    const dragged = event.detail > 0 && Math.abs(event.clientY - pressedAt) >= STILL;
    if (!dragged) openPressed(group, event);
  });
  root.addEventListener("keydown", (event) => {
    const isHandle = event.target instanceof HTMLElement && event.target.matches(".pull");
    if (!isHandle || event.key !== "Enter" || event.defaultPrevented) return;
    event.preventDefault(); // else the same key would press what has the focus next: Close
    openPressed(group, event);
  });
  card.addEventListener("click", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    if (target.closest(".close")) closeCard(leader(group));
    if (target.closest(".more")) openGlossary(leader(group));
  });
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    closeCard(leader(group));
  });
  card.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLSelectElement) chooseSettings(group, { notation: target.value });
  });
}

/**
 * Open the card of the part that was pressed, if one was.
 *
 * @param {Group} group
 * @param {Event} event
 */
function openPressed(group, { target }) {
  const part = target instanceof HTMLElement ? target.closest("[data-part]") : null;
  if (part instanceof HTMLElement && !group.compact) openCard(leader(group), part.dataset.part);
}

/**
 * Lay the card beside its part, over the drawing: its end is the drawing's, so that the sentence
 * below can be read, and it never goes beyond the stage's sides.
 *
 * @param {Stage} stage
 * @param {string} id
 */
function placeCard(stage, id) {
  const { card, root, drawing } = stage.parts;
  const button = partButton(stage, id);
  if (!button) return;
  const [outer, drawn, part] = [root, drawing, button].map((node) => node.getBoundingClientRect());
  const scale = stage.group.magnification;
  const [from, to] = [part.left, part.right].map((x) => (x - outer.left) / scale);
  const most = root.clientWidth - card.offsetWidth - CARD_GAP;
  const sides = [to + CARD_GAP, from - CARD_GAP - card.offsetWidth];
  const above = (from + to - card.offsetWidth) / 2;
  const left = sides.find((x) => x >= CARD_GAP && x <= most) ?? above;
  card.style.left = `${Math.max(CARD_GAP, Math.min(left, most))}px`;
  card.style.top = `${(drawn.bottom - outer.top) / scale}px`;
}
