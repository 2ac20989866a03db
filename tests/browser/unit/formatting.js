import {
  digitsThatAddUp,
  factor,
  visible,
  written,
} from "../../../app/components/shared/js/formatting.js";
import { equal, holds, random } from "./expect.js";

export default {
  "a number has a real minus, and zero has none"() {
    equal(written(-1.5), "−1.500");
    equal(written(-0.0001), "0.000");
    equal(written(-0), "0.000");
    equal(written(-0.0005, 3), "−0.001");
  },

  "large numbers have fewer digits, and powers of ten beyond a hundred thousand"() {
    equal(
      [99.9994, 100, 1000, 99999.94].map((n) => written(n)),
      ["99.999", "100.00", "1000.0", "99999.9"],
    );
    equal(
      [1e5, -123456].map((n) => written(n)),
      ["1.00e+5", "−1.23e+5"],
    );
    equal(written(123.456, 1), "123.5");
  },

  "what is no finite number is said in signs"() {
    equal(
      [NaN, Infinity, -Infinity].map((n) => written(n)),
      ["…", "∞", "−∞"],
    );
  },

  "a negative factor stands in brackets"() {
    equal([factor(2), factor(-2), factor(-0)], ["2.000", "(−2.000)", "0.000"]);
  },

  "with the digits that add up the rounded terms make the rounded sum"() {
    const values = random(3000).map((share) => 4 * share - 2);
    let found = 0;
    for (let k = 0; k < values.length; k += 2) {
      const terms = [values[k], values[k + 1]];
      const digits = digitsThatAddUp(terms, terms[0] + terms[1]);
      if (digits === null) continue;
      found += 1;
      const [a, b, c] = [...terms, terms[0] + terms[1]].map((n) => Math.round(n * 10 ** digits));
      equal(a + b, c);
    }
    holds(found > 1400, "nearly all sums add up with at most six digits");
  },

  "a sum that is none adds up with no digits"() {
    equal(digitsThatAddUp([1, 1], 3), null);
    equal(digitsThatAddUp([0.0004, 0.0004], 0.0008), 4);
  },

  "white space and what has no picture get one that can be seen"() {
    equal(["", " ", "\n", "\t", "\u00a0"].map(visible), ["∅", "␣", "↵", "⇥", "⍽"]);
    equal(visible("a\nb"), "a↵b");
    equal(visible("a\u0007\u200bb"), "a��b");
  },

  "a token is shown as it is, whatever it is called"() {
    const tokens = ["constructor", "toString", "__proto__", "<img>", "𝄞", "a b"];
    equal(tokens.map(visible), tokens);
  },
};
