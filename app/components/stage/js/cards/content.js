// What stands on a card, and what of it changes with the timestep, the unit and the notation.

import { element, option, setText } from "../../../shared/js/elements.js";
import { fillText } from "../../../shared/js/words.js";
import { saidOfMissing } from "../details.js";
import { timestepOf } from "../group.js";
import { MEAN } from "../lookup.js";

/** @import { CardPart, Stage } from "../types.d.ts" */

/**
 * The elements of a part's card.
 *
 * @param {Stage} stage
 * @param {CardPart} part
 */
export function cardContent(stage, part) {
  const { words } = stage.scene.cards;
  const { title, purpose, elsewhere, misreading, equations } = part;
  const rows = [
    ...(equations.split ? cardRow(words.equation, equationRow(stage, part)) : []),
    ...(part.phase ? cardRow("", element("div", { class: "terms" }), "here") : []),
    ...(elsewhere ? cardRow(words.elsewhere, elsewhere) : []),
    ...(misreading ? cardRow(words.misreading, misreading) : []),
  ];
  return [
    element(
      "div",
      { class: "head" },
      element("h2", {}, title),
      cardButton("close", words.close, "×"),
    ),
    element("p", {}, purpose),
    element("dl", {}, ...rows),
    cardButton("more", words.glossary, words.glossary),
  ];
}

/**
 * A button; who listens to the card knows it by its class.
 *
 * @param {string} name
 * @param {string} label
 * @param {string} text
 */
function cardButton(name, label, text) {
  return element("button", { type: "button", class: name, "aria-label": label }, text);
}

/**
 * A heading with what stands under it.
 *
 * @param {string} heading
 * @param {Node | string} text
 * @param {string} [name]
 */
function cardRow(heading, text, name) {
  return [element("dt", { class: name }, heading), element("dd", {}, text)];
}

/**
 * The equation, with the choice of notation where it makes a difference.
 *
 * @param {Stage} stage
 * @param {CardPart} part
 */
function equationRow(stage, { equations }) {
  const { words, notations } = stage.scene.cards;
  const shown = element("div", { class: "equation" });
  if (new Set(Object.values(equations)).size === 1) return shown;
  const choice = element(
    "select",
    { class: "notation", "aria-label": words.notation },
    ...notations.map((notation) => option(notation, words[notation])),
  );
  return element("div", {}, shown, choice);
}

/**
 * Write what depends on the timestep, the unit and the notation, where a card is open.
 *
 * @param {Stage} stage
 */
export function updateCard(stage) {
  const { card } = stage.parts;
  const part = stage.scene.cards.parts.find(({ id }) => id === card.dataset.of);
  if (!card.open || !part) return;
  const { notation = "split" } = stage.group.settings;
  const equation = card.querySelector(".equation");
  if (equation) setText(equation, part.equations[notation] ?? part.equations.split);
  /** @type {HTMLSelectElement | null} */
  const choice = card.querySelector(".notation");
  if (choice) choice.value = notation;
  writeCardTerms(stage, part);
}

/**
 * The arithmetic of this timestep and unit, from the numbers that the drawing shows.
 *
 * @param {Stage} stage
 * @param {CardPart} part
 */
function writeCardTerms(stage, { phase }) {
  const { parts, scene, drawing, numbers, terms: texts, unit } = stage;
  const { words } = scene.cards;
  const [heading, terms] = [".here", ".terms"].map((name) => parts.card.querySelector(name));
  if (!heading || !terms) return;
  const isMean = unit === MEAN;
  const place = { unit: String(unit), t: String(timestepOf(stage)) };
  setText(heading, fillText(isMean ? words.here_mean : words.here, place));
  const all = "carried" in numbers ? drawing.equations(texts, isMean) : [];
  const own = all.filter(([, , during]) => during === phase);
  const lines = own.length ? own : all.filter(([, , during]) => during === undefined);
  const told = lines.map(([symbols, filled]) => (filled ? `${symbols}: ${filled}` : symbols));
  const shown = told.length ? told : [saidOfMissing(stage) || words.waiting];
  terms.replaceChildren(...shown.map((line) => element("div", {}, line)));
}
