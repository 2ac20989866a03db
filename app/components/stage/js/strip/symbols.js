// The strip of a sequence of symbols: what was read, and what may follow.

import { visible } from "../../../shared/js/formatting.js";
import { pixelColumns } from "../heatmap.js";
import { exactTile, tokenAt } from "../lookup.js";

export const SYMBOL_WIDTH = 9; // letters are drawn where a timestep is at least this wide
const CONTEXT = 9; // otherwise this many symbols either side of now are spelled out

export function symbolRows(scene) {
  const [tokens, predicted] = scene.strip.titles;
  const rows = [{ title: tokens, read: true, height: 26, draw: drawTokens, now: () => "now" }];
  if (predicted) rows.push({ title: predicted, height: 22, draw: drawPredicted, now: (t) => predictedAt(scene, t) });
  return rows;
}

/** Visit the timesteps in sight with the middle and width of their columns. */
function eachColumn({ view, scene }, width, visit) {
  const pitch = width / (view[1] - view[0]);
  for (let t = Math.floor(view[0]); t < Math.min(view[1], scene.timesteps); t += 1) visit(t, (t + 0.5 - view[0]) * pitch, pitch);
}

function drawTokens(pen, stage, box) {
  const { scene, view, colours } = stage;
  const pitch = box.width / (view[1] - view[0]);
  if (pitch < SYMBOL_WIDTH) return; // the symbols around now are spelled out instead
  pen.font = `500 ${Math.min(17, Math.max(11, pitch * 0.75))}px ${stage.codeFont}`;
  pen.fillStyle = colours.ink;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  eachColumn(stage, box.width, (t, x, width) => {
    const token = visible(tokenAt(scene, t));
    pen.fillText(shortened(pen, token, width + 1), x, box.height / 2);
  });
}

/** A text cut to a width, with an ellipsis where something is missing. */
function shortened(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  const letters = [...text];
  while (letters.length && pen.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return letters.length ? `${letters.join("")}…` : "·";
}

function drawPredicted(pen, stage, box) {
  const { scene, view, colours } = stage;
  const pitch = box.width / (view[1] - view[0]);
  if (pitch < SYMBOL_WIDTH) return drawWrong(pen, stage, box);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  eachColumn(stage, box.width, (t, x, width) => {
    const tile = exactTile(scene, t);
    if (!tile) return;
    const verdict = verdictAt(tile, t);
    const text = predictedAt(scene, t);
    drawVerdict(pen, { text, verdict, x, width, height: box.height, colours, font: stage.codeFont });
  });
}

/** What the network expects after t, made visible; "" where it expects nothing. */
export function predictedAt(scene, t) {
  const tile = exactTile(scene, t);
  return [...(tile?.strip.predicted?.[t - tile.start] ?? "")].map(visible).join("");
}

/** 1 right, 0 wrong, -1 unknown; they travel as 2, 1, 0. */
export function verdictAt(tile, t) {
  return tile.strip.verdicts[t - tile.start] - 1;
}

/** Right is green; wrong is a filled box with a bar under it, so that colour is not alone. */
function drawVerdict(pen, { text, verdict, x, width, height, colours, font }) {
  const middle = height / 2;
  if (verdict === 0) {
    pen.fillStyle = colours.bad;
    pen.fillRect(x - width / 2 + 0.5, 2, width - 1, height - 4);
  }
  pen.fillStyle = verdict === 0 ? colours.page : verdict === 1 ? colours.good : colours.muted;
  for (const size of [12, 11, 10, 9]) {
    pen.font = `600 ${size}px ${font}`;
    if (pen.measureText(text).width <= width - 3) return pen.fillText(text, x, middle + 0.5);
  }
  pen.beginPath(); // no room for the letters: a dot, hollow where wrong
  pen.arc(x, middle, Math.min(3, width / 3), 0, 2 * Math.PI);
  pen.fill();
}

/** Where letters do not fit: a tick for every wrong prediction. */
function drawWrong(pen, stage, box) {
  const { scene, view, colours } = stage;
  pen.fillStyle = colours.bad;
  pixelColumns(scene, view, Math.round(box.width)).forEach(({ tile, from, to }, x) => {
    const wrong = tile.strip.wrong;
    for (let k = from; k < to; k += 1) {
      if (wrong[k]) {
        pen.fillRect(x, box.height / 2 - 4, 1, 8);
        return;
      }
    }
  });
}

/** The symbols around now, spelled out where the strip has no room for letters. */
export function contextAround(scene, t) {
  const tokens = [];
  for (let k = t - CONTEXT; k <= t + CONTEXT; k += 1) {
    const inside = k >= 0 && k < scene.timesteps;
    tokens.push(inside ? visible(tokenAt(scene, k)).slice(0, 12) || " " : " ");
  }
  return { before: tokens.slice(0, CONTEXT), now: tokens[CONTEXT], after: tokens.slice(CONTEXT + 1) };
}
