// The view: the stretch [start, stop) of the run that is in sight.

/** @import { Scene, View, Widths } from "./types.d.ts" */

const PHONE_COLUMN = 16; // on a phone a timestep is at least this wide, and time scrolls
const LEAST_VIEW = 4; // timesteps that are in sight at least

/**
 * What the whole run looks like when a scene arrives: on a phone only as much as is legible.
 *
 * @param {Scene} scene
 * @param {Widths} widths
 * @param {number} t
 * @returns {View}
 */
export function firstView(scene, widths, t) {
  const legible = Math.floor(widths.plot / PHONE_COLUMN);
  if (!widths.narrow || scene.timesteps <= legible || scene.timesteps > 400) {
    return [0, scene.timesteps];
  }
  return viewAround([0, legible], t, scene.timesteps);
}

/**
 * Zoom a view about a timestep; clamped to the run.
 *
 * @param {View} view
 * @param {number} about
 * @param {number} by
 * @param {number} timesteps
 */
export function zoomed([start, stop], about, by, timesteps) {
  const width = Math.min(timesteps, Math.max(Math.min(LEAST_VIEW, timesteps), (stop - start) * by));
  const share = (about - start) / (stop - start);
  return clampedView([about - share * width, about - share * width + width], timesteps);
}

/**
 * A view moved into the run, no wider than it.
 *
 * @param {View} view
 * @param {number} timesteps
 * @returns {View}
 */
export function clampedView([start, stop], timesteps) {
  const width = Math.min(timesteps, stop - start);
  const from = Math.min(timesteps - width, Math.max(0, start));
  return [from, from + width];
}

/**
 * The view moved, if it must be, so that t is in sight; it moves by quarters, not by pixels.
 *
 * @param {View} view
 * @param {number} t
 * @param {number} timesteps
 * @returns {View}
 */
export function viewAround([start, stop], t, timesteps) {
  const width = stop - start;
  if (t >= start && t + 1 <= stop) return [start, stop];
  const quarter = width / 4;
  const by = Math.max(1, Math.ceil(quarter));
  let from = t - width / 2;
  if (t >= stop && t < stop + quarter) from = start + by;
  else if (t < start && t >= start - quarter) from = start - by;
  const view = clampedView([from, from + width], timesteps);
  if (t >= view[0] && t + 1 <= view[1]) return view;
  return clampedView([t - width / 2, t + width / 2], timesteps);
}

/**
 * How many pixels of `width` a timestep takes.
 *
 * @param {View} view
 * @param {number} width
 */
export function pitchOf([start, stop], width) {
  return width / (stop - start);
}
