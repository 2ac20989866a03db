import { speakWith } from "../../../app/components/shared/js/words.js";
import {
  digitsOfSum,
  inBrackets,
  numberOf,
  percentage,
} from "../../../app/components/stage/js/caption/digits.js";
import { termsOf } from "../../../app/components/stage/js/caption/terms.js";
import { fittedLines } from "../../../app/components/stage/js/drawing/arithmetic.js";
import {
  lstmArithmetic,
  lstmEquations,
} from "../../../app/components/stage/js/drawing/lstm_equations.js";
import { readScene } from "../../../app/components/stage/js/scene.js";
import { numbersAt } from "../../../app/components/stage/js/timestep_numbers.js";
import { equal, holds, random } from "./expect.js";

/** @import { Given } from "./types.d.ts" */

/**
 * The terms of every timestep and unit of a scene.
 *
 * @param {Uint8Array} packed
 */
function everyTerm(packed) {
  const scene = readScene(packed);
  const { kind, cell, timesteps, hidden_size: units } = scene;
  return Array.from({ length: timesteps * units }, (_, k) => {
    const [t, unit] = [Math.floor(k / units), k % units];
    return termsOf({ kind, cell, unit, numbers: numbersAt(scene, t, unit) ?? {} });
  });
}

export default {
  "what is kept and what is written make what is held as printed, and factors their product"(
    /** @type {Given} */ { scene, gru },
  ) {
    for (const { texts, memory, addsUp, multiplies } of [...everyTerm(scene), ...everyTerm(gru)]) {
      const [kept, added, held] = [texts.retained, texts.written, memory].map(numberOf);
      const unit = 10 ** -memory.split(".")[1].length;
      if (addsUp) holds(Math.abs(kept + added - held) < unit / 100, `${kept} + ${added} = ${held}`);
      const gate = texts.forget_gate ?? texts.update_gate;
      if (!multiplies.retained) continue;
      const product = numberOf(gate) * numberOf(texts.carried);
      holds(Math.abs(product - kept) <= unit * 0.5001, `${gate} × ${texts.carried} = ${kept}`);
    }
  },

  "nearly all terms add up and multiply out"(/** @type {Given} */ { scene }) {
    const all = everyTerm(scene);
    const good = all.filter(({ addsUp, multiplies }) => addsUp && multiplies.retained);
    holds(good.length > 0.9 * all.length, `${good.length} of ${all.length}`);
  },

  "numbers that are not here, or beyond all numbers, are said in signs"() {
    const cell = /** @type {any} */ ({ forget: "gate" });
    equal(termsOf({ kind: "lstm", cell, unit: 0, numbers: {} }).texts, {});
    const numbers = { carried: NaN, retained: Infinity, written: 0.5, cell_state: Infinity };
    const { texts } = termsOf({ kind: "lstm", cell, unit: 0, numbers });
    equal(texts, { carried: "…", retained: "∞", written: "0.500", cell_state: "∞" });
  },

  "a phase's arithmetic is the printed terms, a coupled forget gate's from the input gate"() {
    const numbers = { forget_gate: 0.75, input_gate: 0.25, candidate: -1, carried: 2 };
    const made = { retained: 1.5, written: -0.25, cell_state: 1.25 };
    const shown = { output_gate: 0.5, squashed: 0.848, shown: 0.424 };
    const texts = (/** @type {"gate" | "coupled" | "none"} */ forget) => {
      const cell = /** @type {any} */ ({ forget, output_activation: "tanh" });
      const all = { ...numbers, ...made, ...shown };
      const terms = termsOf({ kind: "lstm", cell, unit: 0, numbers: all });
      return lstmArithmetic(cell).map(({ parts }) => parts(terms).join(" "));
    };
    equal(texts("gate"), [
      "0.750 × 2.000 = 1.500",
      "0.250 × (−1.000) = −0.250",
      "1.500 + (−0.250) = 1.250",
      "0.500 × 0.848 = 0.424",
    ]);
    equal(texts("coupled")[0], "(1 − 0.250) × 2.000 = 1.500");
  },

  "a state that is held is neither a sum nor a product, in the equations and in its phase"() {
    speakWith({ language: "en", table: { held_at: "held at {number}" } });
    const cell = /** @type {any} */ ({ forget: "gate", output_activation: "tanh" });
    const gates = { forget_gate: 0.75, input_gate: 0.25, candidate: -1, output_gate: 0.5 };
    const made = { carried: 2, retained: 1.5, written: -0.25, squashed: 0.905, shown: 0.452 };
    const numbers = { ...gates, ...made, cell_state: 1.5, hidden_state: -0.7 };
    const held = ["cell_state", "hidden_state"];
    const terms = termsOf({ kind: "lstm", cell, unit: 0, numbers, held });
    equal(terms.texts.out, "−0.700");
    const lines = lstmEquations(cell, lstmArithmetic(cell), terms, false);
    equal(
      lines.filter(([, , phase]) => phase !== "forget" && phase !== "input"),
      [
        ["c", "held at 1.500"],
        ["h", "held at −0.700"],
        ["c", "held at 1.500", "update"],
        ["h", "held at −0.700", "output"],
      ],
    );
  },

  "arithmetic breaks into lines between its parts, and takes as few as it can"() {
    const parts = ["0.989", "× 2.537", "= 2.509"];
    equal(fittedLines(parts, 21), ["0.989 × 2.537 = 2.509"]);
    equal(fittedLines(parts, 20), ["0.989 × 2.537", "= 2.509"]);
    equal(fittedLines(parts, 3), parts);
  },

  "with the digits that add up the rounded terms make the rounded sum"() {
    const values = random(3000).map((share) => 4 * share - 2);
    let found = 0;
    for (let k = 0; k < values.length; k += 2) {
      const terms = [values[k], values[k + 1]];
      const digits = digitsOfSum(terms, terms[0] + terms[1], 3);
      if (digits === null) continue;
      found += 1;
      const [a, b, c] = [...terms, terms[0] + terms[1]].map((n) => Math.round(n * 10 ** digits));
      equal(a + b, c);
    }
    holds(found > 1400, "nearly all sums add up");
  },

  "a sum that is none adds up with no digits"() {
    equal(digitsOfSum([1, 1], 3, 3), null);
    equal(digitsOfSum([0.0004, 0.0004], 0.0008, 3), 4);
  },

  "a negative factor stands in brackets, and a gate in percent has its own decimals"() {
    equal(["2.000", "−2.000"].map(inBrackets), ["2.000", "(−2.000)"]);
    equal(["0.989", "0.9889", "1.000", "0.0000"].map(percentage), ["98.9", "98.89", "100", "0"]);
  },
};
