// What the browser holds of one training run: its curves, and every checkpoint it was sent.

import { readContainer } from "../../shared/js/container.js";

/** @import { Contents, Numbers } from "../../shared/js/types.d.ts" */
/** @import { Head, Range, Run, Sent, Snapshot } from "./types.d.ts" */

const MOST_RUNS = 4; // a page that is left and entered again finds what it had

const RUNS = Symbol.for("gatescope-workbench");
const keeper = /** @type {any} */ (window);
keeper[RUNS] ??= new Map();

/** @type {Map<string, Run>} */
const runs = keeper[RUNS]; // those last used stand last

/**
 * Decode what `pack` wrote: the run's head, its curves, and some checkpoints.
 *
 * @param {Uint8Array} bytes
 * @returns {Sent}
 */
export function readBench(bytes) {
  const { document, array } = readContainer(bytes);
  const { head, feed } = document;
  const snapshots = feed.snapshots.map((/** @type {any} */ { update, planes }) => ({
    update,
    planes: readArrays(planes, array),
  }));
  return {
    head,
    feed,
    curves: readArrays(feed.curves, array),
    kept: array(feed.kept),
    snapshots,
    array,
  };
}

/**
 * The arrays that a table names.
 *
 * @param {Record<string, string>} table
 * @param {Contents<unknown>["array"]} array
 * @returns {Record<string, Numbers>}
 */
function readArrays(table, array) {
  return Object.fromEntries(Object.entries(table).map(([name, place]) => [name, array(place)]));
}

/**
 * The run that was sent, with everything that was already here.
 *
 * @param {Sent} sent
 * @returns {Run}
 */
export function takeIn({ head, feed, curves, kept, snapshots, array }) {
  const known = runs.get(head.run);
  const alike = known?.head.words.language === head.words.language;
  const held = known ?? { held: new Map(), reach: {} };
  const before = alike && known ? known : { ...held, head: readHead(head, array) };
  const run = Object.assign(before, { feed, curves, kept: Array.from(kept) });
  keep(run);
  for (const snapshot of snapshots) {
    run.held.set(snapshot.update, snapshot);
    widen(run, snapshot);
  }
  const still = new Set(run.kept);
  for (const update of run.held.keys()) if (!still.has(update)) run.held.delete(update);
  return run;
}

/**
 * Keep a run, as the last of those that are here; the first goes where there are too many.
 *
 * @param {Run} run
 */
function keep(run) {
  runs.delete(run.head.run);
  runs.set(run.head.run, run);
  const [first] = runs.keys();
  if (runs.size > MOST_RUNS) runs.delete(first);
}

/**
 * @param {any} head
 * @param {Contents<unknown>["array"]} array
 * @returns {Head}
 */
function readHead(head, array) {
  const asked = { ...head.asked, truth: array(head.asked.truth) };
  const read = { ...head.read };
  if (read.kind === "numbers") read.values = array(read.values);
  else read.tokens = Array.from(read.tokens); // one text of single letters, or a list
  return { ...head, asked, read, columns: Math.ceil(head.timesteps / head.factor) };
}

/**
 * Ranges that belong to the run, not to a checkpoint, so that two checkpoints compare by eye.
 *
 * @param {Run} run
 * @param {Snapshot} snapshot
 */
function widen(run, { planes }) {
  for (const { name, unbounded } of run.head.signals) {
    if (!unbounded) continue;
    let reach = run.reach[name] ?? 0.1;
    for (const value of planes[name]) reach = Math.max(reach, Math.abs(value));
    run.reach[name] = reach;
  }
  const positive = (/** @type {number} */ value) => value > 0 && Number.isFinite(value);
  run.gradients = grown(run.gradients, planes.gradient, positive);
  if (run.head.asked.kind === "numbers") {
    run.numbers = grown(run.numbers, planes.predictions, Number.isFinite);
  }
}

/**
 * A range that holds these values, too, those that count; undefined where there is none.
 *
 * @param {Range | undefined} range
 * @param {Numbers} values
 * @param {(value: number) => boolean} counts
 * @returns {Range | undefined}
 */
export function grown(range, values, counts) {
  let [low, high] = range ?? [Infinity, -Infinity];
  for (const value of values) {
    if (!counts(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : range;
}

/**
 * Of some updates the one nearest to another; undefined where there is none.
 *
 * @param {Iterable<number>} updates
 * @param {number} update
 */
export function nearest(updates, update) {
  /** @type {number | undefined} */
  let best;
  for (const at of updates) {
    if (best === undefined || Math.abs(at - update) < Math.abs(best - update)) best = at;
  }
  return best;
}

/**
 * Kept checkpoints that are not here yet, those near `update` first.
 *
 * @param {Run} run
 * @param {number} update
 * @param {number} most
 */
export function missingNear(run, update, most) {
  const away = (/** @type {number} */ at) => Math.abs(at - update);
  const missing = run.kept.filter((at) => !run.held.has(at));
  return missing.sort((a, b) => away(a) - away(b)).slice(0, most);
}
