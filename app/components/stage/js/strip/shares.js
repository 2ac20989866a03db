// Rows that Python adds to the strip: a share 0..1 at every timestep, as a filled line.

import { visible, written } from "../../../shared/js/formatting.js";
import { exactTile, memorySignal } from "../lookup.js";
import { walkLine } from "./lines.js";

const EXTRA_HEIGHT = 34;

export function extraRows(scene) {
  return scene.strip.extra.map(({ title, note, reference, signal }, k) => {
    const hue = signal || memorySignal(scene).name;
    return {
      title,
      note,
      hue,
      extra: true,
      height: EXTRA_HEIGHT,
      draw: (pen, stage, box) => drawShare(pen, stage, box, k, hue, reference),
      now: (t) => shareAt(scene, k, t),
    };
  });
}

/** Its word and its number at t: "T 0.98"; a dash where there is none. */
function shareAt(scene, k, t) {
  const tile = exactTile(scene, t);
  if (!tile) return "…";
  const { low, width } = tile.strip.extra;
  const value = low[(t - tile.start) * width + k];
  const word = tile.strip.words[k][t - tile.start] ?? "";
  const number = Number.isNaN(value) ? "–" : written(value, 2);
  return word ? `${[...word].map(visible).join("")} ${number}` : number;
}

/** A column for every timestep; where a pixel is many, solid to the lowest, pale to the highest. */
function drawShare(pen, stage, box, k, hue, reference) {
  const { colours, view } = stage;
  const ink = colours.signals[hue]?.line ?? colours.muted;
  const pitch = Math.max(1, box.width / (view[1] - view[0]));
  const y = (share) => 2 + (1 - share) * (box.height - 4);
  const top = new Path2D();
  let before = null;
  pen.fillStyle = ink;
  walkLine(stage, box.width, "extra", k, (middle, least, most) => {
    if (Number.isNaN(most)) return void (before = null);
    const left = middle - pitch / 2;
    for (const [alpha, low, high] of [[0.3, 0, least], [0.15, least, most]]) {
      pen.globalAlpha = alpha;
      pen.fillRect(left, y(high), pitch, y(low) - y(high));
    }
    before === null ? top.moveTo(left, y(most)) : top.lineTo(left, y(most));
    top.lineTo((before = left + pitch), y(most));
  });
  pen.globalAlpha = 1;
  drawRules(pen, colours, box, y, reference);
  pen.strokeStyle = ink;
  pen.lineWidth = 1.6;
  pen.stroke(top);
}

/** Where 0 stands, and what the share is to be held against. */
function drawRules(pen, colours, box, y, reference) {
  pen.fillStyle = colours.strong_line;
  pen.fillRect(0, y(0), box.width, 1);
  if (reference === null) return;
  pen.strokeStyle = colours.muted;
  pen.lineWidth = 1;
  pen.setLineDash([4, 4]);
  pen.beginPath();
  pen.moveTo(0, y(reference));
  pen.lineTo(box.width, y(reference));
  pen.stroke();
  pen.setLineDash([]);
}

/** The extra rows at t, in words. */
export function extraTexts(stage, t) {
  return stage.strip.filter((row) => row.extra).map((row) => `${row.title}: ${row.now(t)}`);
}
