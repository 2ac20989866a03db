// Events: the timesteps that matter, marked on strip, axis and slider, and jumped to by key.

import { element, setText } from "../../shared/js/elements.js";
import { leader, timestepOf } from "./group.js";
import { pitchOf } from "./view.js";

/** @import { Pen, Size } from "../../shared/js/types.d.ts" */
/** @import { Scene, Stage } from "./types.d.ts" */

const NARROWEST = 5; // pixels of a mark on the strip
const TRIANGLE = 5; // pixels from the tip of a mark on the axis to its base
const MOST_MARKS = 200; // on the slider: more would fill it

/**
 * Why a timestep matters, in a few words; "" where it is no event.
 *
 * @param {Scene} scene
 * @param {number} t
 */
export function eventAt({ events }, t) {
  return events.find(([timestep]) => timestep === t)?.[1] ?? "";
}

/**
 * The nearest event after t, or before it; null where there is none.
 *
 * @param {Scene} scene
 * @param {number} t
 * @param {1 | -1} by
 */
export function nextEvent({ events }, t, by) {
  const timesteps = events.map(([timestep]) => timestep);
  const ahead = timesteps.filter((timestep) => (timestep - t) * by > 0);
  return ahead.at(by > 0 ? 0 : -1) ?? null;
}

/**
 * A box around each event in sight, on the row of what was read.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Size} size
 */
export function markStrip(pen, stage, { width, height }) {
  pen.strokeStyle = stage.colours.ink;
  pen.lineWidth = 1.5;
  eachInSight(stage, width, (x, pitch) => {
    const side = Math.max(pitch - 1, NARROWEST);
    pen.beginPath();
    pen.roundRect(x - side / 2, 1.5, side, height - 3, Math.min(side / 2, 6));
    pen.stroke();
  });
  pen.lineWidth = 1;
}

/**
 * A triangle at each event in sight, at the top of the time axis.
 *
 * @param {Pen} pen
 * @param {Stage} stage
 */
export function markAxis(pen, stage) {
  pen.fillStyle = stage.colours.ink;
  eachInSight(stage, stage.widths.plot, (x) => {
    pen.beginPath();
    pen.moveTo(x, 0);
    pen.lineTo(x - TRIANGLE, TRIANGLE * 1.4);
    pen.lineTo(x + TRIANGLE, TRIANGLE * 1.4);
    pen.fill();
  });
}

/**
 * Visit the events in sight with the middle and the width of their columns.
 *
 * @param {Stage} stage
 * @param {number} width
 * @param {(x: number, pitch: number) => void} visit
 */
function eachInSight({ scene, group }, width, visit) {
  const [start, stop] = group.view;
  const pitch = pitchOf(group.view, width);
  for (const [t] of scene.events) {
    if (t + 1 > start && t < stop) visit((t + 0.5 - start) * pitch, pitch);
  }
}

/**
 * The slider's marks: where the thumb's middle stands at each event.
 *
 * @param {HTMLElement} marks
 * @param {Scene} scene
 */
export function markSlider(marks, { events, timesteps }) {
  const shown = events.length <= MOST_MARKS ? events : [];
  const last = Math.max(timesteps - 1, 1);
  marks.replaceChildren(
    ...shown.map(([t]) => element("i", { style: `--share: ${t / last}`, "data-event": t })),
  );
}

/** The text that stands under the cursor at an event. */
export function buildEventLabel() {
  return element("div", { class: "event-label" });
}

/**
 * Say at the cursor why this timestep matters, where it does.
 *
 * @param {Stage} stage
 */
export function showEvent(stage) {
  const { scene, widths, group, plotBox, overlay } = stage;
  const node = overlay.event;
  const t = timestepOf(stage);
  const label = stage.reads || stage === leader(group) ? eventAt(scene, t) : "";
  setText(node, label);
  node.style.display = label ? "" : "none";
  if (!label) return;
  const x = (t + 0.5 - group.view[0]) * pitchOf(group.view, widths.plot);
  const share = Math.min(1, Math.max(0, x / widths.plot));
  const left = plotBox.left + x;
  node.style.transform = `translate(${left}px, ${plotBox.bottom}px) translateX(${-100 * share}%)`;
}
