// Keys act on the stage that the reader is in: while it has the focus, or after a click in it.
// Elsewhere they are the page's, and inside a list keeps its arrows, a button its space.

import { brushByKey } from "./brushing.js";
import { characterKeysAct } from "./character_keys.js";
import { nextEvent } from "./events.js";
import { leader, timestepsOf } from "./group.js";
import { openHelp } from "./help.js";
import { MEAN } from "./lookup.js";
import {
  chooseSettings,
  chooseUnit,
  moveTime,
  pause,
  present,
  selectNeighbour,
  setSlow,
  showWhole,
  stepOnScreen,
  togglePlay,
  ZOOM_STEP,
  zoomBy,
} from "./player.js";
import { isPresenting } from "./present.js";

/** @import { Group, Stage } from "./types.d.ts" */

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
 * Walk on the screen; with shift ten timesteps, or marking a stretch where the page asks for one.
 *
 * @param {Group} group
 * @param {1 | -1} by
 * @param {KeyboardEvent} event
 */
function walk(group, by, { shiftKey }) {
  if (shiftKey && brushByKey(group, by)) return;
  stepOnScreen(group, shiftKey ? 10 * by : by);
}

/**
 * Go to the next event, or to the one before; false where there is none.
 *
 * @param {Group} group
 * @param {1 | -1} by
 */
function goToEvent(group, by) {
  const t = nextEvent(leader(group).scene, group.settings.t, by);
  if (t === null) return false;
  goTo(group, t);
  return true;
}

/**
 * What a key does, with the stage that is meant; false where it does nothing.
 *
 * @type {Record<string, (stage: Stage, event: KeyboardEvent) => boolean | void>}
 */
const ACTIONS = {
  ArrowRight: ({ group }, event) => walk(group, 1, event),
  ArrowLeft: ({ group }, event) => walk(group, -1, event),
  ArrowUp: (stage) => selectNeighbour(stage, -1),
  ArrowDown: (stage) => selectNeighbour(stage, 1),
  Home: ({ group }) => goTo(group, 0),
  End: ({ group }) => goTo(group, timestepsOf(group) - 1),
  " ": ({ group }) => togglePlay(group),
  e: ({ group }, event) => goToEvent(group, event.shiftKey ? -1 : 1),
  f: ({ group }) => setSlow(group, !group.settings.slow),
  v: ({ group }) => chooseSettings(group, { veil: !group.settings.veil }),
  m: (stage) => chooseUnit(stage, MEAN),
  "+": ({ group }) => zoomBy(group, 1 / ZOOM_STEP),
  "=": ({ group }) => zoomBy(group, 1 / ZOOM_STEP),
  "-": ({ group }) => zoomBy(group, ZOOM_STEP),
  0: ({ group }) => showWhole(group),
  p: ({ group }) => present(group, !isPresenting(group)),
  "?": ({ group }) => openHelp(group),
};

/** What keys do beyond that where the stage stands alone: a presenter's clicker sends them. */
const PRESENTER_ACTIONS = {
  PageDown: ACTIONS.ArrowRight,
  PageUp: ACTIONS.ArrowLeft,
  Escape: (/** @type {Stage} */ { group }) => present(group, false),
};

/**
 * Listen on the document: keys come to the body too, after a click in the stage.
 *
 * @param {Group} group
 * @returns {() => void} what stops listening
 */
export function listenToKeys(group) {
  const stop = new AbortController();
  const options = { capture: true, signal: stop.signal };
  const enter = (/** @type {Event} */ event) => {
    group.entered = event.composedPath().includes(group.parts.root);
  };
  document.addEventListener("pointerdown", enter, options);
  document.addEventListener("focusin", enter, options);
  document.addEventListener("keydown", (event) => takeKey(group, event), options);
  return () => stop.abort();
}

/**
 * Do what a key says, where it is ours.
 *
 * @param {Group} group
 * @param {KeyboardEvent} event
 */
function takeKey(group, event) {
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (!group.alive || event.defaultPrevented || modified) return;
  const action = actionOf(group, event.key);
  if (!action || !mayTake(group, event)) return;
  if (action(meantStage(group, event), event) === false) return;
  event.preventDefault();
  event.stopPropagation();
}

/**
 * What a key does now.
 *
 * @param {Group} group
 * @param {string} key
 */
function actionOf(group, key) {
  const more = isPresenting(group) ? PRESENTER_ACTIONS : {};
  const actions = /** @type {typeof ACTIONS} */ ({ ...ACTIONS, ...more });
  return actions[key] ?? actions[key.toLowerCase()];
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
 * Whether this key press is ours: inside the card, or nowhere in particular after a click in it.
 *
 * @param {Group} group
 * @param {KeyboardEvent} event
 */
function mayTake(group, event) {
  if (group.parts.help.open || group.parts.glossary.open) return false;
  if (isCharacter(event.key) && !characterKeysAct()) return false;
  const [target] = event.composedPath();
  if (!event.composedPath().includes(group.parts.root)) {
    return (group.entered || isPresenting(group)) && target === document.body;
  }
  return target instanceof Element && mayTakeFrom(target, event.key);
}

/**
 * Whether a key prints something; space does not.
 *
 * @param {string} key
 */
function isCharacter(key) {
  return key.length === 1 && key !== " ";
}

/**
 * Inside the stage the scrubber's arrows are ours; a list keeps its own, a button its space, and a
 * gate that can be pulled its up and down.
 *
 * @param {Element} target
 * @param {string} key
 */
function mayTakeFrom(target, key) {
  if (target.matches("select")) return key === "ArrowLeft" || key === "ArrowRight";
  if (target.matches("button")) return key !== " ";
  if (target.matches(".pull")) return !["ArrowUp", "ArrowDown"].includes(key);
  return true;
}
