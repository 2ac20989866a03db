// The LSTM's drawing: the cell state's line through × and + on top, the gates below, h at right.

import { setText } from "../../../shared/js/elements.js";
import { say } from "../../../shared/js/words.js";
import { signalNamed } from "../lookup.js";
import { phaseName } from "../phases.js";
import { drawArithmetic } from "./arithmetic.js";
import { drawChain } from "./chain.js";
import { lstmArithmetic, lstmEquations } from "./lstm_equations.js";
import { planNarrow, planWide } from "./lstm_plan.js";
import { heldSign, inputTag, numberOnLine, unitsBeside } from "./parts.js";
import { drawPeepholes } from "./peepholes.js";

/** @import { CellDescription, Drawing, Journey, Point, Scene } from "../types.d.ts" */
/** @import { Easel } from "./easel.js" */
/** @import { Plan } from "./lstm_plan.js" */

const PHASES = [
  { name: "forget", lights: ["forget_gate"] },
  { name: "input", lights: ["input_gate", "candidate"] },
  { name: "update", lights: ["cell_state"] },
  { name: "output", lights: ["output_gate", "hidden_state"] },
];
const ALWAYS = "forget input update output";
const UNITS = 22; // from the middle of the state's line to the top of the column of units beside it

/**
 * Draw the cell; return its height, its phases and its equations in numbers.
 *
 * @param {Easel} easel
 * @param {Scene} scene
 * @returns {Drawing}
 */
export function drawLSTM(easel, { cell }) {
  const plan = easel.narrow ? planNarrow(easel.width) : planWide(easel.width, easel.margin);
  const forgets = cell.forget !== "none";
  const layers = ["forget_gate", "input_gate", "candidate", "output_gate"];
  const own = forgets ? layers : layers.slice(1);
  easel.during(ALWAYS, () => drawChain(easel, plan.height, plan.stateLine, "cell_state", own));
  easel.during(ALWAYS, () => drawInput(easel, cell, plan));
  easel.during(ALWAYS, () => drawStateLine(easel, plan));
  if (cell.peephole) drawPeepholes(easel, cell, plan);
  if (forgets) easel.during("forget", () => drawForget(easel, cell, plan));
  easel.during("input", () => drawWrite(easel, cell, plan));
  easel.during("update", () => drawUpdate(easel, plan));
  easel.during("output", () => drawOutput(easel, cell, plan));
  const phases = phasesOf(cell);
  const names = phases.map(({ name }) => name);
  const arithmetic = lstmArithmetic(cell).filter(({ phase }) => names.includes(phase));
  drawArithmetic(easel, plan.beside, arithmetic);
  return {
    height: plan.height,
    phases,
    equations: (terms, isMean) => lstmEquations(cell, arithmetic, terms, isMean),
    journeys: journeysOf(plan),
  };
}

/**
 * The phases of slow motion: a forget gate that is coupled, 1 − i, comes after the input gate that
 * it is made of.
 *
 * @param {CellDescription} cell
 */
function phasesOf({ forget }) {
  const [keeps, writes, ...others] = PHASES;
  if (forget === "none") return [writes, ...others];
  return forget === "coupled" ? [writes, keeps, ...others] : PHASES;
}

/**
 * How the value travels: it is kept at ×, meets what is written at +, and leaves as what is shown.
 *
 * @param {Plan} plan
 * @returns {Record<string, Journey[]>}
 */
function journeysOf({ left, right, stateLine, joint, keep, add, show, hiddenPath }) {
  const place = (/** @type {Point} */ at, /** @type {string} */ number) => ({ at, number });
  const [into, middle] = [left + 8, (keep + add) / 2];
  const kept = [place([into, stateLine], "carried"), place([keep, stateLine], "carried")];
  const sum = [place([middle, stateLine], "retained"), place([add, stateLine], "retained")];
  const out = hiddenPath.slice(1).map((at) => place(at, "shown"));
  return {
    forget: [{ signal: "cell_state", places: [...kept, place([middle, stateLine], "retained")] }],
    input: [
      { signal: "candidate", places: [0, -12].map((y) => place([add, joint + y], "written")) },
    ],
    update: [
      { signal: "candidate", places: [joint, stateLine].map((y) => place([add, y], "written")) },
      { signal: "cell_state", places: [...sum, place([right - 12, stateLine], "cell_state")] },
    ],
    output: [
      {
        signal: "hidden_state",
        places: [place([show, stateLine], "squashed"), place([show, joint], "shown"), ...out],
      },
    ],
  };
}

/**
 * What is read, and the wires to the gates of the lowest row.
 *
 * @param {Easel} easel
 * @param {CellDescription} cell
 * @param {Plan} plan
 */
function drawInput(easel, cell, plan) {
  const { rail, box, forget, input, candidate, output } = plan;
  const inRow =
    cell.forget === "gate" ? [forget, input, candidate, output] : [input, candidate, output];
  const gates = easel.narrow ? [candidate, output] : inRow;
  const start = easel.narrow ? 62 : 96 + easel.margin;
  const [last] = gates[gates.length - 1];
  easel.wire("input-wire", [start, rail], [last, rail]);
  for (const [x, y] of gates) easel.wire("input-wire", [x, rail], [x, y + box.height]);
  inputTag(easel, 8 + easel.margin, rail, start - 8 - easel.margin);
}

/**
 * The state's line, and what comes in on it.
 *
 * @param {Easel} easel
 * @param {Plan} plan
 */
function drawStateLine(easel, { left, right, stateLine, keep }) {
  easel.stateLine(left, right, stateLine, "cell_state");
  unitsBeside(easel, "cell_state", "c₋", left - 22, stateLine - UNITS, true);
  numberOnLine(easel, stateLine, [left, keep], "carried");
}

/**
 * The forget gate, or what stands for it, and what it keeps.
 *
 * @param {Easel} easel
 * @param {CellDescription} cell
 * @param {Plan} plan
 */
function drawForget(easel, cell, { keep, add, stateLine, forget, box }) {
  const activation = cell.forget === "coupled" ? "1 − i" : cell.recurrent_activation;
  easel.stem("forget_gate", 1, [keep, forget[1]], [keep, stateLine + 15]);
  easel.gate(...forget, "forget_gate", activation, box);
  easel.operation(keep, stateLine, "×", {
    gate: "forget_gate",
    signal: "cell_state",
    part: "keep",
  });
  numberOnLine(easel, stateLine, [keep, add], "retained");
  if (!easel.narrow) easel.product((keep + add) / 2, stateLine - 21, say("kept"), "f·c₋");
}

/**
 * Input gate and candidate, and what they write.
 *
 * @param {Easel} easel
 * @param {CellDescription} cell
 * @param {Plan} plan
 */
function drawWrite(easel, cell, plan) {
  const { add, joint, box } = plan;
  const { high } = signalNamed(easel.stage.scene, "candidate");
  easel.stem("input_gate", 1, ...plan.inputStem);
  easel.stem("candidate", high, ...plan.candidateStem);
  easel.gate(...plan.input, "input_gate", cell.recurrent_activation, box);
  easel.gate(...plan.candidate, "candidate", cell.activation, box);
  easel.operation(add, joint, "×", { radius: 12, part: "write" });
  if (easel.narrow) {
    easel.number(add - 10, joint - 22, "written", {
      kind: "caption-number in-product",
      anchor: "end",
    });
  } else {
    const style = { name: "written", kind: "caption-number in-product", anchor: "start" };
    easel.product(add + 20, joint - 20, say("written"), "i·g", style);
  }
}

/**
 * What is written goes onto the state's line, which carries it out.
 *
 * @param {Easel} easel
 * @param {Plan} plan
 */
function drawUpdate(easel, { add, stateLine, joint, right, show }) {
  const wire = easel.wire("write-wire", [add, joint - 12], [add, stateLine + 15]);
  easel.updates.push((n) => {
    const thick = Math.min(9, 1.2 + 8 * Math.abs(n.written || 0));
    wire.setAttribute("stroke-width", thick.toFixed(2));
  });
  easel.operation(add, stateLine, "+", { signal: "cell_state", part: "add" });
  numberOnLine(easel, stateLine, [add, easel.narrow ? right : show], "cell_state", "strong");
  unitsBeside(easel, "cell_state", "c", right + 8, stateLine - UNITS);
  if (easel.narrow) return;
  heldSign(easel, [(add + show) / 2, stateLine - 21], "cell_state");
  easel.number(right + 26, stateLine + 5, "cell_state", { kind: "strong" });
}

/**
 * The output gate, and what it shows of the state's line.
 *
 * @param {Easel} easel
 * @param {CellDescription} cell
 * @param {Plan} plan
 */
function drawOutput(easel, cell, plan) {
  const { show, stateLine, joint, box } = plan;
  const squash = cell.output_activation;
  easel.wire("", [show, stateLine + 15], [show, joint - 12]);
  if (squash !== "identity") {
    const caption = easel.text(show + 6, joint - 24, squash, { class: "caption" });
    easel.updates.push((_, { texts }) => {
      const isNow = phaseName(easel.stage) === "output" && !easel.isMean && !easel.narrow;
      setText(caption, isNow ? `${squash}(c) = ${texts.squashed ?? "…"}` : squash);
    });
    easel.part("squash", [show + 2, joint - 38, 30, 20]);
  }
  easel.stem("output_gate", 1, ...plan.outputStem);
  easel.gate(...plan.output, "output_gate", cell.recurrent_activation, box);
  easel.operation(show, joint, "×", { radius: 12, gate: "output_gate", part: "show" });
  if (easel.narrow) writeHidden(easel, cell, plan);
  else drawHidden(easel, cell, plan);
}

/**
 * On a phone h is a number alone; behind a projection, what was shown to it.
 *
 * @param {Easel} easel
 * @param {CellDescription} cell
 * @param {Plan} plan
 */
function writeHidden(easel, { projection }, { hiddenAt: [, y] }) {
  easel.part("hidden_state", [easel.width - 90, y - 12, 84, 24]);
  const tell = (/** @type {Record<string, string>} */ { out = "…" }) =>
    projection ? say("shown", { number: out }) : `h = ${out}`;
  easel.number(easel.width - 8, y + 6, tell, { kind: "strong hidden-number", anchor: "end" });
}

/**
 * h at the right; behind a projection only its length is said, since no unit stays itself.
 *
 * @param {Easel} easel
 * @param {CellDescription} cell
 * @param {Plan} plan
 */
function drawHidden(easel, { projection }, { hiddenPath, hiddenAt: [x, y] }) {
  easel.wire("hidden-wire", ...hiddenPath);
  easel.part("hidden_state", [x - 24, y - 40, 72, 60]);
  unitsBeside(easel, "hidden_state", "h", x - 22, y - 26);
  const { rows } = signalNamed(easel.stage.scene, "hidden_state");
  if (projection) easel.text(x - 6, y + 1, `P = ${rows}`, { class: "caption" });
  else easel.number(x - 4, y + 1, "out", { kind: "strong" });
}
