// Which checkpoint is shown: a kept one, or the newest that is here.

import { nearest } from "./run.js";

/** @import { Bench } from "./types.d.ts" */

export const NEWEST = -1; // follow the newest

/**
 * The update whose pictures are wanted: the chosen one, or the newest that is here.
 *
 * @param {Bench} bench
 */
export function shownUpdate({ chosen, run }) {
  return chosen === NEWEST ? Math.max(0, ...run.held.keys()) : chosen;
}

/**
 * The place of what is shown among the kept checkpoints.
 *
 * @param {Bench} bench
 */
export function placeOf(bench) {
  const { kept } = bench.run;
  const shown = nearest(kept, shownUpdate(bench));
  return shown === undefined ? 0 : kept.indexOf(shown);
}
