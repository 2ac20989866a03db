// The standard RNN's drawing: one layer, no line of its own for the state, nothing that keeps.

import { drawArithmetic, phaseEquations } from "./arithmetic.js";
import { drawChain } from "./chain.js";
import { HIDDEN_STATE, heldInstead, inputTag, meanOf } from "./parts.js";

/** @import { Terms } from "../caption/types.d.ts" */
/** @import { Arithmetic, Drawing, Equation, Point, Scene, Stage } from "../types.d.ts" */
/** @import { Easel } from "./easel.js" */

const RNN_PHASES = [{ name: "update", lights: ["hidden_state"] }];
const HEIGHT = 172;
const READ_AT = 150; // y of what is read

/**
 * Draw the cell; return its height, its phases and its equations in numbers.
 *
 * @param {Easel} easel
 * @param {Scene} scene
 * @returns {Drawing}
 */
export function drawRNN(easel, { cell }) {
  easel.during("update", () => drawLayer(easel, cell.activation));
  const arithmetic = rnnArithmetic(cell.activation);
  const middle = easel.width / 2;
  const beside = { at: /** @type {Point} */ ([middle + 14, 126]), room: middle - 20 };
  drawArithmetic(easel, { update: beside }, [arithmetic]);
  return {
    height: HEIGHT,
    phases: RNN_PHASES,
    equations: (terms, isMean) => [
      wholeEquation(easel.stage, arithmetic, terms, isMean),
      ...phaseEquations([arithmetic], terms, isMean),
    ],
  };
}

/**
 * h₋ at the left, the layer with what it reads, h at the right.
 *
 * @param {Easel} easel
 * @param {string} activation
 */
function drawLayer(easel, activation) {
  const [y, box] = [40, { width: easel.narrow ? 136 : 190, height: 66 }];
  const edge = easel.narrow ? 50 : 120 + easel.margin;
  const [left, middle, right] = [edge, easel.width / 2, easel.width - edge];
  const [begin, end] = [middle - box.width / 2, middle + box.width / 2];
  const units = { top: y + 7, width: 12, height: 52 };
  drawChain(easel, HEIGHT, y + 33, "hidden_state", ["hidden_state"]);
  easel.wire("hidden-wire", [left, y + 33], [right, y + 33]);
  easel.mini("hidden_state", { left: left - 26, ...units }, true);
  easel.symbol(left - 20, y, "h₋", "hidden_state");
  easel.number((left + begin) / 2, y + 26, "carried", { anchor: "middle" });
  easel.wire("input-wire", [middle, READ_AT], [middle, y + box.height]);
  inputTag(easel, middle - 36, READ_AT, 72, "");
  easel.gate(middle, y, "hidden_state", activation, box);
  easel.mini("hidden_state", { left: right + 14, ...units });
  easel.symbol(right + 20, y, "h", "hidden_state");
  const hidden = { kind: "strong", anchor: "middle" };
  easel.number((right + end) / 2, y + 26, "hidden_state", hidden);
}

/**
 * The layer in numbers, in the notation that the reader chose; a mean of activations is not the
 * activation of a mean.
 *
 * @param {Stage} stage
 * @param {Arithmetic} arithmetic
 * @param {Terms} terms
 * @param {boolean} isMean
 * @returns {Equation}
 */
function wholeEquation({ scene, group }, { parts }, terms, isMean) {
  const held = heldInstead(terms, HIDDEN_STATE, isMean);
  if (held) return held;
  if (isMean) return [`${meanOf(`${scene.cell.activation}(z)`)} = h`, terms.memory];
  const { notation = "split" } = group.settings;
  const card = scene.cards.parts.find(({ id }) => id === "hidden_state");
  const [made = "", symbols = ""] = card?.equations[notation]?.split(" = ") ?? [];
  return [`${symbols} = ${made}`, parts(terms).join(" ")];
}

/**
 * The arithmetic of the one phase that there is.
 *
 * @param {string} activation
 * @returns {Arithmetic}
 */
function rnnArithmetic(activation) {
  return {
    phase: "update",
    symbols: `${activation}(z)`,
    parts: ({ texts, memory }) => [`${activation}(${texts.preactivation})`, `= ${memory}`],
    term: "hidden_state",
    makes: HIDDEN_STATE,
  };
}
