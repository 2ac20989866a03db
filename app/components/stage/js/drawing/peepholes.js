// Peepholes in the LSTM's drawing.

/** @import { CellDescription, Point } from "../types.d.ts" */
/** @import { Easel } from "./easel.js" */
/** @import { Plan } from "./lstm_plan.js" */

/**
 * Peepholes: gates that look at the cell state, input and forget gate at c₋, the output gate at c.
 *
 * @param {Easel} easel
 * @param {CellDescription} cell
 * @param {Plan} plan
 */
export function drawPeepholes(easel, cell, { stateLine, box, left, show, forget, input, output }) {
  const look = (
    /** @type {string} */ phase,
    /** @type {number} */ from,
    /** @type {Point} */ to,
  ) => {
    const [x, y] = to;
    easel.during(phase, () => {
      easel.wire("peephole", [from, stateLine + 15], [from, y - 8], [x, y - 8], [x, y]);
    });
  };
  const offset = box.width / 2 - 14;
  const before = left + 14;
  if (cell.forget === "gate") look("forget", before, [forget[0] - offset, forget[1]]);
  look("input", before, [input[0] - offset, input[1]]);
  look("output", show - 12, [output[0] + offset - 12, output[1]]);
}
