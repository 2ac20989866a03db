// Which checkpoint is shown: a kept one, or the newest that is here.

import { nearest } from "./run.js";

export const NEWEST = -1; // follow the newest

/** The update whose pictures are wanted: the chosen one, or the newest that is here. */
export function shownUpdate(bench) {
  if (bench.chosen !== NEWEST) return bench.chosen;
  return Math.max(0, ...bench.run.held.keys());
}

/** The place of what is shown among the kept checkpoints. */
export function placeOf(bench) {
  const { kept } = bench.run;
  return Math.max(0, kept.indexOf(nearest(kept, shownUpdate(bench))));
}
