// Rows that Python adds to the strip: a share 0..1 at every timestep, as a filled line.

import { visible, written } from "../../../shared/js/formatting.js";
import { exactTile, memorySignal } from "../lookup.js";
import { pitchOf } from "../view.js";
import { walkLine } from "./lines.js";

/** @import { Colours, Pen, Size } from "../../../shared/js/types.d.ts" */
/** @import { Scene, Stage, StripRow } from "../types.d.ts" */

const EXTRA_HEIGHT = 34;

/**
 * A row for each of Python's.
 *
 * @param {Scene} scene
 * @returns {StripRow[]}
 */
export function extraRows(scene) {
  return scene.strip.extra.map(({ title, note, reference, signal }, k) => {
    const hue = signal || memorySignal(scene).name;
    return {
      title,
      note,
      hue,
      extra: true,
      height: EXTRA_HEIGHT,
      draw: (pen, stage, size) => drawShare(pen, stage, size, { column: k, hue, reference }),
      now: (t) => shareAt(scene, k, t),
    };
  });
}

/**
 * Its word and its number at t: "T 0.98"; a dash where there is none.
 *
 * @param {Scene} scene
 * @param {number} k
 * @param {number} t
 */
function shareAt(scene, k, t) {
  const tile = exactTile(scene, t);
  if (!tile) return "…";
  const { low, width } = tile.strip.lines.extra;
  const value = low[(t - tile.start) * width + k];
  const label = tile.strip.labels?.[k][t - tile.start] ?? "";
  const number = Number.isNaN(value) ? "–" : written(value, 2);
  return label ? `${[...label].map(visible).join("")} ${number}` : number;
}

/**
 * A column for every timestep; where a pixel is many, solid to the lowest, pale to the highest.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Size} size
 * @param {{ column: number, hue: string, reference: number | null }} share
 */
function drawShare(pen, stage, size, { column, hue, reference }) {
  const { colours, group } = stage;
  const ink = colours.signals[hue]?.line ?? colours.muted;
  const pitch = Math.max(1, pitchOf(group.view, size.width));
  const y = (/** @type {number} */ share) => 2 + (1 - share) * (size.height - 4);
  const top = new Path2D();
  let drawing = false;
  pen.fillStyle = ink;
  const fill = (/** @type {number[]} */ [alpha, left, low, high]) => {
    pen.globalAlpha = alpha;
    pen.fillRect(left, y(high), pitch, y(low) - y(high));
  };
  walkLine(stage, size.width, "extra", column, (middle, least, most) => {
    const left = middle - pitch / 2;
    const gap = Number.isNaN(most);
    if (!gap) {
      fill([0.3, left, 0, least]);
      fill([0.15, left, least, most]);
      if (drawing) top.lineTo(left, y(most));
      else top.moveTo(left, y(most));
      top.lineTo(left + pitch, y(most));
    }
    drawing = !gap;
  });
  pen.globalAlpha = 1;
  drawRules(pen, colours, size.width, y, reference);
  pen.strokeStyle = ink;
  pen.lineWidth = 1.6;
  pen.stroke(top);
}

/**
 * Where 0 stands, and what the share is to be held against.
 *
 * @param {Pen} pen
 * @param {Colours} colours
 * @param {number} width
 * @param {(share: number) => number} y
 * @param {number | null} reference
 */
function drawRules(pen, colours, width, y, reference) {
  pen.fillStyle = colours.strong_line;
  pen.fillRect(0, y(0), width, 1);
  if (reference === null) return;
  pen.strokeStyle = colours.muted;
  pen.lineWidth = 1;
  pen.setLineDash([4, 4]);
  pen.beginPath();
  pen.moveTo(0, y(reference));
  pen.lineTo(width, y(reference));
  pen.stroke();
  pen.setLineDash([]);
}

/**
 * The extra rows at t, in words.
 *
 * @param {Stage} stage
 * @param {number} t
 */
export function extraTexts(stage, t) {
  return stage.strip.filter((row) => row.extra).map((row) => `${row.title}: ${row.now(t)}`);
}
