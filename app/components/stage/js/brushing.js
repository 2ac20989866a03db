// Brushing: a drag over a heatmap, or shift and arrows, mark a stretch of time where the page asks
// for one.

import { setText } from "../../shared/js/elements.js";
import { say } from "../../shared/js/words.js";
import { placeBrush } from "./brush.js";
import { timestepsOf } from "./group.js";
import { moveTime, pause } from "./player.js";
import { tellUntold } from "./reports.js";

/** @import { Brush, Cell, Group, Stage } from "./types.d.ts" */

/**
 * @typedef {object} Brushing
 * @property {string} signal
 * @property {number} from - the timestep at which it began
 * @property {Brush["range"]} before
 */

const BRUSH_REST = 450; // ms after the last key until the page hears of it

/**
 * Begin to brush where a signal was pressed and the page asks for a stretch; null elsewhere.
 *
 * @param {Stage} stage
 * @param {Cell} cell
 * @param {number} y - on the board
 * @returns {Brushing | null}
 */
export function beginBrushing({ group, strip }, { panel, t }, y) {
  const row = strip.find(({ box, follows }) => follows && y >= box.top && y < box.top + box.height);
  const signal = panel ? panel.signal.name : row?.hue; // a folded board has rows of the memory
  return group.brush && signal ? { signal, from: t, before: group.brush.range } : null;
}

/**
 * Brush as far as the pointer is; time goes along, to the end of what is marked.
 *
 * @param {Stage} stage
 * @param {Brushing} brushing
 * @param {number} x
 */
export function brushTo({ group, plotBox, widths }, { from }, x) {
  group.scrubbing = true;
  pause(group);
  const [start, stop] = group.view;
  const share = Math.min(0.9999, Math.max(0, (x - plotBox.left) / widths.plot));
  const to = Math.floor(start + share * (stop - start));
  moveTime(group, Math.max(from, to));
  markStretch(group, from, to);
}

/**
 * Tell the page what was brushed.
 *
 * @param {Stage} stage
 * @param {Brushing} brushing
 */
export function finishBrushing({ group }, { signal }) {
  tellBrushed(group, signal);
}

/**
 * Leave the stretch that was marked before.
 *
 * @param {Stage} stage
 * @param {Brushing} brushing
 */
export function cancelBrushing({ group }, { before }) {
  if (!group.brush) return;
  group.brush.range = before;
  placeBrush(group);
}

/**
 * Move by keys, and mark everything on the way; false where the page asks for no stretch.
 *
 * @param {Group} group
 * @param {number} by
 */
export function brushByKey(group, by) {
  const { brush } = group;
  if (!brush) return false;
  pause(group);
  if (brush.head !== group.settings.t) brush.anchor = group.settings.t;
  moveTime(group, group.settings.t + by);
  brush.head = group.settings.t;
  markStretch(group, brush.anchor, brush.head);
  clearTimeout(brush.timer);
  brush.timer = setTimeout(() => tellBrushed(group, ""), BRUSH_REST);
  return true;
}

/**
 * @param {Group} group
 * @param {number} from
 * @param {number} to
 */
function markStretch(group, from, to) {
  if (!group.brush) return;
  const within = Math.min(timestepsOf(group) - 1, Math.max(0, to));
  group.brush.range = [Math.min(from, within), Math.max(from, within)];
  placeBrush(group);
}

/**
 * Tell Python and those who listen; "" as the signal leaves the one that was chosen.
 *
 * @param {Group} group
 * @param {string} signal
 */
function tellBrushed(group, signal) {
  if (!group.alive || !group.brush?.range) return;
  const [first, last] = group.brush.range;
  setText(group.parts.live, say("brushed", { first, last }));
  tellUntold(group); // what else the reader changed comes first
  group.setStateValue("brush", { first, last, signal, moment: Date.now() });
}
