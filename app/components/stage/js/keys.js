// Keys work without a click first, but are never taken from a place that needs them itself.

import { leader, timestepsOf } from "./group.js";
import { toggleHelp } from "./help.js";
import { MEAN } from "./lookup.js";
import {
  chooseSettings,
  chooseUnit,
  moveTo,
  pause,
  selectNeighbour,
  setSlow,
  setView,
  stepOnScreen,
  togglePlay,
} from "./player.js";
import { zoomed } from "./view.js";

const TYPING = "input, textarea, select, [contenteditable], [role=textbox], [role=combobox], [role=listbox], [role=spinbutton]";
const ARROWS = "[role=tab], [role=radio], [role=radiogroup], [role=slider], [role=option], [role=menu], [role=menuitem], [role=grid], canvas, audio, video";
const PRESSED = "button, a, summary, [role=button], [role=checkbox], [role=switch]";

/** Zoom the common view about now. */
function zoomBy(stage, by) {
  const { group } = stage;
  setView(stage, zoomed(group.view, group.t + 0.5, by, timestepsOf(group)));
}

/** What a key does: key -> function(stage, event). */
const ACTIONS = {
  ArrowRight: (stage, event) => stepOnScreen(stage, event.shiftKey ? 10 : 1),
  ArrowLeft: (stage, event) => stepOnScreen(stage, event.shiftKey ? -10 : -1),
  ArrowUp: (stage) => selectNeighbour(stage, -1),
  ArrowDown: (stage) => selectNeighbour(stage, 1),
  Home: (stage) => (pause(stage), moveTo(stage, 0)),
  End: (stage) => (pause(stage), moveTo(stage, timestepsOf(stage.group) - 1)),
  " ": (stage) => togglePlay(stage),
  f: (stage) => setSlow(stage, !stage.slow),
  v: (stage) => chooseSettings(stage.group, { veil: !stage.veil }),
  m: (stage) => chooseUnit(stage, MEAN),
  "+": (stage) => zoomBy(stage, 1 / 1.5),
  "=": (stage) => zoomBy(stage, 1 / 1.5),
  "-": (stage) => zoomBy(stage, 1.5),
  0: (stage) => setView(stage, [0, timestepsOf(stage.group)]),
  "?": (stage) => toggleHelp(stage),
  Escape: (stage) => (stage.parts.help.hidden ? false : toggleHelp(stage, false)),
};

/** Listen on the document; only stages that are in sight answer. */
export function listenToKeys(group) {
  const listener = (event) => {
    if (!group.alive || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = ACTIONS[event.key] ?? ACTIONS[event.key.toLowerCase()];
    if (!action || !mayTake(group, event)) return;
    if (action(meantStage(group, event), event) === false) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("keydown", listener, true);
  return () => document.removeEventListener("keydown", listener, true);
}

/** The stage of a group that has the focus, else the one that was last clicked, else the first. */
function meantStage(group, event) {
  const path = event.composedPath();
  const focused = group.members.find((stage) => path.includes(stage.parts.root));
  return focused ?? group.members.find((stage) => stage === group.clicked) ?? leader(group);
}

/** Whether this key press is ours: inside the card, or nowhere in particular while it is in sight. */
function mayTake(group, event) {
  const target = event.composedPath()[0];
  const inside = event.composedPath().includes(group.parts.root);
  if (!(target instanceof Element)) return inSight(group);
  if (inside) return mayTakeInside(target, event.key);
  if (!inSight(group) || document.querySelector("[role=dialog][aria-modal=true], dialog[open]")) return false;
  if (target.closest(TYPING) || target.closest(ARROWS)) return false;
  if (target.closest(PRESSED)) return event.key === "ArrowLeft" || event.key === "ArrowRight";
  return true;
}

/** Inside the stage the scrubber's arrows are ours; a list keeps its own, a button its space. */
function mayTakeInside(target, key) {
  if (target.matches("select")) return ["f", "v", "m", "?"].includes(key) ? false : key === "ArrowLeft" || key === "ArrowRight";
  if (target.matches("button")) return key !== " ";
  return true;
}

function inSight({ parts }) {
  const box = parts.root.getBoundingClientRect();
  const seen = Math.min(box.bottom, window.innerHeight) - Math.max(box.top, 0);
  return box.height > 0 && seen > 0.35 * Math.min(box.height, window.innerHeight);
}
