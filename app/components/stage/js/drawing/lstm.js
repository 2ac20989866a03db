// The LSTM's drawing: the cell state's line through × and + on top, the gates below, h at right.

import { factor, written } from "../../../shared/js/formatting.js";
import { say } from "../../../shared/js/words.js";
import { signalNamed } from "../lookup.js";
import { drawChain } from "./chain.js";
import {
  inputTag,
  meanOf,
  noProductOfMeans,
  numberOnLine,
  productText,
  sumText,
  unitsBeside,
} from "./parts.js";
import { drawPeepholes } from "./peepholes.js";

/** @import { CellDescription, Drawing, Equation, Journey, Point } from "../types.d.ts" */
/** @import { Scene } from "../types.d.ts" */
/** @import { TimestepNumbers } from "../types.d.ts" */
/** @import { Easel } from "./easel.js" */

/**
 * Where the parts of the drawing stand: x of gates and operations, y of what lies in one line.
 *
 * @typedef {object} Plan
 * @property {number} height
 * @property {number} left - where the state's line begins
 * @property {number} right - and ends
 * @property {number} stateLine
 * @property {number} joint - of the operations beside the state's line
 * @property {number} rail - of what is read
 * @property {{ width: number, height: number }} box - of a gate
 * @property {Point} forget - the middle of each gate's box, and its top
 * @property {Point} input
 * @property {Point} candidate
 * @property {Point} output
 * @property {number} keep - of the operations
 * @property {number} add
 * @property {number} show
 * @property {Point[]} inputStem
 * @property {Point[]} candidateStem
 * @property {Point[]} outputStem
 * @property {Point[]} hiddenPath
 * @property {Point} hiddenAt
 */

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
  return {
    height: plan.height,
    phases: PHASES.filter(({ name }) => name !== "forget" || forgets),
    equations: (numbers, isMean) => [
      ...equationsOf(cell, numbers, isMean),
      ...phaseEquations(cell, numbers, isMean),
    ],
    journeys: journeysOf(plan),
  };
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
 * Positions for a page: four gates in a row.
 *
 * @param {number} width
 * @param {number} margin - that the neighbours take on both sides
 * @returns {Plan}
 */
function planWide(width, margin) {
  const [left, right, top, joint] = [76 + margin, width - 84 - margin - (margin ? 8 : 0), 146, 102];
  const at = (/** @type {number} */ share) => left + share * (right - left);
  const box = { width: Math.min(168, (right - left) * 0.2), height: 58 };
  const lines = { height: 238, left, right, stateLine: 44, joint, rail: 222, box };
  const [forget, input, candidate, output] = [0.13, 0.37, 0.6, 0.83].map(at);
  const [add, show] = [0.485, 0.955].map(at);
  /** @type {(x: number, to: number) => Point[]} */
  const up = (x, to) => [
    [x, top],
    [x, joint],
    [to, joint],
  ];
  return {
    ...lines,
    forget: [forget, top],
    input: [input, top],
    candidate: [candidate, top],
    output: [output, top],
    keep: forget,
    add,
    show,
    inputStem: up(input, add),
    candidateStem: up(candidate, add),
    outputStem: up(output, show),
    hiddenPath: [
      [show, 114],
      [show, 176],
      [right + 22, 176],
    ],
    hiddenAt: [right + 48, 180],
  };
}

/**
 * Positions for a phone: two gates a row, the state's line keeps its width.
 *
 * @param {number} width
 * @returns {Plan}
 */
function planNarrow(width) {
  const [left, right, row1, row2, joint] = [36, width - 40, 146, 234, 108];
  const box = { width: width / 2 - 30, height: 62 };
  const lines = { height: 330, left, right, stateLine: 46, joint, rail: 314, box };
  const [column1, column2] = [box.width / 2 + 4, width - box.width / 2 - 18];
  const middle = (column1 + column2) / 2;
  const [edge, side, show] = [width - 9, row2 + box.height / 2, right - 14];
  const [beside1, beside2] = [column1 + box.width / 2, column2 + box.width / 2];
  return {
    ...lines,
    forget: [column1, row1],
    input: [column2, row1],
    candidate: [column1, row2],
    output: [column2, row2],
    keep: column1 + 4,
    add: middle,
    show,
    inputStem: [
      [column2, row1],
      [column2, joint],
      [middle, joint],
    ],
    candidateStem: [
      [beside1, side],
      [middle, side],
      [middle, joint],
    ],
    outputStem: [
      [beside2, side],
      [edge, side],
      [edge, joint],
      [show, joint],
    ],
    hiddenPath: [],
    hiddenAt: [width - 44, 312],
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
  const [x, y, kind] = [add + 20, joint - 20, "caption-number"];
  if (easel.narrow) easel.number(x, y, (n) => written(n.written), { kind });
  else easel.product(x, y, say("written"), "i·g", { name: "written", kind, anchor: "start" });
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
  easel.number(right + 26, stateLine + 5, (n) => written(n.cell_state), { kind: "strong" });
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
    easel.text(show + 6, joint - 24, squash, { class: "caption" });
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
  const tell = (/** @type {TimestepNumbers} */ n) =>
    projection ? say("shown", { number: written(n.shown) }) : `h = ${written(n.hidden_state)}`;
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
  else easel.number(x - 4, y + 1, (n) => written(n.hidden_state), { kind: "strong" });
}

const KEPT = { gate: "f·c₋", coupled: "(1 − i)·c₋", none: "c₋" };

/**
 * The update of the cell state as a sum of means.
 *
 * @param {keyof typeof KEPT} forget
 */
function sumOfMeans(forget) {
  return `${meanOf(KEPT[forget])} + ${meanOf("i·g")} = ${meanOf("c")}`;
}

/**
 * Only what holds: a mean of products is not the product of means, a projection mixes units.
 *
 * @param {CellDescription} cell
 * @param {TimestepNumbers} n
 * @param {boolean} isMean
 * @returns {Equation[]}
 */
function equationsOf(cell, n, isMean) {
  const { forget, projection, output_activation: squash } = cell;
  const whole = squash === "identity";
  const shown = whole ? "o·c" : `o·${squash}(c)`;
  const target = projection ? say("then_projected", { symbols: shown }) : `${shown} = h`;
  const kept = forget === "none" ? n.carried : n.retained;
  const sum = sumText([kept, n.written], n.cell_state);
  if (isMean) {
    return [[sumOfMeans(forget), sum], [meanOf(target), written(n.shown)], noProductOfMeans()];
  }
  const gate = forget === "none" ? "" : `${written(n.forget_gate)} · `;
  const carried = gate ? factor(n.carried) : written(n.carried);
  const products = `${gate}${carried} + ${written(n.input_gate)} · ${factor(n.candidate)}`;
  const squashed = whole ? factor(n.cell_state) : `${squash}(${written(n.cell_state)})`;
  const product = written(n.output_gate * n.squashed);
  return [
    [`${KEPT[forget]} + i·g = c`, `${products} = ${sum}`],
    [target, `${written(n.output_gate)} · ${squashed} = ${product}`],
  ];
}

/**
 * The arithmetic of each phase of slow motion, from what is known by then.
 *
 * @param {CellDescription} cell
 * @param {TimestepNumbers} n
 * @param {boolean} isMean
 * @returns {Equation[]}
 */
function phaseEquations({ forget, output_activation: squash }, n, isMean) {
  const shows = squash === "identity" ? "o·c" : `o·${squash}(c)`;
  const kept = forget === "none" ? n.carried : n.retained;
  const sum = sumText([kept, n.written], n.cell_state);
  if (isMean) {
    return [
      [meanOf("f·c₋"), written(n.retained), "forget"],
      [meanOf("i·g"), written(n.written), "input"],
      [sumOfMeans(forget), sum, "update"],
      [meanOf(shows), written(n.shown), "output"],
    ];
  }
  return [
    ["f·c₋", productText(n.forget_gate, n.carried), "forget"],
    ["i·g", productText(n.input_gate, n.candidate), "input"],
    [`${KEPT[forget]} + i·g = c`, sum, "update"],
    [shows, productText(n.output_gate, n.squashed), "output"],
  ];
}
