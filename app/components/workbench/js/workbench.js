// The component: mounts once per place on the page, takes in what Python sends, draws.

import { themeSignature } from "../../shared/js/theme.js";
import { follow, listenToChoosing, stopPlaying } from "./choosing.js";
import { NEWEST } from "./chosen.js";
import { applyTheme, layOut, resized } from "./layout.js";
import { buildBench } from "./parts.js";
import { ASK_AGAIN, fetchMissing, listenToLeaving, rememberRun } from "./reports.js";
import { nearest, readBench, takeIn } from "./run.js";
import { showStatus } from "./status.js";
import { buildWatched, showTip } from "./watched.js";

const mounted = new WeakMap(); // place on the page -> its workbench
let generations = 0;

/** Streamlit calls this at mount and whenever data or theme changed, without cleaning up before. */
export default function gatescopeWorkbench({ data, parentElement, setStateValue }) {
  let bench = mounted.get(parentElement);
  if (!bench || !bench.alive) {
    bench = mountBench(parentElement);
    mounted.set(parentElement, bench);
  }
  bench.setStateValue = setStateValue;
  const generation = (bench.generation = generations += 1);
  takeBench(bench, readBench(data));
  return () => {
    if (bench.generation === generation) unmountBench(bench, parentElement);
  };
}

function mountBench(parentElement) {
  const parts = buildBench();
  const holder = parentElement.querySelector(".gatescope") ?? parentElement;
  holder.replaceChildren(parts.root);
  const bench = { parts, alive: true, chosen: NEWEST, run: null, restTimer: null };
  listenToChoosing(bench);
  listenToTips(bench);
  listenToLeaving(bench);
  bench.observer = new ResizeObserver(() => requestAnimationFrame(() => resized(bench)));
  bench.observer.observe(parts.root);
  return bench;
}

function unmountBench(bench, parentElement) {
  bench.alive = false;
  stopPlaying(bench);
  bench.observer.disconnect();
  clearTimeout(bench.restTimer);
  clearTimeout(bench.retryTimer);
  mounted.delete(parentElement);
}

/** Another run begins anew; the same run goes on, and what the reader looks at stays. */
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
    bench.asked = bench.told = null;
    buildWatched(bench);
    bench.theme = null;
  }
  // What was shown may have been dropped, or forgotten by a rewind.
  if (bench.chosen !== NEWEST && !bench.run.kept.includes(bench.chosen)) bench.chosen = nearest(bench.run.kept, bench.chosen) ?? NEWEST;
  if (other || bench.theme !== themeSignature(bench.parts.root)) applyTheme(bench);
  layOut(bench);
  showStatus(bench);
  fetchMissing(bench);
  rememberRun(bench);
  clearTimeout(bench.retryTimer);
  bench.retryTimer = setTimeout(() => bench.alive && fetchMissing(bench), ASK_AGAIN + 100);
}

function listenToTips(bench) {
  const { watched, tooltip } = bench.parts;
  watched.addEventListener("pointermove", (event) => {
    const row = bench.snapshot && bench.rows?.find((r) => r.canvas === event.composedPath()[0]);
    if (row && !row.silent) showTip(bench, row, event);
    else tooltip.hidden = true;
  });
  watched.addEventListener("pointerleave", () => (tooltip.hidden = true));
}
