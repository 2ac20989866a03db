// Where the parts of the LSTM's drawing stand.

/** @import { BesideLit, Point } from "../types.d.ts" */

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
 * @property {Record<string, BesideLit>} beside - what is lit in each phase
 */

/**
 * Positions for a page: four gates in a row.
 *
 * @param {number} width
 * @param {number} margin - that the neighbours take on both sides
 * @returns {Plan}
 */
export function planWide(width, margin) {
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
    beside: {
      forget: { at: [forget + 20, joint], room: input - forget - 26 },
      input: { at: [add + 20, joint - 22], room: show - add - 30 },
      update: { at: [add + 18, 18], room: right - add },
      output: { at: [show + 20, joint + 8], room: right - show + 68 },
    },
  };
}

/**
 * Positions for a phone: two gates a row, the state's line keeps its width.
 *
 * @param {number} width
 * @returns {Plan}
 */
export function planNarrow(width) {
  const [left, right, row1, row2, joint] = [36, width - 40, 146, 234, 108];
  const box = { width: width / 2 - 30, height: 62 };
  const lines = { height: 330, left, right, stateLine: 46, joint, rail: 314, box };
  const [column1, column2] = [box.width / 2 + 4, width - box.width / 2 - 18];
  const middle = (column1 + column2) / 2;
  const [edge, side, show] = [width - 9, row2 + box.height / 2, right - 14];
  const [beside1, beside2] = [column1 + box.width / 2, column2 + box.width / 2];
  /** @type {BesideLit} */
  const above = { at: [middle + 14, joint - 26], room: show - middle - 26 };
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
    beside: {
      forget: { at: [column1 - 10, joint - 6], room: column1 - 12, anchor: "end" },
      input: above,
      update: above,
      output: { ...above, at: [show - 14, joint - 26], anchor: "end" },
    },
  };
}
