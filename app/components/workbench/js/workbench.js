// The component: mounts once per place on the page, takes in what Python sends, draws.

import { whileHere } from "../../shared/js/leaving.js";
import { keyedPlace } from "../../shared/js/place.js";
import { themeSignature } from "../../shared/js/theme.js";
import { speakWith } from "../../shared/js/words.js";
import { follow, listenToChoosing, stopPlaying } from "./choosing.js";
import { NEWEST } from "./chosen.js";
import { applyTheme, layOut, resized } from "./layout.js";
import { buildBench } from "./parts.js";
import { saveButtons } from "./picture.js";
import { ASK_AGAIN, fetchMissing, listenToLeaving, rememberRun } from "./reports.js";
import { nearest, readBench, takeIn } from "./run.js";
import { showStatus } from "./status.js";
import { buildWatched, showTip } from "./watched.js";

/** @import { Mounting } from "../../shared/js/types.d.ts" */
/** @import { Bench, Sent } from "./types.d.ts" */

/** @type {WeakMap<Node, { bench: Bench, stop: () => void }>} */
const mounted = new WeakMap(); // place on the page -> its workbench
let generations = 0;

/**
 * Streamlit calls this at mount and whenever data or theme changed, without cleaning up before.
 *
 * @param {Mounting<Uint8Array>} mounting
 */
export default function gatescopeWorkbench({ data, parentElement, setStateValue }) {
  const sent = readBench(data);
  const before = mounted.get(parentElement);
  const other = speakWith(sent.head.words);
  if (other) before?.stop();
  const here = (!other && before) || mountBench(parentElement);
  const { bench } = here;
  mounted.set(parentElement, here);
  bench.setStateValue = whileHere(setStateValue);
  generations += 1;
  const generation = generations;
  bench.generation = generation;
  takeBench(bench, sent);
  keyedPlace(parentElement).setAttribute("data-drawn", ""); // the page's style shows what follows
  return () => {
    if (bench.generation !== generation) return;
    here.stop();
    mounted.delete(parentElement);
  };
}

/**
 * A workbench without a run; and what takes it from the page.
 *
 * @param {HTMLElement | ShadowRoot} parentElement
 */
function mountBench(parentElement) {
  const parts = buildBench();
  const holder = parentElement.querySelector(".gatescope") ?? parentElement;
  holder.replaceChildren(parts.root);
  const bench = /** @type {Bench} */ ({
    parts,
    alive: true,
    chosen: NEWEST,
    snapshot: null,
    scrubbing: false,
    painting: null,
    drawnWidth: 0,
    theme: null,
    reported: null,
    asked: null,
    offered: false,
    restTimer: null,
    spokenAt: 0,
  });
  parts.chooser.root.append(saveButtons(bench));
  listenToChoosing(bench);
  listenToTips(bench);
  listenToLeaving(bench);
  const observer = new ResizeObserver(() => requestAnimationFrame(() => resized(bench)));
  observer.observe(parts.root);
  const stop = () => {
    bench.alive = false;
    stopPlaying(bench);
    observer.disconnect();
    clearTimeout(bench.restTimer ?? undefined);
    clearTimeout(bench.retryTimer);
  };
  return { bench, stop };
}

/**
 * Another run begins anew; the same run goes on, and what the reader looks at stays.
 *
 * @param {Bench} bench
 * @param {Sent} sent
 */
function takeBench(bench, sent) {
  const before = bench.run;
  const last = before?.kept[before.kept.length - 1] ?? 0;
  bench.run = takeIn(sent);
  const other = bench.run !== before;
  const back = bench.run.kept[bench.run.kept.length - 1] < last; // what came after was forgotten
  if (back && !other) follow(bench);
  if (other) {
    stopPlaying(bench);
    bench.chosen = NEWEST;
    bench.asked = null;
    bench.reported = null;
    buildWatched(bench);
    bench.theme = null;
  }
  // What was shown may have been dropped, or forgotten by a rewind.
  const { kept } = bench.run;
  if (bench.chosen !== NEWEST && !kept.includes(bench.chosen)) {
    bench.chosen = nearest(kept, bench.chosen) ?? NEWEST;
  }
  if (other || bench.theme !== themeSignature(bench.parts.root)) applyTheme(bench);
  layOut(bench);
  showStatus(bench);
  fetchMissing(bench);
  rememberRun(bench);
  clearTimeout(bench.retryTimer);
  bench.retryTimer = setTimeout(() => {
    if (bench.alive) fetchMissing(bench);
  }, ASK_AGAIN + 100);
}

/**
 * Say what lies under the pointer, where a row has something to say.
 *
 * @param {Bench} bench
 */
function listenToTips(bench) {
  const { watched, tooltip } = bench.parts;
  watched.addEventListener("pointermove", (event) => {
    const row = bench.snapshot && bench.rows?.find((r) => r.canvas === event.composedPath()[0]);
    if (row && !row.silent) showTip(bench, row, event);
    else tooltip.hidden = true;
  });
  watched.addEventListener("pointerleave", () => {
    tooltip.hidden = true;
  });
}
