// The values of a run as rows of a table: every signal of all units at one timestep, or of one unit
// at all timesteps, as app/figures/values.py has them.

import { timestepOf } from "../../stage/js/group.js";
import { timeAt, tokenAt } from "../../stage/js/lookup.js";
import { numbersAt } from "../../stage/js/timestep_numbers.js";

/** @import { Stage } from "../../stage/js/types.d.ts" */
/** @import { ValueContent, ValueRows } from "./types.d.ts" */

/** @type {Record<string, typeof timeAt>} */
const TEXTS = { time: timeAt, reads: tokenAt };

/**
 * The rows of the table now; while no unit is chosen they are all units.
 *
 * @param {ValueContent} given
 * @param {Stage} stage
 * @returns {ValueRows}
 */
export function valueRows({ rows, texts, columns }, stage) {
  const { scene, unit } = stage;
  const t = timestepOf(stage);
  const numbers = (/** @type {number} */ at, /** @type {number} */ who) => {
    const found = numbersAt(scene, at, who) ?? {};
    return columns.map(({ name }) => Math.fround(found[name]));
  };
  if (rows === "units" || unit < 0) {
    const textsOf = () => [];
    return {
      ...{ kind: "units", count: scene.hidden_size, current: unit, name: `timestep-${t}` },
      ...{ texts: [], textsOf, numbersOf: (k) => numbers(t, k) },
    };
  }
  const textsOf = (/** @type {number} */ k) => texts.map(({ name }) => TEXTS[name](scene, k));
  return {
    ...{ kind: "timesteps", count: scene.timesteps, current: t, name: `unit-${unit}` },
    ...{ texts, textsOf, numbersOf: (k) => numbers(k, unit) },
  };
}
