// The repeating module as a drawing: built for a scene and a width, then only told the numbers.

import { fitCanvas } from "../../../shared/js/canvas.js";
import { element, setText } from "../../../shared/js/elements.js";
import { say } from "../../../shared/js/words.js";
import { updateCard } from "../cards/content.js";
import { partButtons } from "../cards/parts.js";
import { saidOfMissing } from "../details.js";
import { timestepOf } from "../group.js";
import { paintColumn } from "../heatmap.js";
import { MEAN, orderOf, rowOfUnit } from "../lookup.js";
import { NO_DRAWING, phaseName, phaseState, phaseText } from "../phases.js";
import { pullHandles, updateHandles } from "../pull.js";
import { AROUND, Easel } from "./easel.js";
import { drawGRU } from "./gru.js";
import { drawLSTM } from "./lstm.js";
import { moveDrawing } from "./motion.js";
import { drawRNN } from "./rnn.js";

/** @import { Pen } from "../../../shared/js/types.d.ts" */
/** @import { Box, Equation, Stage } from "../types.d.ts" */
/** @import { Mini } from "./easel.js" */

const CELL_DRAWINGS = { lstm: drawLSTM, gru: drawGRU, rnn: drawRNN };

/**
 * Build the drawing for the stage's width; called at mount, on resize and with a new scene.
 *
 * @param {Stage} stage
 */
export function buildDrawing(stage) {
  if (stage.group.compact) {
    stage.drawing = NO_DRAWING;
    return;
  }
  const width = Math.max(300, Math.floor(stage.parts.drawing.clientWidth || 800));
  const easel = new Easel(stage, width);
  stage.drawing = CELL_DRAWINGS[stage.scene.kind](easel, stage.scene);
  stage.easel = easel;
  easel.finish(stage.drawing.height);
  const { handles, refocus } = pullHandles(stage, easel.layers);
  const parts = partButtons(stage, easel.parts);
  stage.parts.drawing.replaceChildren(easel.svg, easel.columns, parts, ...handles);
  easel.fitTitles();
  refocus?.focus({ preventScroll: true });
}

/**
 * Write the numbers of the current timestep into the drawing.
 *
 * @param {Stage} stage
 */
export function updateDrawing(stage) {
  const { easel, numbers, terms } = stage;
  if (!easel) return;
  for (const update of easel.updates) update(numbers, terms);
  updateHandles(stage);
  setText(easel.phaseName, phaseText(stage));
  for (const mini of easel.minis) paintMini(stage, mini);
  moveDrawing(stage);
  writeEquations(stage);
  updateCard(stage);
}

/**
 * Light the drawing: what happens now, what has happened, what is to come.
 *
 * @param {Stage} stage
 */
export function lightDrawing({ easel, drawing, group }) {
  if (!easel) return;
  const names = drawing.phases.map((phase) => phase.name);
  for (const part of easel.groups) {
    const lights = part.dataset.lights?.split(" ") ?? [];
    const phases = lights.map((name) => names.indexOf(name)).filter((k) => k >= 0);
    part.dataset.state = stateOf(group.phase, phases, names.length);
  }
}

/**
 * Whether what happens in these phases is done, lit or ahead; what happens in all is always done.
 *
 * @param {number | null} now
 * @param {number[]} phases
 * @param {number} count
 */
function stateOf(now, phases, count) {
  const always = phases.length === count && count > 1;
  if (now === null || !phases.length || always) return "done";
  const first = Math.min(...phases);
  return first < now ? "done" : first === now ? "lit" : "ahead";
}

/**
 * One column of all units; nothing where the run has no timestep before, or of what is to come.
 *
 * @param {Stage} stage
 * @param {Mini} mini
 */
function paintMini(stage, { signal, carried, canvas, box }) {
  const { scene } = stage;
  const [width, height] = [box.left + box.width, box.top + box.height].map(
    (side) => Math.ceil(side) + AROUND,
  );
  const pen = fitCanvas(canvas, width, height);
  pen.clearRect(0, 0, width, height);
  const panel = stage.panels.find((one) => one.signal.name === signal);
  const before = scene.reverse ? 1 : -1;
  const t = timestepOf(stage) + (carried ? before : 0);
  if (!panel || t < 0 || t >= scene.timesteps) return;
  const order = orderOf(stage, panel.signal);
  if (!carried && phaseState(stage)?.(signal) === "ahead") return;
  paintColumn(pen, panel, scene, t, order, stage.group.settings.scale, box);
  if (stage.unit !== MEAN && order.length === scene.hidden_size) {
    outlineRow(pen, box, rowOfUnit(stage), order.length, stage.colours.ink);
  }
}

/**
 * A frame around one of the rows of a column.
 *
 * @param {Pen} pen
 * @param {Box} box
 * @param {number} row
 * @param {number} rows
 * @param {string} ink
 */
function outlineRow(pen, { left, top, width, height }, row, rows, ink) {
  const high = Math.max(height / rows, 3);
  const middle = top + ((row + 0.5) * height) / rows;
  pen.strokeStyle = ink;
  pen.lineWidth = 1.2;
  pen.strokeRect(left - 1.5, middle - high / 2, width + 3, high);
}

/**
 * The equations in numbers, as text under the drawing; each drawing says which hold. In slow motion
 * it is the arithmetic of the phase.
 *
 * @param {Stage} stage
 */
function writeEquations(stage) {
  const { drawing, numbers, terms, unit } = stage;
  const { equations } = stage.parts;
  const phase = phaseName(stage);
  /** @type {Equation[]} */
  const waiting = [["", saidOfMissing(stage) ? "…" : say("waiting")]];
  const here = "carried" in numbers;
  const all = here ? drawing.equations(terms, unit === MEAN) : waiting;
  const whole = all.filter(([, , during]) => during === undefined);
  const own = all.filter(([, , during]) => during === phase);
  const lines = own.length ? own : whole;
  equations.style.setProperty("--lines", String(whole.length));
  while (equations.children.length < lines.length) {
    equations.append(element("span", { class: "equation" }, element("i"), element("span")));
  }
  while (equations.children.length > lines.length) equations.lastElementChild?.remove();
  lines.forEach(([symbols, filled], k) => {
    const node = equations.children[k];
    setText(node.children[0], symbols);
    setText(node.children[1], filled);
  });
}
