// The GRU's drawing: the line is that of h; z keeps and lets in, r says what the candidate sees.

import { colourOf } from "../../../shared/js/theme.js";
import { say } from "../../../shared/js/words.js";
import { inBrackets } from "../caption/digits.js";
import { signalNamed } from "../lookup.js";
import { drawArithmetic, phaseEquations } from "./arithmetic.js";
import { drawChain } from "./chain.js";
import { openness, STEM } from "./easel.js";
import {
  HIDDEN_STATE,
  heldInstead,
  heldSign,
  inputTag,
  meanOf,
  noProductOfMeans,
  numberOnLine,
  productParts,
  sumParts,
  unitsBeside,
} from "./parts.js";

/** @import { Terms } from "../caption/types.d.ts" */
/** @import { Arithmetic, BesideLit, CellDescription, Drawing } from "../types.d.ts" */
/** @import { Equation, Point, Scene } from "../types.d.ts" */
/** @import { Easel } from "./easel.js" */

/**
 * Where the parts of the drawing stand: x of gates and operations, y of what lies in one line.
 *
 * @typedef {object} GRUPlan
 * @property {number} height
 * @property {number} left - where the state's line begins
 * @property {number} right - and ends
 * @property {number} stateLine
 * @property {number} joint - of the operations beside the state's line
 * @property {number} rail - of what is read
 * @property {number[]} rails - where a wire goes up from there
 * @property {{ width: number, height: number }} box - of a gate
 * @property {Point} update - the middle of each gate's box, and its top
 * @property {Point} reset
 * @property {Point} candidate
 * @property {number} keep - of the operations
 * @property {number} add
 * @property {number} one
 * @property {number} recall
 * @property {Record<string, BesideLit>} beside - what is lit in each phase
 */

const GRU_PHASES = [
  { name: "reset", lights: ["reset_gate"] },
  { name: "candidate", lights: ["candidate"] },
  { name: "update", lights: ["update_gate"] },
  { name: "mix", lights: ["hidden_state"] },
];

const MIX = "z·h₋ + (1 − z)·n = h";

/**
 * Draw the cell; return its height, its phases and its equations in numbers.
 *
 * @param {Easel} easel
 * @param {Scene} scene
 * @returns {Drawing}
 */
export function drawGRU(easel, { cell }) {
  const plan = easel.narrow ? gruNarrow(easel.width) : gruWide(easel.width, easel.margin);
  const layers = ["reset_gate", "update_gate", "candidate"];
  easel.during("reset candidate update mix", () => {
    drawChain(easel, plan.height, plan.stateLine, "hidden_state", layers);
    gruStateLine(easel, plan);
  });
  easel.during("reset", () =>
    easel.gate(...plan.reset, "reset_gate", cell.recurrent_activation, plan.box),
  );
  easel.during("candidate", () => gruCandidate(easel, cell, plan));
  easel.during("update", () => gruUpdate(easel, cell, plan));
  easel.during("mix", () => gruMix(easel, plan));
  const arithmetic = gruArithmetic(cell);
  drawArithmetic(easel, plan.beside, arithmetic);
  return {
    height: plan.height,
    phases: GRU_PHASES,
    equations: (terms, isMean) => gruEquations(cell, arithmetic, terms, isMean),
  };
}

/**
 * Positions for a page: three gates in a row.
 *
 * @param {number} width
 * @param {number} margin - that the neighbours take on both sides
 * @returns {GRUPlan}
 */
function gruWide(width, margin) {
  const [left, right, top] = [76 + margin, width - 84 - margin - (margin ? 8 : 0), 146];
  const at = (/** @type {number} */ share) => left + share * (right - left);
  const box = { width: Math.min(168, (right - left) * 0.22), height: 58 };
  const [keep, one, recall, add] = [0.2, 0.5, 0.65, 0.8].map(at);
  const gates = { update: point(keep, top), reset: point(one, top), candidate: point(add, top) };
  const lines = { height: 238, left, right, stateLine: 44, joint: 102, rail: 222, box };
  /** @type {Record<string, BesideLit>} */
  const beside = {
    update: { at: [keep + 20, 78], room: one - keep - 36 },
    write: { at: [add - 18, 80], room: add - one - 30, anchor: "end" },
    mix: { at: [right - 2, 18], room: (right - left) / 2 - 50, anchor: "end" },
  };
  return { ...lines, ...gates, rails: [keep, one, add], keep, add, one, recall, beside };
}

/**
 * Positions for a phone: two gates a row, the state's line keeps its width.
 *
 * @param {number} width
 * @returns {GRUPlan}
 */
function gruNarrow(width) {
  const [left, right] = [36, width - 40];
  const box = { width: width / 2 - 30, height: 62 };
  const [first, second] = [box.width / 2 + 4, width - box.width / 2 - 18];
  const one = (first + second) / 2;
  const above = { update: point(first, 146), candidate: point(second, 146) };
  const lines = { height: 344, left, right, stateLine: 46, joint: 108, rail: 328, box };
  const gates = { ...above, reset: point(second, 248) };
  /** @type {Record<string, BesideLit>} */
  const beside = {
    update: { at: [first - 10, 100], room: first - 14, anchor: "end" },
    write: { at: [second - 14, 79], room: second - first - 30, anchor: "end" },
    mix: { at: [second + 14, 84], room: width - second - 16 },
  };
  const ops = { keep: first + 4, add: second, one, recall: one };
  return { ...lines, ...gates, rails: [second], ...ops, beside };
}

/**
 * @param {number} x
 * @param {number} y
 * @returns {Point}
 */
function point(x, y) {
  return [x, y];
}

/**
 * What is read, the wires to the gates, and the state's line with what comes in on it.
 *
 * @param {Easel} easel
 * @param {GRUPlan} plan
 */
function gruStateLine(easel, { left, right, stateLine, rail, rails, reset, box, keep }) {
  const start = easel.narrow ? 62 : 96 + easel.margin;
  easel.wire("input-wire", [start, rail], [rails[rails.length - 1], rail]);
  for (const x of rails) easel.wire("input-wire", [x, rail], [x, reset[1] + box.height]);
  inputTag(easel, 8 + easel.margin, rail, start - 8 - easel.margin);
  easel.stateLine(left, right, stateLine, "hidden_state");
  unitsBeside(easel, "hidden_state", "h₋", left - 22, stateLine - 22, true);
  numberOnLine(easel, stateLine, [left, keep], "carried");
}

/**
 * r goes into the candidate; whether before or after the recurrent product, the caption says.
 *
 * @param {Easel} easel
 * @param {CellDescription} cell
 * @param {GRUPlan} plan
 */
function gruCandidate(easel, cell, { reset: [x, y], candidate: [cx, cy], box, recall, ...plan }) {
  const caption = cell.reset_after ? "r · (h₋·U + b)" : "(r · h₋)·U";
  if (easel.narrow) {
    easel.stem("reset_gate", 1, [x, y], [x, cy + box.height]);
    const end = { class: "caption", "text-anchor": "end" };
    easel.text(x - 10, cy + box.height + 14, caption, end);
  } else {
    const middle = y + box.height / 2;
    easel.stem("reset_gate", 1, [x + box.width / 2, middle], [cx - box.width / 2, middle]);
    easel.operation(recall, middle, "×", { radius: 11 });
    easel.caption(recall, y + box.height + 12, caption);
  }
  const { high } = signalNamed(easel.stage.scene, "candidate");
  easel.stem("candidate", high, [plan.add, cy], [plan.add, plan.joint + 12]);
  easel.gate(cx, cy, "candidate", cell.activation, box);
}

/**
 * The update gate: what it keeps, and what it leaves for the candidate.
 *
 * @param {Easel} easel
 * @param {CellDescription} cell
 * @param {GRUPlan} plan
 */
function gruUpdate(easel, cell, { update, keep, stateLine, joint, add, one, box }) {
  easel.stem("update_gate", 1, [keep, update[1]], [keep, stateLine + 15]);
  const rest = easel.wire("rest-wire", [keep, joint], [add, joint]);
  rest.setAttribute("style", colourOf("update_gate"));
  easel.updates.push((n) => {
    rest.setAttribute("stroke-width", (0.8 + STEM * openness(1 - n.update_gate)).toFixed(2));
  });
  easel.add("circle", { cx: one, cy: joint, r: 14, class: "operation" });
  easel.text(one, joint + 4, "1−", { class: "activation", "text-anchor": "middle" });
  easel.gate(...update, "update_gate", cell.recurrent_activation, box);
  easel.operation(keep, stateLine, "×", {
    gate: "update_gate",
    signal: "hidden_state",
    part: "keep",
  });
}

/**
 * What was kept and what is new come together on the state's line.
 *
 * @param {Easel} easel
 * @param {GRUPlan} plan
 */
function gruMix(easel, { add, joint, stateLine, right, keep }) {
  easel.wire("write-wire", [add, joint - 12], [add, stateLine + 15]);
  easel.operation(add, joint, "×", { radius: 12, part: "write" });
  easel.operation(add, stateLine, "+", { signal: "hidden_state", part: "add" });
  numberOnLine(easel, stateLine, [keep, add], "retained");
  if (!easel.narrow) easel.product((keep + add) / 2, stateLine - 21, say("kept"), "z·h₋");
  const [x, y, kind, anchor] = [add - 20, joint - 20, "caption-number in-product", "end"];
  if (easel.narrow) easel.number(x, y, "written", { kind, anchor });
  else easel.product(x, y, say("written"), "(1 − z)·n", { name: "written", kind, anchor });
  numberOnLine(easel, stateLine, [add, right], "hidden_state", "strong");
  unitsBeside(easel, "hidden_state", "h", right + 8, stateLine - 22);
  if (easel.narrow) return;
  heldSign(easel, [(add + right) / 2, stateLine - 21], "hidden_state");
  easel.number(right + 26, stateLine + 5, "hidden_state", { kind: "strong" });
}

/**
 * The mix in numbers, and the equations of each phase.
 *
 * @param {CellDescription} cell
 * @param {Arithmetic[]} arithmetic
 * @param {Terms} terms
 * @param {boolean} isMean
 * @returns {Equation[]}
 */
function gruEquations(cell, arithmetic, terms, isMean) {
  const { texts } = terms;
  const sum = sumParts(terms, cell).join(" ");
  const kept = `${texts.update_gate} · ${inBrackets(texts.carried)}`;
  const added = `${texts.rest} · ${inBrackets(texts.candidate)}`;
  const held = heldInstead(terms, HIDDEN_STATE, isMean);
  /** @type {Equation[]} */
  const whole = isMean
    ? [held ?? [mixOfMeans(), sum], noProductOfMeans()]
    : [held ?? [MIX, `${kept} + ${added} = ${sum}`]];
  return [...whole, ...phaseEquations(arithmetic, terms, isMean)];
}

/** The mix as a sum of means. */
function mixOfMeans() {
  return `${meanOf("z·h₋")} + ${meanOf("(1 − z)·n")} = ${meanOf("h")}`;
}

/**
 * The arithmetic of each phase of slow motion, from what is known by then.
 *
 * @param {CellDescription} cell
 * @returns {Arithmetic[]}
 */
function gruArithmetic(cell) {
  return [
    { phase: "reset", symbols: "r", parts: ({ texts }) => [texts.reset_gate], term: "reset_gate" },
    {
      phase: "candidate",
      symbols: "n",
      parts: ({ texts }) => [texts.candidate],
      term: "candidate",
    },
    {
      phase: "update",
      symbols: "z·h₋",
      parts: (terms) => productParts(terms, "update_gate", "carried", "retained"),
      term: "retained",
    },
    {
      phase: "mix",
      place: "write",
      symbols: "(1 − z)·n",
      parts: (terms) => productParts(terms, "rest", "candidate", "written"),
      term: "written",
    },
    {
      phase: "mix",
      symbols: MIX,
      meanSymbols: mixOfMeans(),
      parts: (terms) => sumParts(terms, cell),
      makes: HIDDEN_STATE,
    },
  ];
}
