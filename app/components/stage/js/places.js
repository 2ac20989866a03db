// Runs that stand side by side: what each reads at a place of the alignment, and where it does not.

import { setText } from "../../shared/js/elements.js";
import { say } from "../../shared/js/words.js";
import { timestepOf } from "./group.js";
import { pitchOf } from "./view.js";

/** @import { Pen, Size } from "../../shared/js/types.d.ts" */
/** @import { Scene, Stage } from "./types.d.ts" */

const STRIPES = 7; // pixels between two stripes of a gap

/**
 * The timestep that a run reads at a place, or -1 where it reads nothing.
 *
 * @param {Scene} scene
 * @param {number} place
 */
export function readAt({ placesRead }, place) {
  return placesRead ? placesRead[place] : place;
}

/**
 * The number under a place on the axis: the run's own timestep.
 *
 * @param {Scene} scene
 * @param {number} place
 */
export function tickAt(scene, place) {
  const t = readAt(scene, place);
  return t < 0 ? "·" : String(t);
}

/**
 * At which timestep a run stands at a place, in words: where it reads nothing it keeps its state.
 *
 * @param {Scene} scene
 * @param {number} place
 */
export function standsAt(scene, place) {
  const t = readAt(scene, place);
  if (t >= 0) return say("timestep", { t });
  const along = scene.reverse ? 1 : -1;
  let before = place;
  while (before >= 0 && before < scene.timesteps && readAt(scene, before) < 0) before += along;
  const last = before >= 0 && before < scene.timesteps ? readAt(scene, before) : -1;
  return last < 0 ? say("nothing_read_yet") : say("nothing_read", { t: last });
}

/**
 * Say of one stage of several that read their own sequences where it stands.
 *
 * @param {Stage} stage
 */
export function showStands(stage) {
  const { group, scene, reads, parts } = stage;
  if (group.compact) setText(parts.stands, reads ? standsAt(scene, timestepOf(stage)) : "");
}

/**
 * Stripes over the places at which nothing is read.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Size} size
 */
export function markGaps(pen, { scene, group, colours }, { width, height }) {
  const [start, stop] = group.view;
  const pitch = pitchOf(group.view, width);
  for (const [first, end] of scene.gaps) {
    if (end <= start || first >= stop) continue;
    const left = Math.max(0, (first - start) * pitch);
    const right = Math.min(width, (end - start) * pitch);
    stripe(pen, colours, left, right - left, height);
  }
}

/**
 * Stripes over a part of a row, so that what is below is pale.
 *
 * @param {Pen} pen
 * @param {Stage["colours"]} colours
 * @param {number} left
 * @param {number} width
 * @param {number} height
 */
function stripe(pen, colours, left, width, height) {
  pen.save();
  pen.beginPath();
  pen.rect(left, 0, width, height);
  pen.clip();
  pen.fillStyle = colours.panel;
  pen.globalAlpha = 0.25;
  pen.fillRect(left, 0, width, height);
  pen.globalAlpha = 0.5;
  pen.strokeStyle = colours.muted;
  pen.lineWidth = 1;
  pen.beginPath();
  for (let x = left - height; x < left + width; x += STRIPES) {
    pen.moveTo(x, height);
    pen.lineTo(x + height, 0);
  }
  pen.stroke();
  pen.restore();
}
