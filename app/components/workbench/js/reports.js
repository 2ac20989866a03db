// What Python hears: the checkpoint that is shown, and those whose pictures are missing here.

import { NEWEST, shownUpdate } from "./chosen.js";
import { missingNear } from "./run.js";

const REST = 250; // ms without another choice
export const ASK_AGAIN = 3000; // ms after which an answer counts as lost
const MOST_ASKED = 10; // checkpoints in one answer

export function reportSoon(bench) {
  clearTimeout(bench.restTimer);
  bench.restTimer = setTimeout(() => report(bench), REST);
}

/** Ask for what is missing, those nearest to what is shown first; one question at a time. */
export function fetchMissing(bench) {
  const waiting = bench.asked && Date.now() - bench.asked.when < ASK_AGAIN;
  if (waiting && bench.asked.updates.some((at) => !bench.run.held.has(at) && bench.run.kept.includes(at))) return;
  if (missingNear(bench.run, shownUpdate(bench), 1).length) reportSoon(bench);
}

/** What was chosen is told at once when the reader leaves the card, for a button elsewhere. */
export function listenToLeaving(bench) {
  const tell = () => {
    if (bench.restTimer === null) return;
    clearTimeout(bench.restTimer);
    report(bench);
  };
  bench.parts.root.addEventListener("pointerleave", tell);
  bench.parts.root.addEventListener("focusout", tell);
}

const REMEMBERED = "gatescope-run";

/** What the tab remembers: a browser that stores nothing throws at the first look. */
function tabStorage() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/** The tab remembers its run, so that a page that is loaded anew can ask for it, once. */
export function rememberRun(bench) {
  const { head, feed } = bench.run;
  if (feed.state !== "untrained") tabStorage()?.setItem(REMEMBERED, head.run);
  else if (!bench.offered) offerRun(bench, tabStorage()?.getItem(REMEMBERED));
  bench.offered = true;
}

function offerRun(bench, adopt) {
  if (!adopt) return;
  const offer = { run: bench.run.head.run, update: NEWEST, missing: [], adopt };
  setTimeout(() => bench.alive && bench.setStateValue("report", { ...offer, moment: Date.now() }), REST);
}

function report(bench) {
  bench.restTimer = null;
  if (!bench.alive || !bench.run || !bench.setStateValue) return;
  const missing = missingNear(bench.run, shownUpdate(bench), MOST_ASKED);
  const told = JSON.stringify([bench.run.head.run, bench.chosen, missing]);
  const lost = bench.asked && Date.now() - bench.asked.when >= ASK_AGAIN;
  if (told === bench.told && !(missing.length && lost)) return;
  bench.told = told;
  bench.asked = missing.length ? { updates: missing, when: Date.now() } : null;
  bench.setStateValue("report", { run: bench.run.head.run, update: bench.chosen, missing, moment: Date.now() });
}
