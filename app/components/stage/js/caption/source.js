// Which write the memory comes from, where one stands out, and what each write contributes.
//
// A unit's memory is a sum: of each write that is still there, multiplied by every keeping gate
// since. Where it is held, it begins anew with that value. captions/origin.py says when one of the
// writes is named.

import { begunAnew } from "../held.js";
import { exactTile, memorySignal } from "../lookup.js";

/** @import { Scene } from "../types.d.ts" */
/** @import { CaptionWords, Origin } from "./types.d.ts" */

const SMALLEST = 1e-6; // what a smaller memory holds, nobody sees
const SLACK = 1e-3; // how far the sum may lie from the memory, of its size and at least of 1
const KEEPING = { lstm: "forget_gate", gru: "update_gate", rnn: "" };

/**
 * What each timestep's write contributes to a unit's memory at t, as far as exact numbers reach:
 * of timesteps that are not read yet, nothing. Where the memory was held, that is the value at
 * which it was. null where the numbers since then, or since the run began, are not all here, or
 * the cell keeps nothing.
 *
 * @param {Scene} scene
 * @param {number} t
 * @param {number} unit
 */
export function contributionsAt(scene, t, unit) {
  const keeping = KEEPING[scene.kind];
  const tile = exactTile(scene, t);
  const gate = tile?.exact?.[keeping];
  const anew = begunAnew(scene, t, unit);
  const first = anew ?? (scene.reverse ? scene.timesteps - 1 : 0);
  if (!tile?.exact || !gate || first < tile.start || first >= tile.stop) return null;
  const { candidate, input_gate: input, carried } = tile.exact;
  const { hidden_size: size, kind } = scene;
  const written = new Float64Array(tile.stop); // of a long run that is little
  const by = scene.reverse ? 1 : -1;
  let product = 1;
  for (let s = t; s >= 0 && s < scene.timesteps; s += by) {
    const at = (s - tile.start) * size + unit;
    if (s === anew) {
      written[s] = product * tile.exact[memorySignal(scene).name][at];
      return { written, initial: 0 };
    }
    const open = kind === "gru" ? 1 - gate[at] : input[at];
    written[s] = product * open * candidate[at];
    product *= gate[at];
  }
  return { written, initial: product * carried[(first - tile.start) * size + unit] };
}

/**
 * How much each timestep's write contributes to all units' memories at t together: the sum of its
 * sizes. null as for `contributionsAt`.
 *
 * @param {Scene} scene
 * @param {number} t
 */
export function contributionSizesAt(scene, t) {
  let sizes = new Float64Array();
  for (let unit = 0; unit < scene.hidden_size; unit += 1) {
    const parts = contributionsAt(scene, t, unit);
    if (!parts) return null;
    if (unit === 0) sizes = new Float64Array(parts.written.length);
    for (let s = 0; s < sizes.length; s += 1) sizes[s] += Math.abs(parts.written[s]);
  }
  return sizes;
}

/**
 * Where a unit's memory at t comes from; null where no write stands out.
 *
 * @param {Scene} scene
 * @param {number} t
 * @param {number} unit
 * @param {CaptionWords["origin"]} thresholds
 * @returns {Origin | null}
 */
export function sourceOf(scene, t, unit, { majority, noticeable }) {
  const parts = contributionsAt(scene, t, unit);
  const tile = exactTile(scene, t);
  if (!parts || !tile?.exact) return null;
  const { written, initial } = parts;
  const { name, unitLow, unitHigh } = memorySignal(scene);
  const memory = tile.exact[name][(t - tile.start) * scene.hidden_size + unit];
  const reach = Math.max(-unitLow[unit], unitHigh[unit]);
  let [sum, size, timestep] = [initial, Math.abs(initial), 0];
  for (let s = 0; s < written.length; s += 1) {
    sum += written[s];
    size += Math.abs(written[s]);
    if (Math.abs(written[s]) > Math.abs(written[timestep])) timestep = s;
  }
  const empty = !(Math.abs(memory) >= Math.max(noticeable * reach, SMALLEST));
  if (empty || timestep === t) return null;
  if (Math.abs(sum - memory) > SLACK * Math.max(1, Math.abs(memory))) return null;
  const share = Math.abs(written[timestep]) / size;
  return share >= majority ? { timestep, share } : null;
}
