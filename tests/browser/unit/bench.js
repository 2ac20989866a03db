import { NEWEST, placeOf, shownUpdate } from "../../../app/components/workbench/js/chosen.js";
import { short } from "../../../app/components/workbench/js/numbers.js";
import {
  grown,
  missingNear,
  nearest,
  readBench,
  takeIn,
} from "../../../app/components/workbench/js/run.js";
import { equal, near, standIn } from "./expect.js";

/** @import { Given } from "./types.d.ts" */

/**
 * A workbench on which a checkpoint was chosen.
 *
 * @param {number} chosen
 * @param {number[]} kept
 * @param {number[]} held
 */
function benchWith(chosen, kept, held) {
  return standIn({ chosen, run: { kept, held: new Map(held.map((update) => [update, {}])) } });
}

export default {
  "a checkpoint's predictions are the network's"(/** @type {Given} */ { bench, expected }) {
    const run = takeIn(readBench(bench));
    const predictions = run.held.get(0)?.planes.predictions ?? [];
    const flat = expected.predictions.flat();
    equal(predictions.length, flat.length);
    for (const [k, share] of flat.entries()) near(predictions[k] / 255, share, 0.5 / 255 + 1e-6);
    equal(run.kept, [0]);
    equal(run.head.columns, run.head.timesteps);
  },

  "a run keeps the checkpoints it was sent until they are dropped"(/** @type {Given} */ { bench }) {
    const sent = readBench(bench);
    const later = { ...sent, kept: new Float32Array([0, 50]), snapshots: [] };
    equal(takeIn(later) === takeIn(sent), true);
    const second = { ...sent.snapshots[0], update: 50 };
    const both = takeIn({ ...later, snapshots: [second] });
    equal([...both.held.keys()], [0, 50]);
    const dropped = takeIn({ ...later, kept: new Float32Array([50]), snapshots: [] });
    equal([...dropped.held.keys()], [50]);
  },

  "the four runs last used are kept"(/** @type {Given} */ { bench }) {
    const sent = readBench(bench);
    const named = (/** @type {string} */ run) => ({ ...sent, head: { ...sent.head, run } });
    const first = takeIn(named("a"));
    for (const run of ["b", "c", "d"]) takeIn(named(run));
    equal(takeIn(named("a")) === first, true);
    for (const run of ["e", "f", "g"]) takeIn(named(run));
    equal(takeIn(named("a")) === first, true);
    for (const run of ["h", "i", "j", "k"]) takeIn(named(run));
    equal(takeIn(named("a")) === first, false);
  },

  "a range grows to hold what counts"() {
    const positive = (/** @type {number} */ value) => value > 0;
    equal(grown(undefined, new Float32Array([-1, 2, 4]), positive), [2, 4]);
    equal(grown([1, 3], new Float32Array([2, 4]), positive), [1, 4]);
    equal(grown(undefined, new Float32Array([-1]), positive), undefined);
  },

  "of some updates the nearest is the nearest, the first of two"() {
    equal([nearest([0, 10, 20], 14), nearest([0, 10], 5), nearest([], 5)], [10, 0, undefined]);
  },

  "of missing checkpoints those near what is shown come first"() {
    const run = standIn({ kept: [0, 10, 20, 30], held: new Map([[20, {}]]) });
    equal(missingNear(run, 25, 2), [30, 10]);
    equal(missingNear(run, 0, 10), [0, 10, 30]);
  },

  "what is shown is the chosen checkpoint, or the newest that is here"() {
    equal(shownUpdate(benchWith(10, [0, 10, 20], [0])), 10);
    equal(shownUpdate(benchWith(NEWEST, [0, 10, 20], [0, 10])), 10);
    equal(shownUpdate(benchWith(NEWEST, [0], [])), 0);
    equal(placeOf(benchWith(NEWEST, [0, 10, 20], [0, 10])), 1);
    equal(placeOf(benchWith(NEWEST, [], [])), 0);
  },

  "a number in little room has powers of ten where it is small or large"() {
    const numbers = [0, 0.5, 12.345, 9999, 10000, 0.0001, NaN];
    const texts = ["0.000", "0.500", "12.35", "9999.0", "1.0e4", "1.0e−4", "–"];
    equal(numbers.map(short), texts);
  },
};
