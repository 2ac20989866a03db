// Mouse and touch on the board: hover reads, a click selects, a drag pans or scrubs, two fingers
// or Ctrl with the wheel zoom time. A plain wheel scrolls the page.

import { beginBrushing, brushTo, cancelBrushing, finishBrushing } from "./brushing.js";
import { isWhole, timestepsOf } from "./group.js";
import { cellAt } from "./overlay.js";
import { beginPainting, finishPainting, paintTo } from "./paint.js";
import { chooseUnit, moveTime, pause, setView } from "./player.js";
import { rest } from "./reports.js";
import { showTooltip } from "./tooltip.js";
import { zoomed } from "./view.js";

/** @import { Cell, Stage, View } from "./types.d.ts" */
/** @import { Brushing } from "./brushing.js" */
/** @import { Painting } from "./paint.js" */

/**
 * @typedef {{ x: number, y: number }} Place
 *
 * @typedef {object} Gesture
 * @property {Map<number, Place>} fingers - where each pointer is that is down
 * @property {{ start: Place, view: View, scrubs: boolean, moved: boolean } | null} drag
 * @property {{ apart: number, view: View } | null} pinch - as it began
 * @property {Painting | null} painting - over a gate's row
 * @property {Brushing | null} brushing - over a heatmap, once it has moved
 */

const CLICK = 4; // a pointer that moved less than this many pixels has clicked
const WHEEL_ZOOM = 0.005; // of the zoom's logarithm with a pixel of the wheel

/**
 * Have the board of a stage answer to pointers and the wheel.
 *
 * @param {Stage} stage
 */
export function listenToBoard(stage) {
  const { board } = stage.parts;
  /** @type {Gesture} */
  const gesture = { fingers: new Map(), drag: null, pinch: null, painting: null, brushing: null };
  board.addEventListener("pointerdown", (event) => press(stage, gesture, event));
  board.addEventListener("pointermove", (event) => move(stage, gesture, event));
  board.addEventListener("pointerup", (event) => release(stage, gesture, event));
  board.addEventListener("pointercancel", (event) => release(stage, gesture, event));
  board.addEventListener("pointerleave", () => {
    stage.overlay.tooltip.hidden = true;
  });
  board.addEventListener("wheel", (event) => wheel(stage, event), { passive: false });
}

/**
 * A pointer's place on the board, in its own pixels.
 *
 * @param {Stage} stage
 * @param {MouseEvent} event
 */
function placeOf(stage, event) {
  const box = stage.parts.board.getBoundingClientRect();
  const enlarged = stage.group.magnification;
  return { x: (event.clientX - box.left) / enlarged, y: (event.clientY - box.top) / enlarged };
}

/**
 * A pointer goes down: a drag begins, or with a second finger a pinch.
 *
 * @param {Stage} stage
 * @param {Gesture} gesture
 * @param {PointerEvent} event
 */
function press(stage, gesture, event) {
  if (event.button !== 0) return;
  const place = placeOf(stage, event);
  const cell = cellAt(stage, place.x, place.y);
  if (!cell) return;
  gesture.painting = beginPainting(stage, event, cell);
  if (gesture.brushing) cancelBrushing(stage, gesture.brushing); // a second finger pinches
  gesture.brushing = gesture.fingers.size ? null : beginBrushing(stage, cell, place.y);
  gesture.fingers.set(event.pointerId, place);
  if (event.pointerType === "mouse") stage.parts.board.setPointerCapture(event.pointerId);
  const { view } = stage.group;
  const onStrip = place.y < (stage.shown[0]?.box.top ?? Infinity);
  gesture.drag = { start: place, view, scrubs: onStrip || isWhole(stage.group), moved: false };
  if (gesture.fingers.size === 2) gesture.pinch = { apart: apart(gesture), view };
}

/**
 * A pointer moves: it reads, drags or pinches.
 *
 * @param {Stage} stage
 * @param {Gesture} gesture
 * @param {PointerEvent} event
 */
function move(stage, gesture, event) {
  const place = placeOf(stage, event);
  if (!gesture.fingers.has(event.pointerId)) {
    if (event.pointerType !== "touch") showTooltip(stage, place.x, place.y);
    return;
  }
  gesture.fingers.set(event.pointerId, place);
  if (gesture.painting) paintTo(stage, gesture.painting, place.x);
  else if (gesture.fingers.size === 2) pinch(stage, gesture);
  else drag(stage, gesture, place);
}

/**
 * Drag the view along, or scrub through the run.
 *
 * @param {Stage} stage
 * @param {Gesture} gesture
 * @param {Place} place
 */
function drag(stage, gesture, place) {
  if (!gesture.drag) return;
  const { start, view, scrubs } = gesture.drag;
  if (Math.abs(place.x - start.x) > CLICK) gesture.drag.moved = true;
  if (!gesture.drag.moved) return;
  stage.overlay.tooltip.hidden = true;
  if (gesture.brushing) {
    brushTo(stage, gesture.brushing, place.x);
    return;
  }
  if (scrubs) {
    scrubTo(stage, place.x);
    return;
  }
  const by = ((start.x - place.x) / stage.widths.plot) * (view[1] - view[0]);
  setView(stage.group, [view[0] + by, view[1] + by]);
}

/**
 * Go to the timestep under x.
 *
 * @param {Stage} stage
 * @param {number} x
 */
function scrubTo(stage, x) {
  const { group } = stage;
  group.scrubbing = true;
  pause(group);
  const [start, stop] = group.view;
  const share = Math.min(0.9999, Math.max(0, (x - stage.plotBox.left) / stage.widths.plot));
  moveTime(group, Math.floor(start + share * (stop - start)));
}

/**
 * A pointer goes up: one that did not move has clicked.
 *
 * @param {Stage} stage
 * @param {Gesture} gesture
 * @param {PointerEvent} event
 */
function release(stage, gesture, event) {
  if (!gesture.fingers.delete(event.pointerId)) return;
  if (gesture.painting) {
    finishPainting(stage, gesture.painting);
    gesture.painting = null;
    gesture.drag = null;
    return;
  }
  if (gesture.fingers.size === 0) gesture.pinch = null;
  if (gesture.brushing && gesture.drag?.moved) {
    const end = event.type === "pointerup" ? finishBrushing : cancelBrushing;
    end(stage, gesture.brushing);
  }
  gesture.brushing = null;
  if (event.type === "pointerup" && gesture.drag && !gesture.drag.moved && !gesture.pinch) {
    const place = placeOf(stage, event);
    select(stage, cellAt(stage, place.x, place.y));
  }
  gesture.drag = null;
  stage.group.scrubbing = false;
  rest(stage.group);
}

/**
 * A click says: this unit, at this timestep. On the strip it says only when.
 *
 * @param {Stage} stage
 * @param {Cell | null} cell
 */
function select(stage, cell) {
  if (!cell) return;
  const { t, panel, unit } = cell;
  pause(stage.group);
  stage.group.clicked = stage;
  const aligned = panel?.signal.rows === stage.scene.hidden_size;
  if (aligned && unit !== null) chooseUnit(stage, unit);
  moveTime(stage.group, t);
  stage.parts.root.focus({ preventScroll: true });
}

/**
 * How far two fingers stand apart, in pixels.
 *
 * @param {Gesture} gesture
 */
function apart({ fingers }) {
  const [first, second] = [...fingers.values()];
  return Math.max(20, Math.abs(first.x - second.x));
}

/**
 * Two fingers zoom time about the point between them.
 *
 * @param {Stage} stage
 * @param {Gesture} gesture
 */
function pinch(stage, gesture) {
  const begun = gesture.pinch ?? { apart: apart(gesture), view: stage.group.view };
  gesture.pinch = begun;
  if (gesture.drag) gesture.drag.moved = true;
  const [first, second] = [...gesture.fingers.values()];
  const share = ((first.x + second.x) / 2 - stage.plotBox.left) / stage.widths.plot;
  zoom(stage, begun.view, share, begun.apart / apart(gesture));
}

/**
 * Zoom a view about a share of its width.
 *
 * @param {Stage} stage
 * @param {View} view
 * @param {number} share
 * @param {number} by
 */
function zoom({ group }, view, share, by) {
  const about = view[0] + share * (view[1] - view[0]);
  setView(group, zoomed(view, about, by, timestepsOf(group)));
}

/**
 * The wheel zooms with Ctrl (which a touchpad's pinch sends) and pans sideways while the view is
 * zoomed; else it is the page's.
 *
 * @param {Stage} stage
 * @param {WheelEvent} event
 */
function wheel(stage, event) {
  const place = placeOf(stage, event);
  if (!cellAt(stage, place.x, place.y)) return;
  const { view } = stage.group;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    const by = Math.exp(Math.max(-0.5, Math.min(0.5, event.deltaY * WHEEL_ZOOM)));
    zoom(stage, view, (place.x - stage.plotBox.left) / stage.widths.plot, by);
  } else if (!isWhole(stage.group) && isSideways(event)) {
    event.preventDefault();
    const by = ((event.deltaX || event.deltaY) / stage.widths.plot) * (view[1] - view[0]);
    setView(stage.group, [view[0] + by, view[1] + by]);
  }
}

/**
 * Whether a wheel is turned sideways, or with shift.
 *
 * @param {WheelEvent} event
 */
function isSideways({ deltaX, deltaY, shiftKey }) {
  return shiftKey || Math.abs(deltaX) > Math.abs(deltaY);
}
