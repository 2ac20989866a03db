// The symbols that wrote what the chosen unit holds now, or all units together.

import { memorySignal } from "../lookup.js";
import { phaseState } from "../phases.js";
import { pitchOf } from "../view.js";
import { barsNow } from "./bars.js";

/** @import { Pen, Size } from "../../../shared/js/types.d.ts" */
/** @import { Stage } from "../types.d.ts" */

const LEAST_SHARE = 0.1; // of the memory: a symbol that wrote less is not lit
const PALEST = 0.1; // how opaque the light is
const STRONGEST = 0.4;

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
  const bars = barsNow(stage);
  if (!bars?.total || bars.factor > 1) return;
  const pitch = pitchOf(group.view, width);
  pen.fillStyle = colours.signals[name].line;
  for (let k = 0; k < bars.high.length; k += 1) {
    const share = Math.max(bars.high[k], -bars.low[k]) / bars.total;
    if (share < LEAST_SHARE) continue;
    pen.globalAlpha = PALEST + share * (STRONGEST - PALEST);
    pen.fillRect((bars.start + k - group.view[0]) * pitch, 0, pitch, height);
  }
  pen.globalAlpha = 1;
}
