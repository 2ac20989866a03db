// Choosing a checkpoint: by key, by pointer, by playing through training, or the newest.

import { icon, setAttributes, setText } from "../../shared/js/elements.js";
import { ICONS } from "../../shared/js/icons.js";
import { say } from "../../shared/js/words.js";
import { NEWEST, placeOf, shownUpdate } from "./chosen.js";
import { paintMarks, showPlayhead, xToUpdate } from "./curves.js";
import { reportSoon } from "./reports.js";
import { nearest } from "./run.js";
import { paintWatched } from "./watched.js";

/** @import { Bench } from "./types.d.ts" */

const PLAY_EVERY = 140; // ms per checkpoint

/**
 * From now on the newest checkpoint is shown, and Python is told so.
 *
 * @param {Bench} bench
 */
export function follow(bench) {
  stopPlaying(bench);
  bench.chosen = NEWEST;
  reportSoon(bench);
}

/**
 * Show a kept checkpoint, or NEWEST.
 *
 * @param {Bench} bench
 * @param {number} update
 */
function choose(bench, update) {
  bench.chosen = update;
  showChosen(bench);
  reportSoon(bench);
}

/**
 * Show the checkpoint that stands so many places further on.
 *
 * @param {Bench} bench
 * @param {number} by
 */
function chooseStep(bench, by) {
  const { kept } = bench.run;
  if (!kept.length) return;
  const place = placeOf(bench) + by;
  choose(bench, place >= kept.length ? NEWEST : kept[Math.max(0, place)]);
}

/**
 * Paint what depends on the choice; however often a gesture asks, once per frame.
 *
 * @param {Bench} bench
 */
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

/**
 * Say which checkpoint is shown, on the controls and on the card.
 *
 * @param {Bench} bench
 */
export function showChooser(bench) {
  const { chooser, curves } = bench.parts;
  const { kept, head, held } = bench.run;
  const { dataset } = bench.parts.root;
  const [place, update] = [placeOf(bench), shownUpdate(bench)];
  const where = { place: place + 1, kept: kept.length };
  const text = say("shown", { update: update.toLocaleString("en"), ...where });
  setText(chooser.readout, text);
  chooser.newest.setAttribute("aria-pressed", String(bench.chosen === NEWEST));
  chooser.first.disabled = chooser.back.disabled = place === 0;
  chooser.on.disabled = place >= kept.length - 1;
  chooser.play.disabled = kept.length < 2;
  setAttributes(curves.slider, {
    "aria-valuemin": 0,
    "aria-valuemax": Math.max(kept.length - 1, 0),
    "aria-valuenow": place,
    "aria-valuetext": text,
  });
  dataset.update = String(update);
  dataset.kept = String(kept.length);
  dataset.held = String(held.size);
  dataset.run = head.run;
}

/**
 * Play through training from here, or from the first checkpoint where this is the last; or pause.
 *
 * @param {Bench} bench
 */
function playOrPause(bench) {
  if (bench.player) {
    stopPlaying(bench);
    return;
  }
  let place = placeOf(bench);
  if (place >= bench.run.kept.length - 1) place = -1;
  const step = () => {
    const { kept } = bench.run;
    place += 1;
    const end = place >= kept.length - 1;
    if (end) stopPlaying(bench);
    choose(bench, end ? NEWEST : kept[place]);
  };
  bench.player = setInterval(step, PLAY_EVERY);
  showPlayButton(bench);
  step();
}

/**
 * Stand still at a checkpoint.
 *
 * @param {Bench} bench
 */
export function stopPlaying(bench) {
  clearInterval(bench.player);
  bench.player = undefined;
  showPlayButton(bench);
}

/**
 * The button says what it would do now.
 *
 * @param {Bench} bench
 */
function showPlayButton(bench) {
  const { play } = bench.parts.chooser;
  play.replaceChildren(icon(bench.player ? ICONS.pause : ICONS.play));
  play.setAttribute("aria-label", say(bench.player ? "pause" : "play"));
}

/**
 * What a key does.
 *
 * @type {Record<string, (bench: Bench) => void>}
 */
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

/**
 * Keys inside the card; a button keeps its own space and enter.
 *
 * @param {Bench} bench
 */
export function listenToChoosing(bench) {
  const { root, chooser, curves } = bench.parts;
  root.addEventListener("keydown", (event) => {
    const action = CHOOSING[event.key];
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (!action || !bench.run || modified || (event.key === " " && onButton(event))) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key !== " ") stopPlaying(bench);
    action(bench);
  });
  chooser.play.addEventListener("click", () => playOrPause(bench));
  const still = (/** @type {HTMLElement} */ button, /** @type {(bench: Bench) => void} */ act) =>
    button.addEventListener("click", () => {
      stopPlaying(bench);
      act(bench);
    });
  still(chooser.first, CHOOSING.Home);
  still(chooser.back, CHOOSING.ArrowLeft);
  still(chooser.on, CHOOSING.ArrowRight);
  still(chooser.newest, toggleNewest);
  for (const node of [curves.slider, curves.loss, curves.success]) listenToScrubbing(bench, node);
}

/**
 * Whether a key was pressed on a button, which has a use for it itself.
 *
 * @param {KeyboardEvent} event
 */
function onButton(event) {
  const [target] = event.composedPath();
  return target instanceof Element && target.closest("button") !== null;
}

/**
 * Follow the newest from now on, or stay with it.
 *
 * @param {Bench} bench
 */
function toggleNewest(bench) {
  choose(bench, bench.chosen === NEWEST ? shownUpdate(bench) : NEWEST);
}

/**
 * Drag over the checkpoints or the curves: the nearest kept checkpoint is shown.
 *
 * @param {Bench} bench
 * @param {HTMLElement} node
 */
function listenToScrubbing(bench, node) {
  const scrub = (/** @type {PointerEvent} */ event) => {
    const { kept } = bench.run;
    const x = event.clientX - node.getBoundingClientRect().left;
    const near = nearest(kept, xToUpdate(bench, x)) ?? NEWEST;
    choose(bench, near === kept[kept.length - 1] ? NEWEST : near);
  };
  node.addEventListener("pointerdown", (event) => {
    if (!bench.run || event.button !== 0) return;
    stopPlaying(bench);
    node.setPointerCapture(event.pointerId);
    bench.scrubbing = true;
    scrub(event);
  });
  node.addEventListener("pointermove", (event) => {
    if (bench.scrubbing) scrub(event);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    node.addEventListener(end, () => {
      bench.scrubbing = false;
    });
  }
}
