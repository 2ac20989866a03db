// The repeating module as a drawing.
//
// A drawing is {height, phases, equations}. Each part is a group that says in data-lights in which
// phase it happens; the easel's updates write the numbers of one timestep into it.

import { fitCanvas } from "../../../shared/js/canvas.js";
import { element, setText, shape } from "../../../shared/js/elements.js";
import { paintColumn } from "../heatmap.js";
import { MEAN, orderOf } from "../lookup.js";
import { NO_DRAWING, phaseState, phaseText } from "../phases.js";
import { Easel } from "./easel.js";
import { drawGRU } from "./gru.js";
import { drawLSTM } from "./lstm.js";
import { drawRNN } from "./rnn.js";

const CELL_DRAWINGS = { lstm: drawLSTM, gru: drawGRU, rnn: drawRNN };

/** Build the drawing for the stage's width; called at mount, on resize and with a new scene. */
export function buildDrawing(stage) {
  if (stage.group.compact) return void (stage.drawing = NO_DRAWING);
  const width = Math.max(300, Math.floor(stage.parts.drawing.clientWidth || 800));
  const easel = new Easel(stage, width);
  stage.drawing = CELL_DRAWINGS[stage.scene.kind](easel, stage.scene);
  easel.svg.setAttribute("viewBox", `0 0 ${width} ${stage.drawing.height}`);
  easel.svg.setAttribute("height", stage.drawing.height);
  easel.svg.setAttribute("width", width);
  stage.easel = easel;
  easel.groups = [...easel.svg.querySelectorAll("[data-lights]")];
  easel.phaseName = shape("text", { x: width - 6, y: stage.drawing.height - 12, class: "phase-name", "text-anchor": "end" });
  if (!easel.narrow) easel.svg.append(easel.phaseName);
  stage.parts.drawing.replaceChildren(easel.svg, easel.canvas);
}

/** Write the numbers of the current timestep into the drawing. */
export function updateDrawing(stage) {
  if (stage.drawing === NO_DRAWING) return;
  const { scene, t, easel, numbers } = stage;
  for (const update of easel.updates) update(numbers);
  setText(easel.phaseName, phaseText(stage).replace(" · ", ""));
  paintMinis(stage);
  if (easel.chevrons) easel.chevrons.style.transform = `translateX(${(((scene.reverse ? -t : t) % 2) + 2) % 2 ? 14 : 0}px)`;
  writeEquations(stage, numbers);
}

/** Light the drawing: what happens now, what has happened, what is to come. */
export function lightDrawing(stage) {
  if (stage.drawing === NO_DRAWING) return;
  const names = stage.drawing.phases.map((phase) => phase.name);
  for (const group of stage.easel.groups) {
    const phases = group.dataset.lights.split(" ").map((name) => names.indexOf(name)).filter((k) => k >= 0);
    const always = phases.length === names.length;
    const first = Math.min(...phases);
    group.dataset.state =
      stage.phase === null || always || !phases.length ? "done" : first < stage.phase ? "done" : first === stage.phase ? "lit" : "ahead";
  }
}

/** Whatever has all units in the drawing: one canvas over it, cleared and painted per step. */
function paintMinis(stage) {
  const { easel, scene, t, colours } = stage;
  const pen = fitCanvas(easel.canvas, easel.width, stage.drawing.height);
  pen.clearRect(0, 0, easel.width, stage.drawing.height);
  const state = phaseState(stage);
  for (const mini of easel.minis) {
    const carried = mini.signal.startsWith("carried:");
    const panel = stage.panels.find((p) => p.signal.name === mini.signal.replace("carried:", ""));
    const when = carried ? t + (scene.reverse ? 1 : -1) : t;
    if (!panel || when < 0 || when >= scene.timesteps) continue;
    const order = orderOf(stage, panel.signal);
    pen.globalAlpha = state && when === t && state(panel.signal.name) === "ahead" ? 0.12 : 1;
    paintColumn(pen, panel, scene, when, order, stage.scale, mini.x, mini.y, mini.width, mini.height);
    if (stage.unit === MEAN || order.length !== scene.hidden_size) continue;
    const row = mini.height / order.length;
    const place = scene.places[stage.order][stage.unit];
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 1.2;
    pen.strokeRect(mini.x - 1.5, mini.y + (place + 0.5) * row - Math.max(row, 3) / 2, mini.width + 3, Math.max(row, 3));
  }
  pen.globalAlpha = 1;
}

/** The equations in numbers, as text under the drawing; each drawing says which hold. */
function writeEquations(stage, numbers) {
  const waiting = !("carried" in numbers);
  const lines = waiting ? [["", "the exact numbers are on their way"]] : stage.drawing.equations(numbers, stage.unit === MEAN);
  const state = phaseState(stage);
  const { equations } = stage.parts;
  equations.style.setProperty("--lines", lines.length);
  while (equations.children.length < lines.length) {
    equations.append(element("span", { class: "equation" }, element("i"), element("span")));
  }
  while (equations.children.length > lines.length) equations.lastChild.remove();
  lines.forEach(([symbols, filled, signal], k) => {
    const node = equations.children[k];
    node.dataset.state = state && signal ? state(signal) : "done";
    setText(node.firstChild, symbols);
    setText(node.lastChild, filled);
  });
}
