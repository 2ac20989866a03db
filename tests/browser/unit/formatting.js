import { visible, written } from "../../../app/components/shared/js/formatting.js";
import { equal } from "./expect.js";

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
