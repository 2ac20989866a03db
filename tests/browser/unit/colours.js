import {
  colourTable,
  cssColour,
  positionOf,
  toLevel,
} from "../../../app/components/shared/js/colours.js";
import { equal, holds, near, random } from "./expect.js";

const UNITS = { unitLow: new Float32Array([-4, 0]), unitHigh: new Float32Array([2, 0]) };
const CELL_STATE = { low: -4, high: 4, typical: 0.5, unbounded: true, ...UNITS };
const CANDIDATE = { low: -1, high: 1, typical: 0.5, unbounded: false, ...UNITS };
const GATE = { low: 0, high: 1, typical: 0.5, unbounded: false, ...UNITS };

export default {
  "the table of colours goes through its stops"() {
    const table = colourTable(["#000000", "#ff8000", "#ffffff"]);
    equal(table.length, 256);
    equal(cssColour(table, 0), "rgb(0 0 0)");
    equal(cssColour(table, 255), "rgb(255 255 255)");
    equal(cssColour(colourTable(["#000000", "#ff8000"]), 51), "rgb(51 26 0)");
  },

  "a pixel of the table is red, green, blue and opaque in this order of bytes"() {
    const [pixel] = colourTable(["#102030", "#102030"]);
    equal(new Uint8Array(new Uint32Array([pixel]).buffer), [16, 32, 48, 255]);
  },

  "a gate's position is its number, a signed signal's zero is in the middle"() {
    near(positionOf(GATE, "asinh")(0.25, 0), 0.25);
    for (const scale of /** @type {const} */ (["asinh", "linear", "per_unit"])) {
      near(positionOf(CANDIDATE, scale)(0, 0), 0.5);
      near(positionOf(CANDIDATE, scale)(-1, 0), 0);
      near(positionOf(CELL_STATE, scale)(0, 0), 0.5);
    }
  },

  "every scale of the cell state ends at its ends and grows"() {
    for (const scale of /** @type {const} */ (["asinh", "linear", "per_unit"])) {
      const position = positionOf(CELL_STATE, scale);
      near(position(4, 0), 1);
      near(position(-4, 0), 0);
      const values = random(200)
        .sort()
        .map((share) => 8 * share - 4);
      const positions = values.map((value) => position(value, 0));
      holds(
        positions.every((p, k) => k === 0 || p >= positions[k - 1]),
        `${scale} grows`,
      );
    }
  },

  "the asinh scale gives more room to what is small"() {
    const position = positionOf(CELL_STATE, "asinh");
    near(position(0.5, 0), 0.5 + Math.asinh(1) / (2 * Math.asinh(8)));
    holds(position(0.5, 0) > positionOf(CELL_STATE, "linear")(0.5, 0), "0.5 is further out");
  },

  "on the scale per unit a unit that never moves is in the middle"() {
    equal(positionOf(CELL_STATE, "per_unit")(0, 1), 0.5);
  },

  "a level is within 0 and 255, also of what is no number"() {
    equal([-1, 0, 0.5, 1, 2, NaN].map(toLevel), [0, 0, 128, 255, 255, 0]);
  },
};
