// Mouse and touch on the board: hover reads, a click selects, a drag pans or scrubs, wheel and
// two fingers zoom time.

import { isWhole } from "./group.js";
import { cellAt } from "./overlay.js";
import { chooseUnit, moveTo, pause, setView } from "./player.js";
import { rest } from "./reports.js";
import { showTooltip } from "./tooltip.js";
import { zoomed } from "./view.js";

const CLICK = 4; // a pointer that moved less than this many pixels has clicked
const SCROLLING = 350; // ms: a page that is being scrolled goes on being scrolled

export function listenToBoard(stage) {
  const { board } = stage.parts;
  const state = { fingers: new Map(), drag: null, passed: 0 };
  board.addEventListener("pointerdown", (event) => press(stage, state, event));
  board.addEventListener("pointermove", (event) => move(stage, state, event));
  for (const name of ["pointerup", "pointercancel"]) {
    board.addEventListener(name, (event) => release(stage, state, event));
  }
  board.addEventListener("pointerleave", () => (stage.overlay.tooltip.hidden = true));
  board.addEventListener("wheel", (event) => wheel(stage, state, event), { passive: false });
}

/** A pointer's place on the board, in its own pixels. */
function placeOf(stage, event) {
  const box = stage.parts.board.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function press(stage, state, event) {
  if (event.button !== 0) return;
  const place = placeOf(stage, event);
  if (!cellAt(stage, place.x, place.y)) return;
  state.fingers.set(event.pointerId, place);
  if (event.pointerType === "mouse") stage.parts.board.setPointerCapture(event.pointerId);
  const onStrip = place.y < stage.panels[0].box.top;
  const whole = isWhole(stage.group);
  state.drag = { start: place, view: stage.view, scrubs: onStrip || whole, moved: false };
  if (state.fingers.size === 2) state.pinch = { apart: apart(state), view: stage.view };
}

function move(stage, state, event) {
  const place = placeOf(stage, event);
  if (!state.fingers.has(event.pointerId)) {
    if (event.pointerType !== "touch") showTooltip(stage, place.x, place.y);
    return;
  }
  state.fingers.set(event.pointerId, place);
  if (state.fingers.size === 2) return pinch(stage, state);
  const { drag } = state;
  if (!drag) return;
  if (Math.abs(place.x - drag.start.x) > CLICK) drag.moved = true;
  if (!drag.moved) return;
  stage.overlay.tooltip.hidden = true;
  if (drag.scrubs) return scrubTo(stage, place.x);
  const by = ((drag.start.x - place.x) / stage.widths.plot) * (drag.view[1] - drag.view[0]);
  setView(stage, [drag.view[0] + by, drag.view[1] + by]);
}

function scrubTo(stage, x) {
  stage.group.scrubbing = true;
  pause(stage);
  const share = Math.min(0.9999, Math.max(0, (x - stage.plotBox.left) / stage.widths.plot));
  moveTo(stage, Math.floor(stage.view[0] + share * (stage.view[1] - stage.view[0])));
}

function release(stage, state, event) {
  if (!state.fingers.delete(event.pointerId)) return;
  const { drag } = state;
  if (state.fingers.size === 0) state.pinch = null;
  if (event.type === "pointerup" && drag && !drag.moved && !state.pinch) {
    const place = placeOf(stage, event);
    select(stage, cellAt(stage, place.x, place.y));
  }
  state.drag = null;
  stage.group.scrubbing = false;
  rest(stage.group);
}

/** A click says: this unit, at this timestep. On the strip it says only when. */
function select(stage, cell) {
  if (!cell) return;
  pause(stage);
  stage.group.clicked = stage;
  const aligned = cell.panel && cell.panel.signal.rows === stage.scene.hidden_size;
  if (aligned) chooseUnit(stage, cell.unit);
  moveTo(stage, cell.t);
  stage.parts.root.focus({ preventScroll: true });
}

function apart({ fingers }) {
  const [first, second] = [...fingers.values()];
  return Math.max(20, Math.abs(first.x - second.x));
}

function pinch(stage, state) {
  if (!state.pinch) state.pinch = { apart: apart(state), view: stage.view };
  state.drag && (state.drag.moved = true);
  const [first, second] = [...state.fingers.values()];
  const share = ((first.x + second.x) / 2 - stage.plotBox.left) / stage.widths.plot;
  const { view } = state.pinch;
  const about = view[0] + share * (view[1] - view[0]);
  setView(stage, zoomed(view, about, state.pinch.apart / apart(state), stage.scene.timesteps));
}

/** The wheel zooms; what it cannot do (zoom out of the whole run) it leaves to the page. */
function wheel(stage, state, event) {
  const place = placeOf(stage, event);
  if (!cellAt(stage, place.x, place.y)) return;
  const whole = isWhole(stage.group);
  const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
  const scrolling = event.timeStamp - state.passed < SCROLLING;
  if (!event.ctrlKey && (scrolling || (whole && (event.deltaY > 0 || sideways)))) {
    state.passed = event.timeStamp;
    return;
  }
  event.preventDefault();
  const [start, stop] = stage.view;
  const share = (place.x - stage.plotBox.left) / stage.widths.plot;
  if (sideways) {
    const by = ((event.deltaX || event.deltaY) / stage.widths.plot) * (stop - start);
    return setView(stage, [start + by, stop + by]);
  }
  const strength = event.ctrlKey ? 0.012 : 0.0018;
  const by = Math.exp(Math.max(-0.5, Math.min(0.5, event.deltaY * strength)));
  setView(stage, zoomed(stage.view, start + share * (stop - start), by, stage.scene.timesteps));
}
