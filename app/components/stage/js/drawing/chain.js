// The chain: the module before and the module after, as quiet ghosts beside the open one.

import { setText } from "../../../shared/js/elements.js";
import { colourOf } from "../../../shared/js/theme.js";
import { say } from "../../../shared/js/words.js";
import { timestepOf } from "../group.js";

/** @import { Easel } from "./easel.js" */

const GAP = 12; // pixels between two modules
const GHOST_LINE = 20; // pixels high
const LAYER = 11; // radius of the circle that stands for a layer

/**
 * Draw the frame of the open module and its two neighbours, where there is room for them.
 *
 * @param {Easel} easel
 * @param {number} height - of the drawing
 * @param {number} stateLine - y of what one module hands to the next
 * @param {string} signal - that is handed on
 * @param {string[]} layers - the signals of the module's layers
 */
export function drawChain(easel, height, stateLine, signal, layers) {
  const { margin, width } = easel;
  if (!margin) return;
  const open = { x: margin, y: 0, width: width - 2 * margin, height, rx: 14 };
  easel.add("rect", { ...open, class: "open-module" });
  const ghost = { width: margin - GAP, height, stateLine, signal, layers };
  drawGhost(easel, { ...ghost, left: 0, by: -1 });
  drawGhost(easel, { ...ghost, left: width - ghost.width, by: 1 });
}

/**
 * One neighbour, `by` timesteps further along the run: its line, its layers, its timestep.
 *
 * @param {Easel} easel
 * @param {object} ghost
 * @param {number} ghost.left
 * @param {number} ghost.width
 * @param {number} ghost.height
 * @param {number} ghost.stateLine
 * @param {string} ghost.signal
 * @param {string[]} ghost.layers
 * @param {1 | -1} ghost.by
 */
function drawGhost(easel, { left, width, height, stateLine, signal, layers, by }) {
  const { scene } = easel.stage;
  const middle = left + width / 2;
  const box = { x: left, y: 0, width, height, rx: 14 };
  easel.add("rect", { ...box, class: "ghost-module" });
  const stretch = { x: by < 0 ? left : left - GAP, width: width + GAP, height: GHOST_LINE };
  const band = { ...stretch, y: stateLine - GHOST_LINE / 2, style: colourOf(signal) };
  easel.add("rect", { ...band, class: "ghost-line" });
  layers.forEach((name, k) => {
    const cx = middle + (k - (layers.length - 1) / 2) * (2 * LAYER + 6);
    const circle = { cx, cy: height * 0.58, r: LAYER, style: colourOf(name) };
    easel.add("circle", { ...circle, class: "ghost-layer" });
  });
  const centred = { "text-anchor": "middle" };
  const carried = easel.text(middle, stateLine + 4.5, "", { ...centred, class: "ghost-number" });
  const label = easel.text(middle, height - 18, "", { ...centred, class: "ghost-text" });
  easel.updates.push((_, { texts }) => {
    const t = timestepOf(easel.stage) + (scene.reverse ? -by : by);
    const there = t >= 0 && t < scene.timesteps;
    setText(label, there ? say("timestep", { t }) : say(by < 0 ? "start" : "end"));
    setText(carried, by > 0 ? "?" : (texts.carried ?? "…"));
  });
}
