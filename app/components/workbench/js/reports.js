// What Python hears: the checkpoint that is shown, and those whose pictures are missing here.

import { NEWEST, shownUpdate } from "./chosen.js";
import { missingNear } from "./run.js";

/** @import { Bench } from "./types.d.ts" */

const REST = 250; // ms without another choice
export const ASK_AGAIN = 3000; // ms after which an answer counts as lost
const MOST_ASKED = 10; // checkpoints in one answer
const REMEMBERED = "gatescope-run"; // where the tab remembers its run

/**
 * Report once the reader rests.
 *
 * @param {Bench} bench
 */
export function reportSoon(bench) {
  clearTimeout(bench.restTimer ?? undefined);
  bench.restTimer = setTimeout(() => report(bench), REST);
}

/**
 * Ask for what is missing, those nearest to what is shown first; one question at a time.
 *
 * @param {Bench} bench
 */
export function fetchMissing(bench) {
  const { run, asked } = bench;
  const open = asked?.updates.some((at) => !run.held.has(at) && run.kept.includes(at));
  const waiting = asked && open && Date.now() - asked.when < ASK_AGAIN;
  if (!waiting && missingNear(run, shownUpdate(bench), 1).length) reportSoon(bench);
}

/**
 * What was chosen is told at once when the reader leaves the card, for a button elsewhere.
 *
 * @param {Bench} bench
 */
export function listenToLeaving(bench) {
  const reportNow = () => {
    if (bench.restTimer === null) return;
    clearTimeout(bench.restTimer);
    report(bench);
  };
  bench.parts.root.addEventListener("pointerleave", reportNow);
  bench.parts.root.addEventListener("focusout", reportNow);
}

/** What the tab remembers: a browser that stores nothing throws at the first look. */
function tabStorage() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/**
 * The tab remembers its run, so that a page that is loaded anew can ask for it, once.
 *
 * @param {Bench} bench
 */
export function rememberRun(bench) {
  const { head, feed } = bench.run;
  if (feed.state !== "untrained") tabStorage()?.setItem(REMEMBERED, head.run);
  else if (!bench.offered) offerRun(bench, tabStorage()?.getItem(REMEMBERED));
  bench.offered = true;
}

/**
 * Ask Python to go on with a run that the tab remembers.
 *
 * @param {Bench} bench
 * @param {string | null | undefined} adopt
 */
function offerRun(bench, adopt) {
  if (!adopt) return;
  const offer = { run: bench.run.head.run, update: NEWEST, missing: [], adopt };
  setTimeout(() => {
    if (bench.alive) bench.setStateValue("report", { ...offer, moment: Date.now() });
  }, REST);
}

/**
 * Report what is shown and what is missing, where it differs from the last report.
 *
 * @param {Bench} bench
 */
function report(bench) {
  bench.restTimer = null;
  if (!bench.alive || !bench.run) return;
  const { run } = bench.run.head;
  const update = bench.chosen;
  const missing = missingNear(bench.run, shownUpdate(bench), MOST_ASKED);
  const text = JSON.stringify([run, update, missing]);
  const lost = bench.asked && Date.now() - bench.asked.when >= ASK_AGAIN;
  if (text === bench.reported && !(missing.length && lost)) return;
  bench.reported = text;
  bench.asked = missing.length ? { updates: missing, when: Date.now() } : null;
  bench.setStateValue("report", { run, update, missing, moment: Date.now() });
}
