// Which timesteps wrote what the chosen unit holds now, or all units together.

import { contributionSizesAt, contributionsAt } from "../caption/source.js";
import { timestepOf } from "../group.js";
import { MEAN, memorySignal } from "../lookup.js";
import { phaseState } from "../phases.js";
import { pitchOf } from "../view.js";

/** @import { Pen, Size } from "../../../shared/js/types.d.ts" */
/** @import { Stage } from "../types.d.ts" */

const LEAST_SHARE = 0.1; // of the memory: a symbol that wrote less is not lit
const PALEST = 0.1; // how opaque the light is
const STRONGEST = 0.4;

/**
 * What each timestep's write contributes to the chosen unit's memory now; of all units the sum of
 * its sizes. null where that is not known here.
 *
 * @param {Stage} stage
 */
export function writesNow(stage) {
  const t = timestepOf(stage);
  if (stage.unit === MEAN) return contributionSizesAt(stage.scene, t);
  return contributionsAt(stage.scene, t, stage.unit)?.written ?? null;
}

/**
 * Light behind the symbols that wrote what is in the memory now, the stronger the more of it.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Size} size
 */
export function lightWriters(pen, stage, { width, height }) {
  const { scene, group, colours } = stage;
  const { name } = memorySignal(scene);
  if (group.compact || phaseState(stage)?.(name) === "ahead") return;
  const writes = writesNow(stage);
  const total = writes?.reduce((sum, write) => sum + Math.abs(write), 0);
  if (!writes || !total) return;
  const pitch = pitchOf(group.view, width);
  pen.fillStyle = colours.signals[name].line;
  writes.forEach((write, s) => {
    const share = Math.abs(write) / total;
    if (share < LEAST_SHARE) return;
    pen.globalAlpha = PALEST + share * (STRONGEST - PALEST);
    pen.fillRect((s - group.view[0]) * pitch, 0, pitch, height);
  });
  pen.globalAlpha = 1;
}
