// The elements of a card, and the order in which they are read.

import { element } from "../../shared/js/elements.js";
import { say } from "../../shared/js/words.js";

/** @import { Parts, Shell } from "./types.d.ts" */

/**
 * What a group has once: the card, and what acts on all of its stages.
 *
 * @param {boolean} compact
 * @returns {Shell}
 */
export function buildShell(compact) {
  return {
    root: compact
      ? element("div", { class: "card stage group" })
      : element("section", {
          class: "card stage",
          tabindex: "0",
          role: "region",
        }),
    transport: element("div", {
      class: "transport",
      role: "toolbar",
    }),
    choices: element("div", { class: "choices" }),
    fold: element("div", { class: "fold" }),
    footnote: element("p", { class: "footnote" }),
    live: element("div", {
      class: "live",
      role: "status",
      "aria-live": "polite",
      "aria-atomic": "true",
    }),
    help: element("dialog", { class: "help" }),
    card: element("dialog", { class: "term-card" }),
    glossary: element("dialog", { class: "glossary" }),
  };
}

/**
 * Name the card's parts, for those who listen, in the language that is spoken.
 *
 * @param {Shell} shell
 * @param {boolean} compact
 */
export function nameShell({ root, transport, help }, compact) {
  if (!compact) root.setAttribute("aria-label", say("region"));
  transport.setAttribute("aria-label", say("toolbar"));
  help.setAttribute("aria-label", say("keys"));
}

/** What every stage has for itself. */
export function buildParts() {
  const parts = {
    note: element("p", { class: "note" }),
    stands: element("span", { class: "stands" }),
    drawing: element("div", { class: "drawing" }),
    caption: element("p", { class: "sentence" }),
    numbers: element("div", { class: "numbers" }),
    board: element("div", { class: "board" }),
  };
  const equations = element("div", { class: "equations" });
  parts.numbers.append(equations);
  return { equations, ...parts };
}

/**
 * The stage's parts, in reading order: note, drawing, sentence, numbers, transport, board, choices,
 * keys.
 *
 * @param {Parts} parts
 */
export function composeStage(parts) {
  const { root, note, drawing, caption, numbers, transport, board, fold } = parts;
  const { choices, footnote, live, help, card, glossary } = parts;
  const seen = [note, drawing, caption, numbers, transport, board, fold];
  root.replaceChildren(...seen, choices, footnote, live, help, card, glossary);
}

/**
 * One stage of several: its title with the unit, and its board.
 *
 * @param {Parts} parts
 * @param {HTMLElement} unitChoice
 */
export function composeMember({ note, stands, board }, unitChoice) {
  const heading = element(
    "div",
    { class: "heading" },
    element("h2", { class: "title" }),
    stands,
    unitChoice,
  );
  return element(
    "section",
    { class: "member", tabindex: "0", role: "region" },
    heading,
    note,
    board,
  );
}

/**
 * Several stages under one row of controls.
 *
 * @param {Shell} shell
 * @param {HTMLElement[]} members
 */
export function composeGroup(shell, members) {
  const { root, transport, choices, footnote, live, help } = shell;
  root.replaceChildren(transport, ...members, choices, footnote, live, help);
}
