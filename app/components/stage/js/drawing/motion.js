// What moves in the drawing, and what it means: in slow motion the value travels along the cell
// state's line, always forwards, shrinks at ×, takes in what is written at +, and leaves as what is
// shown. A journey lasts as long as its phase. None of it for a reader who asks for less motion.

import { shape } from "../../../shared/js/elements.js";
import { colourOf } from "../../../shared/js/theme.js";
import { timestepOf } from "../group.js";
import { phaseName } from "../phases.js";

/** @import { Journey, Stage, TimestepNumbers } from "../types.d.ts" */

const FLOW = 14; // pixels that the chevrons move on with a timestep, half of their distance
const FLOWS_FOR = 180; // ms
const STEPPED = 900; // ms that a journey lasts where the reader steps
const GLIDES_UP_TO = 8; // timesteps per second up to which the chevrons glide
const LEAST_BEAD = 3; // pixels of radius of a value of 0
const MORE_BEAD = 8; // pixels more, of the largest

/**
 * Move on what moves, where the timestep or its phase is another than before.
 *
 * @param {Stage} stage
 */
export function moveDrawing(stage) {
  const { easel, group } = stage;
  if (!easel) return;
  const [t, phase] = [timestepOf(stage), group.phase];
  const before = easel.moved;
  if (before && before.t === t && before.phase === phase) return;
  easel.moved = { t, phase };
  const along = stage.scene.reverse ? -1 : 1;
  if (before && t - before.t === along) flowOn(stage);
  const onwards = before && (t === before.t ? (phase ?? -1) > (before.phase ?? -1) : t > before.t);
  travel(stage, Boolean(onwards));
}

/** Whether the reader asks for less motion. */
function isStill() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * The chevrons flow on by one timestep: they come from behind, so that they never run back.
 *
 * @param {Stage} stage
 */
function flowOn({ easel, group }) {
  if (!easel?.chevrons || isStill() || (group.playing && group.settings.speed > GLIDES_UP_TO))
    return;
  const frames = [easel.flowed, easel.flowed + FLOW].map((x) => ({
    transform: `translateX(${x}px)`,
  }));
  easel.flowed = (easel.flowed + FLOW) % (2 * FLOW);
  easel.chevrons.style.transform = `translateX(${easel.flowed}px)`; // where they stand afterwards
  easel.chevrons.animate(frames, { duration: FLOWS_FOR, easing: "ease-out" });
}

/**
 * Send the values of this phase on their way, in place of those of the phase before.
 *
 * @param {Stage} stage
 * @param {boolean} onwards - a step back shows where they end
 */
function travel(stage, onwards) {
  const { easel, drawing, group } = stage;
  if (!easel) return;
  for (const bead of easel.beads) bead.remove();
  easel.beads = [];
  const journeys = drawing.journeys?.[phaseName(stage)] ?? [];
  if (isStill() || !onwards) return;
  const pace = Math.min(group.settings.speed, 2);
  const duration = group.playing ? (0.95 * 1000) / pace : STEPPED;
  easel.beads = journeys.map((journey) => send(stage, journey, duration));
}

/**
 * One value on its way: a bead as large as the number, at each of the journey's places.
 *
 * @param {Stage} stage
 * @param {Journey} journey
 * @param {number} duration
 */
function send({ easel, numbers, panels }, { signal, places }, duration) {
  const bead = shape("circle", { r: 1, class: "bead", style: colourOf(signal) });
  const reach = panels.find((panel) => panel.signal.name === "cell_state")?.signal.high ?? 1;
  const frames = places.map(({ at: [x, y], number }) => ({
    transform: `translate(${x}px, ${y}px) scale(${beadRadius(numbers, number, reach)})`,
  }));
  easel?.svg.append(bead);
  bead.animate(frames, { duration, easing: "ease-in-out", fill: "forwards" });
  return bead;
}

/**
 * How large a bead is: its area grows with the number's size.
 *
 * @param {TimestepNumbers} numbers
 * @param {string} name
 * @param {number} reach - the largest size there is
 */
function beadRadius(numbers, name, reach) {
  const share = Math.min(1, Math.abs(numbers[name] ?? 0) / reach);
  return (LEAST_BEAD + MORE_BEAD * Math.sqrt(share)).toFixed(2);
}
