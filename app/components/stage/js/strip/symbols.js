// The strip of a sequence of symbols: what was read, and what may follow.

import { visible } from "../../../shared/js/formatting.js";
import { say } from "../../../shared/js/words.js";
import { pixelColumns } from "../heatmap.js";
import { exactTile, tokenAt } from "../lookup.js";
import { readAt } from "../places.js";
import { pitchOf } from "../view.js";
import { lightWriters } from "./written.js";

/** @import { Pen, Size } from "../../../shared/js/types.d.ts" */
/** @import { Scene, Stage, StripRow, SymbolStrip, Tile } from "../types.d.ts" */

export const SYMBOL_WIDTH = 9; // letters are drawn where a timestep is at least this wide
const SPOKEN = 100; // symbols of a run that are spoken
const CONTEXT = 9; // otherwise this many symbols either side of now are spelled out

/**
 * A row of what was read, and one of what may follow where anything is predicted.
 *
 * @param {Scene} scene
 * @param {SymbolStrip} strip
 * @returns {StripRow[]}
 */
export function symbolRows(scene, { titles: [tokens, predicted] }) {
  const said = spokenTokens(scene, tokens);
  const read = {
    title: tokens,
    read: true,
    follows: true, // who wrote the memory is lit
    height: 26,
    draw: drawTokens,
    now: () => say("now"),
    said,
  };
  const now = (/** @type {number} */ t) => predictedAt(scene, t);
  const follows = { title: predicted, height: 22, draw: drawPredicted, now };
  return predicted ? [read, follows] : [read];
}

/**
 * The symbols that were read, as they are spoken: the first ones of a long run.
 *
 * @param {Scene} scene
 * @param {string} title
 */
function spokenTokens(scene, title) {
  const first = Math.min(scene.timesteps, SPOKEN);
  const tokens = Array.from({ length: first }, (_, t) => shownAt(scene, t) || "–");
  const slots = { title, tokens: tokens.join(" "), more: scene.timesteps - first };
  return say(slots.more ? "spoken_tokens_more" : "spoken_tokens", slots);
}

/**
 * The symbol that was read at t as it is shown, "" where nothing was read.
 *
 * @param {Scene} scene
 * @param {number} t
 */
function shownAt(scene, t) {
  return readAt(scene, t) < 0 ? "" : visible(tokenAt(scene, t));
}

/**
 * Visit the timesteps in sight with the middle and width of their columns.
 *
 * @param {Stage} stage
 * @param {number} width
 * @param {(t: number, x: number, width: number) => void} visit
 */
function eachColumn({ group, scene }, width, visit) {
  const [start, stop] = group.view;
  const pitch = pitchOf(group.view, width);
  for (let t = Math.floor(start); t < Math.min(stop, scene.timesteps); t += 1) {
    visit(t, (t + 0.5 - start) * pitch, pitch);
  }
}

/**
 * Every symbol that was read, where there is room for it.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Size} size
 */
function drawTokens(pen, stage, size) {
  const { scene, colours } = stage;
  const pitch = pitchOf(stage.group.view, size.width);
  lightWriters(pen, stage, size);
  if (pitch < SYMBOL_WIDTH) return; // the symbols around now are spelled out instead
  pen.font = `500 ${Math.min(17, Math.max(11, pitch * 0.75))}px ${stage.codeFont}`;
  pen.fillStyle = colours.ink;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  eachColumn(stage, size.width, (t, x, width) => {
    const token = shownAt(scene, t);
    pen.fillText(shortened(pen, token, width + 1), x, size.height / 2);
  });
}

/**
 * A text cut to a width, with an ellipsis where something is missing.
 *
 * @param {Pen} pen
 * @param {string} text
 * @param {number} width
 */
function shortened(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  const letters = [...text];
  while (letters.length && pen.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return letters.length ? `${letters.join("")}…` : "·";
}

/**
 * What may follow each symbol, where there is room for it, and whether that is right.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Size} size
 */
function drawPredicted(pen, stage, size) {
  if (pitchOf(stage.group.view, size.width) < SYMBOL_WIDTH) {
    drawWrong(pen, stage, size);
    return;
  }
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  eachColumn(stage, size.width, (t, x, width) => {
    const tile = exactTile(stage.scene, t);
    if (!tile) return;
    const text = predictedAt(stage.scene, t);
    drawVerdict(pen, stage, text, verdictAt(tile, t), { x, width, height: size.height });
  });
}

/**
 * What the network expects after t, made visible; "" where it expects nothing.
 *
 * @param {Scene} scene
 * @param {number} t
 */
export function predictedAt(scene, t) {
  const tile = exactTile(scene, t);
  return [...(tile?.strip.predicted?.[t - tile.start] ?? "")].map(visible).join("");
}

/**
 * 1 right, 0 wrong, -1 unknown; they travel as 2, 1, 0.
 *
 * @param {Tile} tile
 * @param {number} t
 */
export function verdictAt(tile, t) {
  return (tile.strip.verdicts?.[t - tile.start] ?? 0) - 1;
}

/**
 * Right is green; wrong is a filled box with a bar under it, so that colour is not alone.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {string} text
 * @param {number} verdict
 * @param {{ x: number, width: number, height: number }} place
 */
function drawVerdict(pen, { colours, codeFont }, text, verdict, { x, width, height }) {
  const middle = height / 2;
  if (verdict === 0) {
    pen.fillStyle = colours.bad;
    pen.fillRect(x - width / 2 + 0.5, 2, width - 1, height - 4);
  }
  pen.fillStyle = verdict === 0 ? colours.page : verdict === 1 ? colours.good : colours.muted;
  for (const size of [12, 11, 10, 9]) {
    pen.font = `600 ${size}px ${codeFont}`;
    if (pen.measureText(text).width <= width - 3) {
      pen.fillText(text, x, middle + 0.5);
      return;
    }
  }
  pen.beginPath(); // no room for the letters: a dot, hollow where wrong
  pen.arc(x, middle, Math.min(3, width / 3), 0, 2 * Math.PI);
  pen.fill();
}

/**
 * Where letters do not fit: a tick for every wrong prediction.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Size} size
 */
function drawWrong(pen, { scene, group, colours }, size) {
  pen.fillStyle = colours.bad;
  pixelColumns(scene, group.view, Math.round(size.width)).forEach(({ tile, from, to }, x) => {
    const wrong = tile.strip.wrong?.subarray(from, to).includes(1);
    if (wrong) pen.fillRect(x, size.height / 2 - 4, 1, 8);
  });
}

/**
 * The symbols around now, spelled out where the strip has no room for letters.
 *
 * @param {Scene} scene
 * @param {number} t
 */
export function contextAround(scene, t) {
  const tokens = [];
  for (let k = t - CONTEXT; k <= t + CONTEXT; k += 1) {
    const inside = k >= 0 && k < scene.timesteps;
    tokens.push(inside ? shownAt(scene, k).slice(0, 12) || " " : " ");
  }
  return {
    before: tokens.slice(0, CONTEXT),
    now: tokens[CONTEXT],
    after: tokens.slice(CONTEXT + 1),
  };
}
