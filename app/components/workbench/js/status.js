// How far the training has come, in words.

import { setText } from "../../shared/js/elements.js";

const SPEAK_EVERY = 10_000; // ms between two progress reports to a screen reader

export function showStatus(bench) {
  const { feed } = bench.run;
  const { state, counted, left, progress, root } = bench.parts;
  setText(state, feed.state_words);
  setText(counted, feed.counted);
  setText(left, feed.left);
  root.dataset.state = feed.state;
  progress.setAttribute("aria-valuemax", feed.updates);
  progress.setAttribute("aria-valuenow", feed.update);
  progress.firstChild.style.width = `${(100 * feed.update) / Math.max(feed.updates, 1)}%`;
  speak(bench);
}

/** A screen reader hears of progress now and then, and at once when the state changes. */
function speak(bench) {
  const { feed } = bench.run;
  const changed = bench.spokenState !== undefined && bench.spokenState !== feed.state;
  const due = feed.state === "running" && Date.now() - (bench.spokenAt ?? 0) > SPEAK_EVERY;
  bench.spokenState = feed.state;
  if (!changed && !due) return;
  bench.spokenAt = Date.now();
  setText(bench.parts.live, [feed.state_words, feed.counted, feed.left].filter(Boolean).join(", "));
}
