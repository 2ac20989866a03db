// The LSTM's drawing: the belt from c₋ through × and + to c, the gates below it, h at the right.

import { factor, written } from "../../../shared/js/formatting.js";
import { colourOf } from "../../../shared/js/theme.js";
import { signalNamed } from "../lookup.js";
import { inputTag, onBelt, sumText } from "./parts.js";

const LSTM_PHASES = [
  { name: "forget", title: "forget", lights: ["forget_gate"] },
  { name: "input", title: "input and candidate", lights: ["input_gate", "candidate"] },
  { name: "update", title: "update of the belt", lights: ["cell_state"] },
  { name: "output", title: "output", lights: ["output_gate", "hidden_state"] },
];

/** Draw the cell; return its height, its phases and its equations in numbers. */
export function drawLSTM(easel, scene) {
  const plan = easel.narrow ? lstmNarrow(easel.width) : lstmWide(easel.width);
  easel.during("forget input update output", () => lstmInput(easel, scene, plan));
  easel.during("forget input update output", () => lstmBelt(easel, plan));
  if (scene.cell.peephole) lstmPeepholes(easel, scene, plan);
  if (scene.cell.forget !== "none") easel.during("forget", () => lstmForget(easel, scene, plan));
  easel.during("input", () => lstmWrite(easel, scene, plan));
  easel.during("update", () => lstmUpdate(easel, plan));
  easel.during("output", () => lstmOutput(easel, scene, plan));
  return {
    height: plan.height,
    phases: LSTM_PHASES.filter((phase) => phase.name !== "forget" || scene.cell.forget !== "none"),
    equations: (numbers, isMean) => lstmEquations(scene.cell, numbers, isMean),
  };
}

/** Positions for a page: four gates in a row. */
function lstmWide(width) {
  const [left, right] = [76, width - 84];
  const at = (share) => left + share * (right - left);
  const box = Math.min(168, (right - left) * 0.2);
  return {
    width, left, right, box, height: 238, belt: 44, joint: 102, top: 146, boxHeight: 58, rail: 222,
    forget: at(0.13), input: at(0.37), candidate: at(0.6), output: at(0.83), add: at(0.485), show: at(0.955),
    inputStem: [[at(0.37), 146], [at(0.37), 102], [at(0.485), 102]],
    candidateStem: [[at(0.6), 146], [at(0.6), 102], [at(0.485), 102]],
    outputStem: [[at(0.83), 146], [at(0.83), 102], [at(0.955), 102]],
    hiddenPath: [[at(0.955), 114], [at(0.955), 176], [right + 22, 176]],
    hiddenAt: [right + 48, 180],
  };
}

/** Positions for a phone: two gates a row, the belt keeps its width. */
function lstmNarrow(width) {
  const [left, right] = [36, width - 40];
  const box = width / 2 - 30;
  const [column1, column2] = [box / 2 + 4, width - box / 2 - 18];
  const middle = (column1 + column2) / 2;
  const edge = width - 9;
  return {
    narrow: true, width, left, right, box, height: 330, belt: 46, joint: 108, top: 146, boxHeight: 62, rail: 314,
    forget: column1 + 4, input: column2, candidate: column1, output: column2, add: middle, show: right - 14,
    row2: 234,
    forgetBox: column1,
    inputStem: [[column2, 146], [column2, 108], [middle, 108]],
    candidateStem: [[column1 + box / 2, 265], [middle, 265], [middle, 108]],
    outputStem: [[column2 + box / 2, 265], [edge, 265], [edge, 108], [right - 14, 108]],
    hiddenPath: null,
    hiddenAt: [width - 44, 312],
  };
}

function lstmInput(easel, scene, plan) {
  const { narrow, rail, top, boxHeight } = plan;
  const gates = narrow
    ? [[plan.candidate, plan.row2], [plan.output, plan.row2]]
    : ["forget", "input", "candidate", "output"]
        .filter((name) => name !== "forget" || scene.cell.forget === "gate")
        .map((name) => [plan[name], top]);
  const start = narrow ? 62 : 96;
  easel.line([[start, rail], [gates[gates.length - 1][0], rail]], { class: "wire input-wire" });
  for (const [x, y] of gates) easel.line([[x, rail], [x, y + boxHeight]], { class: "wire input-wire" });
  inputTag(easel, scene, 8, rail, start - 8);
}

function lstmBelt(easel, plan) {
  const { left, right, belt } = plan;
  easel.belt(left, right, belt, "cell_state");
  const high = 44;
  easel.mini("carried:cell_state", left - 22, belt - high / 2, 11, high);
  easel.text(left - 16.5, belt - high / 2 - 6, "c₋", { class: "symbol", "text-anchor": "middle", style: colourOf("cell_state") });
  onBelt(easel, plan, left, plan.forget, (n) => n.carried);
}

function lstmForget(easel, scene, plan) {
  const { forget, belt, top, boxHeight, box } = plan;
  const signal = signalNamed(scene, "forget_gate");
  const coupled = scene.cell.forget === "coupled";
  easel.stem([[forget, top], [forget, belt + 15]], "forget_gate");
  easel.gate(plan.forgetBox ?? forget, top, signal, coupled ? "1 − i" : scene.cell.recurrent_activation, { width: box, height: boxHeight });
  easel.operation(forget, belt, "×", { gate: "forget_gate", signal: "cell_state" });
  onBelt(easel, plan, forget, plan.add, (n) => n.retained);
  if (!plan.narrow) easel.text((forget + plan.add) / 2, belt - 21, "kept f·c₋", { class: "caption", "text-anchor": "middle" });
}

function lstmWrite(easel, scene, plan) {
  const { add, joint, top, boxHeight, box } = plan;
  const high = signalNamed(scene, "candidate").high;
  easel.stem(plan.inputStem, "input_gate");
  easel.stem(plan.candidateStem, "candidate", high);
  easel.gate(plan.input, top, signalNamed(scene, "input_gate"), scene.cell.recurrent_activation, { width: box, height: boxHeight });
  easel.gate(plan.candidate, plan.row2 ?? top, signalNamed(scene, "candidate"), scene.cell.activation, { width: box, height: boxHeight });
  easel.operation(add, joint, "×", { radius: 12 });
  easel.number(add + 20, joint - 20, (n) => (plan.narrow ? written(n.written) : `written i·g = ${written(n.written)}`), { class: "number caption-number" });
}

function lstmUpdate(easel, plan) {
  const { add, belt, joint, right } = plan;
  const wire = easel.line([[add, joint - 12], [add, belt + 15]], { class: "wire write-wire" });
  easel.updates.push((n) => wire.setAttribute("stroke-width", Math.min(9, 1.2 + 8 * Math.abs(n.written || 0)).toFixed(2)));
  easel.operation(add, belt, "+", { signal: "cell_state" });
  const end = plan.narrow ? right : plan.show;
  onBelt(easel, plan, add, end, (n) => n.cell_state, "strong");
  const high = 44;
  easel.mini("cell_state", right + 8, belt - high / 2, 11, high);
  easel.text(right + 13.5, belt - high / 2 - 6, "c", { class: "symbol", "text-anchor": "middle", style: colourOf("cell_state") });
  if (!plan.narrow) easel.number(right + 26, belt + 5, (n) => written(n.cell_state), { class: "number strong" });
}

function lstmOutput(easel, scene, plan) {
  const { show, belt, joint, top, boxHeight, box } = plan;
  const squash = scene.cell.output_activation;
  easel.line([[show, belt + 15], [show, joint - 12]], { class: "wire" });
  if (squash !== "identity") easel.text(show + 6, joint - 24, squash, { class: "caption" });
  easel.stem(plan.outputStem, "output_gate");
  easel.gate(plan.output, plan.row2 ?? top, signalNamed(scene, "output_gate"), scene.cell.recurrent_activation, { width: box, height: boxHeight });
  easel.operation(show, joint, "×", { radius: 12, gate: "output_gate" });
  lstmHidden(easel, scene, plan);
}

/** h at the right; behind a projection only its length is said, since no unit stays itself. */
function lstmHidden(easel, scene, plan) {
  const [x, y] = plan.hiddenAt;
  const projected = scene.cell.projection;
  if (plan.narrow) {
    easel.number(plan.width - 8, y + 6, (n) => (projected ? `shown ${written(n.shown)}` : `h = ${written(n.hidden_state)}`), { class: "number strong hidden-number", "text-anchor": "end" });
    return;
  }
  easel.line(plan.hiddenPath, { class: "wire hidden-wire" });
  easel.mini("hidden_state", x - 22, y - 26, 11, 44);
  easel.text(x - 16.5, y - 32, "h", { class: "symbol", "text-anchor": "middle", style: colourOf("hidden_state") });
  if (projected) easel.text(x - 6, y + 1, `P = ${signalNamed(scene, "hidden_state").rows}`, { class: "caption" });
  else easel.number(x - 4, y + 1, (n) => written(n.hidden_state), { class: "number strong" });
}

/** Peepholes: gates that look at the belt. Input and forget gate at c₋, the output gate at c. */
function lstmPeepholes(easel, scene, plan) {
  const look = (phase, from, to, y) =>
    easel.during(phase, () =>
      easel.line([[from, plan.belt + 15], [from, y - 8], [to, y - 8], [to, y]], { class: "wire peephole" }),
    );
  const offset = plan.box / 2 - 14;
  const before = plan.left + 14;
  if (scene.cell.forget === "gate") look("forget", before, (plan.forgetBox ?? plan.forget) - offset, plan.top);
  look("input", before, plan.input - offset, plan.top);
  look("output", plan.show - 12, plan.output + offset - 12, plan.row2 ?? plan.top);
}

/** Only what holds: a mean of products is not the product of means, a projection mixes units. */
function lstmEquations(cell, n, isMean) {
  const { forget, projection, output_activation: squash } = cell;
  const kept = forget === "none" ? n.carried : n.retained;
  const first = forget === "none" ? written(n.carried) : `${written(n.forget_gate)} · ${factor(n.carried)}`;
  const products = isMean ? "" : `${first} + ${written(n.input_gate)} · ${factor(n.candidate)} = `;
  const sum = products + sumText([kept, n.written], n.cell_state);
  const symbols = { gate: "f·c₋ + i·g = c", coupled: "(1 − i)·c₋ + i·g = c", none: "c₋ + i·g = c" }[forget];
  const shown = isMean ? n.shown : n.output_gate * n.squashed;
  const apply = squash === "identity" ? factor(n.cell_state) : `${squash}(${written(n.cell_state)})`;
  const filled = isMean ? `${written(shown)}` : `${written(n.output_gate)} · ${apply} = ${written(shown)}`;
  const name = squash === "identity" ? "o·c" : `o·${squash}(c)`;
  const target = projection ? `${name}, then projected to h` : `${name} = h`;
  return [
    [isMean ? `mean ${symbols}` : symbols, sum, "cell_state"],
    [isMean ? `mean ${target}` : target, filled, "hidden_state"],
  ];
}
