// How far the training has come, in words.

import { setAttributes, setText } from "../../shared/js/elements.js";

/** @import { Bench } from "./types.d.ts" */

const SPEAK_EVERY = 10_000; // ms between two progress reports to a screen reader

/**
 * Show the state, and how much is done.
 *
 * @param {Bench} bench
 */
export function showStatus(bench) {
  const { feed } = bench.run;
  const { state, counted, left, progress, done, root } = bench.parts;
  setText(state, feed.state_words);
  setText(counted, feed.counted);
  setText(left, feed.left);
  root.dataset.state = feed.state;
  setAttributes(progress, { "aria-valuemax": feed.updates, "aria-valuenow": feed.update });
  done.style.width = `${(100 * feed.update) / Math.max(feed.updates, 1)}%`;
  speak(bench);
}

/**
 * A screen reader hears of progress now and then, and at once when the state changes.
 *
 * @param {Bench} bench
 */
function speak(bench) {
  const { feed } = bench.run;
  const changed = bench.spokenState !== undefined && bench.spokenState !== feed.state;
  const moves = feed.state === "running" || feed.state === "queued";
  const due = moves && Date.now() - bench.spokenAt > SPEAK_EVERY;
  bench.spokenState = feed.state;
  if (!changed && !due) return;
  bench.spokenAt = Date.now();
  setText(bench.parts.live, [feed.state_words, feed.counted, feed.left].filter(Boolean).join(", "));
}
