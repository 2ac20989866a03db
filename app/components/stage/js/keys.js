// Keys work without a click first, but are never taken from a place that needs them itself.

import { leader, timestepsOf } from "./group.js";
import { toggleHelp } from "./help.js";
import { MEAN } from "./lookup.js";
import {
  chooseSettings,
  chooseUnit,
  moveTime,
  pause,
  selectNeighbour,
  setSlow,
  setView,
  stepOnScreen,
  togglePlay,
} from "./player.js";
import { zoomed } from "./view.js";

/** @import { Group, Stage } from "./types.d.ts" */

// Places that need keys themselves: all of them, arrows, space and enter.
const TYPING = [
  "input, textarea, select, [contenteditable]",
  "[role=textbox], [role=combobox], [role=listbox], [role=spinbutton]",
].join(", ");
const ARROWS = [
  "[role=tab], [role=radio], [role=radiogroup], [role=slider], [role=option]",
  "[role=menu], [role=menuitem], [role=grid], canvas, audio, video",
].join(", ");
const PRESSED = "button, a, summary, [role=button], [role=checkbox], [role=switch]";

/**
 * Zoom the common view about now.
 *
 * @param {Group} group
 * @param {number} by
 */
function zoomBy(group, by) {
  setView(group, zoomed(group.view, group.settings.t + 0.5, by, timestepsOf(group)));
}

/**
 * Go to a timestep and stay there.
 *
 * @param {Group} group
 * @param {number} t
 */
function goTo(group, t) {
  pause(group);
  moveTime(group, t);
}

/**
 * What a key does, with the stage that is meant; false where it does nothing.
 *
 * @type {Record<string, (stage: Stage, event: KeyboardEvent) => boolean | void>}
 */
const ACTIONS = {
  ArrowRight: ({ group }, event) => stepOnScreen(group, event.shiftKey ? 10 : 1),
  ArrowLeft: ({ group }, event) => stepOnScreen(group, event.shiftKey ? -10 : -1),
  ArrowUp: (stage) => selectNeighbour(stage, -1),
  ArrowDown: (stage) => selectNeighbour(stage, 1),
  Home: ({ group }) => goTo(group, 0),
  End: ({ group }) => goTo(group, timestepsOf(group) - 1),
  " ": ({ group }) => togglePlay(group),
  f: ({ group }) => setSlow(group, !group.settings.slow),
  v: ({ group }) => chooseSettings(group, { veil: !group.settings.veil }),
  m: (stage) => chooseUnit(stage, MEAN),
  "+": ({ group }) => zoomBy(group, 1 / 1.5),
  "=": ({ group }) => zoomBy(group, 1 / 1.5),
  "-": ({ group }) => zoomBy(group, 1.5),
  0: ({ group }) => setView(group, [0, timestepsOf(group)]),
  "?": ({ group }) => toggleHelp(group),
  Escape: ({ group }) => (group.parts.help.hidden ? false : toggleHelp(group, false)),
};

/**
 * Listen on the document; only stages that are in sight answer.
 *
 * @param {Group} group
 * @returns {() => void} what stops listening
 */
export function listenToKeys(group) {
  const listener = (/** @type {KeyboardEvent} */ event) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (!group.alive || event.defaultPrevented || modified) return;
    const action = ACTIONS[event.key] ?? ACTIONS[event.key.toLowerCase()];
    if (!action || !mayTake(group, event)) return;
    if (action(meantStage(group, event), event) === false) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("keydown", listener, true);
  return () => document.removeEventListener("keydown", listener, true);
}

/**
 * The stage of a group that has the focus, else the one that was last clicked, else the first.
 *
 * @param {Group} group
 * @param {KeyboardEvent} event
 */
function meantStage(group, event) {
  const path = event.composedPath();
  const focused = group.members.find((stage) => path.includes(stage.parts.root));
  return focused ?? group.members.find((stage) => stage === group.clicked) ?? leader(group);
}

/**
 * Whether this key press is ours: inside the card, or nowhere in particular while it is in sight.
 *
 * @param {Group} group
 * @param {KeyboardEvent} event
 */
function mayTake(group, event) {
  const target = event.composedPath()[0];
  const inside = event.composedPath().includes(group.parts.root);
  if (!(target instanceof Element)) return inSight(group);
  if (inside) return mayTakeInside(target, event.key);
  const dialog = document.querySelector("[role=dialog][aria-modal=true], dialog[open]");
  if (!inSight(group) || dialog) return false;
  if (target.closest(TYPING) || target.closest(ARROWS)) return false;
  if (target.closest(PRESSED)) return event.key === "ArrowLeft" || event.key === "ArrowRight";
  return true;
}

/**
 * Inside the stage the scrubber's arrows are ours; a list keeps its own, a button its space.
 *
 * @param {Element} target
 * @param {string} key
 */
function mayTakeInside(target, key) {
  if (target.matches("select")) return key === "ArrowLeft" || key === "ArrowRight";
  if (target.matches("button")) return key !== " ";
  return true;
}

/**
 * Whether enough of the card is in sight that its keys are expected to work.
 *
 * @param {Group} group
 */
function inSight({ parts }) {
  const box = parts.root.getBoundingClientRect();
  const seen = Math.min(box.bottom, window.innerHeight) - Math.max(box.top, 0);
  return box.height > 0 && seen > 0.35 * Math.min(box.height, window.innerHeight);
}
