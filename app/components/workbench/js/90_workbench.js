// The component: mounts once per place on the page, takes in what Python sends, draws.

const mounted = new WeakMap(); // place on the page -> its workbench
const SPEAK_EVERY = 10_000; // ms between two progress reports to a screen reader
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

// ---- words ---------------------------------------------------------------------------------------

function showStatus(bench) {
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

// ---- theme and layout ------------------------------------------------------------------------------

function applyTheme(bench) {
  const { root } = bench.parts;
  bench.theme = themeSignature(root);
  const { mode, font, codeFont } = pageTheme(root);
  Object.assign(bench, { font, codeFont, colours: bench.run.head.colours[mode] });
  setColours(root, bench.colours);
  const tables = Object.entries(bench.colours.signals).map(([name, { stops }]) => [name, colourTable(stops)]);
  bench.tables = Object.fromEntries(tables);
}

/** Fit everything to the card's width, and paint it. */
function layOut(bench) {
  const { root } = bench.parts;
  const style = getComputedStyle(root);
  const width = root.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const narrow = width < NARROW;
  const [label, now] = narrow ? [0, 62] : [150, 92];
  bench.widths = { width, label, now, plot: Math.max(80, width - label - now) };
  root.classList.toggle("narrow", narrow);
  for (const name of ["label", "plot", "now"]) root.style.setProperty(`--${name}`, `${bench.widths[name]}px`);
  bench.drawnWidth = root.clientWidth;
  paintCurves(bench);
  showPlayhead(bench);
  showChooser(bench);
  paintWatched(bench);
}

function resized(bench) {
  if (bench.alive && bench.run && bench.parts.root.clientWidth !== bench.drawnWidth) layOut(bench);
}
