// The line above every panel: which timestep and which unit it is about.

import { element } from "../../shared/js/elements.js";
import { fillText } from "../../shared/js/words.js";
import { timestepOf } from "../../stage/js/group.js";
import { timeAt, tokenAt } from "../../stage/js/lookup.js";

/** @import { Stage } from "../../stage/js/types.d.ts" */
/** @import { HereWords } from "./types.d.ts" */

const LONGEST_TIME = 40; // letters

/**
 * The line, as an element.
 *
 * @param {Stage} stage
 * @param {HereWords} words
 */
export function hereLine(stage, words) {
  return element("p", { class: "here" }, hereText(stage, timestepOf(stage), words));
}

/**
 * "Timestep 4 of 8, reads “X”; unit 3".
 *
 * @param {Pick<Stage, "scene" | "unit">} stage
 * @param {number} t
 * @param {HereWords} words
 */
export function hereText({ scene, unit }, t, words) {
  const [token, time] = [tokenAt(scene, t), timeAt(scene, t)];
  return fillText(words.line, {
    t,
    last: scene.timesteps - 1,
    reads: token && fillText(words.reads, { token: quoted(token, words) }),
    who: unit < 0 ? words.mean : fillText(words.unit, { unit }),
    time: time && fillText(words.time, { time: cut(time) }),
  });
}

/**
 * A symbol in quotation marks; white space has a name.
 *
 * @param {string} symbol
 * @param {HereWords} words
 */
function quoted(symbol, { quote, quoted: names }) {
  return Object.hasOwn(names, symbol) ? names[symbol] : fillText(quote, { symbol });
}

/**
 * A text in one line, cut where it would fill the page.
 *
 * @param {string} text
 */
function cut(text) {
  const line = text.split(/\s+/).filter(Boolean).join(" ");
  return line.length <= LONGEST_TIME ? line : `${line.slice(0, LONGEST_TIME - 1)}…`;
}
