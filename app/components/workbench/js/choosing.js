// Choosing a checkpoint: by key, by pointer, by playing through training, or the newest.

import { icon, setAttributes, setText } from "../../shared/js/elements.js";
import { ICONS } from "../../shared/js/icons.js";
import { NEWEST, placeOf, shownUpdate } from "./chosen.js";
import { paintMarks, showPlayhead, xToUpdate } from "./curves.js";
import { reportSoon } from "./reports.js";
import { nearest } from "./run.js";
import { paintWatched } from "./watched.js";

const PLAY_EVERY = 140; // ms per checkpoint

/** From now on the newest checkpoint is shown, and Python is told so. */
export function follow(bench) {
  stopPlaying(bench);
  bench.chosen = NEWEST;
  reportSoon(bench);
}

/** Show a kept checkpoint, or NEWEST. */
function choose(bench, update) {
  bench.chosen = update;
  showChosen(bench);
  reportSoon(bench);
}

function chooseStep(bench, by) {
  const { kept } = bench.run;
  if (!kept.length) return;
  const place = placeOf(bench) + by;
  choose(bench, place >= kept.length ? NEWEST : kept[Math.max(0, place)]);
}

/** Paint what depends on the choice; however often a gesture asks, once per frame. */
function showChosen(bench) {
  if (bench.painting) return;
  bench.painting = requestAnimationFrame(() => {
    bench.painting = null;
    if (!bench.alive || !bench.run) return;
    paintMarks(bench);
    showPlayhead(bench);
    showChooser(bench);
    paintWatched(bench);
  });
}

export function showChooser(bench) {
  const { chooser, curves } = bench.parts;
  const { kept, head } = bench.run;
  const place = placeOf(bench);
  const text = `update ${shownUpdate(bench).toLocaleString("en")} · checkpoint ${place + 1} of ${kept.length}`;
  setText(chooser.readout, text);
  chooser.newest.setAttribute("aria-pressed", String(bench.chosen === NEWEST));
  chooser.first.disabled = chooser.back.disabled = place === 0;
  chooser.on.disabled = place >= kept.length - 1;
  chooser.play.disabled = kept.length < 2;
  setAttributes(curves.slider, { "aria-valuemin": 0, "aria-valuemax": Math.max(kept.length - 1, 0), "aria-valuenow": place, "aria-valuetext": text });
  bench.parts.root.dataset.update = shownUpdate(bench);
  bench.parts.root.dataset.kept = kept.length;
  bench.parts.root.dataset.held = bench.run.held.size;
  bench.parts.root.dataset.run = head.run;
}

function playOrPause(bench) {
  if (bench.player) return stopPlaying(bench);
  const { kept } = bench.run;
  let place = placeOf(bench);
  if (place >= kept.length - 1) place = -1;
  const step = () => {
    place += 1;
    if (place >= bench.run.kept.length - 1) {
      stopPlaying(bench);
      return choose(bench, NEWEST);
    }
    choose(bench, bench.run.kept[place]);
  };
  bench.player = setInterval(step, PLAY_EVERY);
  showPlayButton(bench);
  step();
}

export function stopPlaying(bench) {
  clearInterval(bench.player);
  bench.player = null;
  showPlayButton(bench);
}

function showPlayButton(bench) {
  const { play } = bench.parts.chooser;
  play.replaceChildren(icon(bench.player ? ICONS.pause : ICONS.play));
  play.setAttribute("aria-label", bench.player ? "Pause" : "Play through training");
}

const CHOOSING = {
  ArrowRight: (bench) => chooseStep(bench, 1),
  ArrowUp: (bench) => chooseStep(bench, 1),
  ArrowLeft: (bench) => chooseStep(bench, -1),
  ArrowDown: (bench) => chooseStep(bench, -1),
  PageUp: (bench) => chooseStep(bench, 10),
  PageDown: (bench) => chooseStep(bench, -10),
  Home: (bench) => choose(bench, bench.run.kept[0] ?? 0),
  End: (bench) => choose(bench, NEWEST),
  " ": (bench) => playOrPause(bench),
};

/** Keys inside the card; a button keeps its own space and enter. */
export function listenToChoosing(bench) {
  const { root, chooser, curves } = bench.parts;
  root.addEventListener("keydown", (event) => {
    const action = CHOOSING[event.key];
    const onButton = event.composedPath()[0].closest?.("button");
    if (!action || !bench.run || event.ctrlKey || event.metaKey || event.altKey || (onButton && event.key === " ")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key !== " ") stopPlaying(bench);
    action(bench);
  });
  const click = (button, action) => button.addEventListener("click", () => bench.run && action());
  click(chooser.first, () => (stopPlaying(bench), CHOOSING.Home(bench)));
  click(chooser.back, () => (stopPlaying(bench), chooseStep(bench, -1)));
  click(chooser.on, () => (stopPlaying(bench), chooseStep(bench, 1)));
  click(chooser.play, () => playOrPause(bench));
  click(chooser.newest, () => (stopPlaying(bench), choose(bench, bench.chosen === NEWEST ? shownUpdate(bench) : NEWEST)));
  for (const node of [curves.slider, curves.loss, curves.success]) listenToScrubbing(bench, node);
}

/** Drag over the checkpoints or the curves: the nearest kept checkpoint is shown. */
function listenToScrubbing(bench, node) {
  const scrub = (event) => {
    const { kept } = bench.run;
    const near = nearest(kept, xToUpdate(bench, event.clientX - node.getBoundingClientRect().left));
    choose(bench, near === kept[kept.length - 1] ? NEWEST : near);
  };
  node.addEventListener("pointerdown", (event) => {
    if (!bench.run || event.button !== 0) return;
    stopPlaying(bench);
    node.setPointerCapture(event.pointerId);
    bench.scrubbing = true;
    scrub(event);
  });
  node.addEventListener("pointermove", (event) => bench.scrubbing && bench.run && scrub(event));
  for (const end of ["pointerup", "pointercancel"]) node.addEventListener(end, () => (bench.scrubbing = false));
}
