// What the browser holds of one training run: its curves, and every checkpoint it was sent.

import { readContainer } from "../../shared/js/container.js";

const store = (window[Symbol.for("gatescope-workbench")] ??= { runs: new Map() });
const MOST_RUNS = 4; // a page that is left and entered again finds what it had

/** Decode what `pack` wrote: the run's head, its curves, and some checkpoints. */
export function readBench(bytes) {
  const { document, array } = readContainer(bytes);
  const { head, feed } = document;
  const curves = Object.fromEntries(Object.entries(feed.curves).map(([name, column]) => [name, array(column)]));
  return { head, feed, curves, kept: array(feed.kept), snapshots: feed.snapshots.map((s) => readSnapshot(s, array)), array };
}

function readSnapshot({ update, planes }, array) {
  return { update, planes: Object.fromEntries(Object.entries(planes).map(([name, plane]) => [name, array(plane)])) };
}

/** The run that these bytes tell of, with everything that was already here. */
export function takeIn({ head, feed, curves, kept, snapshots, array }) {
  let run = store.runs.get(head.run);
  run ??= { held: new Map(), reach: {}, head: readHead(head, array) };
  store.runs.delete(head.run); // so that the one last used stands last
  store.runs.set(head.run, run);
  if (store.runs.size > MOST_RUNS) store.runs.delete(store.runs.keys().next().value);
  for (const snapshot of snapshots) {
    run.held.set(snapshot.update, snapshot);
    widen(run, snapshot);
  }
  run.feed = feed;
  run.curves = curves;
  run.kept = Array.from(kept);
  const still = new Set(run.kept);
  for (const update of run.held.keys()) if (!still.has(update)) run.held.delete(update);
  return run;
}

function readHead(head, array) {
  const asked = { ...head.asked, truth: array(head.asked.truth) };
  const read = { ...head.read };
  if (read.kind === "numbers") read.values = array(read.values);
  else read.tokens = Array.from(read.tokens); // one text of single letters, or a list
  return { ...head, asked, read, columns: Math.ceil(head.timesteps / head.factor) };
}

/** Ranges that belong to the run, not to a checkpoint, so that two checkpoints compare by eye. */
function widen(run, { planes }) {
  for (const signal of run.head.signals) {
    if (!signal.unbounded) continue;
    let reach = run.reach[signal.name] ?? 0.1;
    for (const value of planes[signal.name]) reach = Math.max(reach, Math.abs(value));
    run.reach[signal.name] = reach;
  }
  run.gradients = grown(run.gradients, planes.gradient, (value) => value > 0 && Number.isFinite(value));
  if (run.head.asked.kind === "numbers") run.numbers = grown(run.numbers, planes.predictions, Number.isFinite);
}

export function grown(range, values, counts) {
  let [low, high] = range ?? [Infinity, -Infinity];
  for (const value of values) {
    if (!counts(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : range;
}

/** Of some updates the one nearest to another; undefined where there is none. */
export function nearest(updates, update) {
  let best;
  for (const at of updates) {
    if (best === undefined || Math.abs(at - update) < Math.abs(best - update)) best = at;
  }
  return best;
}

/** Kept checkpoints that are not here yet, those near `update` first. */
export function missingNear(run, update, most) {
  const away = (at) => Math.abs(at - update);
  return run.kept.filter((at) => !run.held.has(at)).sort((a, b) => away(a) - away(b)).slice(0, most);
}
