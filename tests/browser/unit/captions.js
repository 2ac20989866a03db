import { captionSpans, captionText } from "../../../app/components/stage/js/caption/caption.js";
import { fixedText } from "../../../app/components/stage/js/caption/digits.js";
import { contributionsAt } from "../../../app/components/stage/js/caption/source.js";
import { fillTemplate } from "../../../app/components/stage/js/caption/template.js";
import { valueAt } from "../../../app/components/stage/js/lookup.js";
import { readScene } from "../../../app/components/stage/js/scene.js";
import { equal, near } from "./expect.js";

/** @import { Given } from "./types.d.ts" */

export default {
  "the browser says the sentence that Python makes of the same numbers"(
    /** @type {Given} */ { expected },
  ) {
    for (const { payload, phases, said } of expected.captions) {
      const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
      const scene = readScene(bytes);
      for (const [t, unit, now, text] of said) {
        equal(
          [t, unit, now, captionText(scene, t, unit, { names: phases, now })],
          [...[t, unit, now], text],
        );
      }
    }
  },

  "what was written and is still there adds up to the cell state"(/** @type {Given} */ { scene }) {
    const read = readScene(scene);
    for (const t of [0, 7, 39]) {
      const parts = contributionsAt(read, t, 3);
      const sum = parts?.written.reduce((total, part) => total + part, parts.initial) ?? NaN;
      near(sum, valueAt(read, "cell_state", t, 3), 1e-5);
    }
  },

  "nothing is said of numbers that are not here yet"(/** @type {Given} */ { long }) {
    const scene = readScene(long);
    const moment = { names: [], now: null };
    equal(captionText(scene, 5, 0, moment), scene.captions.sentences.waiting);
    equal(contributionsAt(scene, 5, 0), null);
  },

  "bold and coloured words of a template are marked, and data is not markup"() {
    equal(fillTemplate("The [input_gate|gate] adds *{n}*.", { n: "[a|b] *c*" }), [
      { text: "The ", kind: "plain" },
      { text: "gate", kind: "signal", signal: "input_gate" },
      { text: " adds ", kind: "plain" },
      { text: "[a|b] *c*", kind: "bold" },
      { text: ".", kind: "plain" },
    ]);
  },

  "the gates of a sentence have their colours"(/** @type {Given} */ { scene }) {
    const spans = captionSpans(readScene(scene), 9, 2, { names: [], now: null });
    const signals = spans.map(({ signal }) => signal).filter(Boolean);
    equal(signals, ["forget_gate", "input_gate", "cell_state", "output_gate", "hidden_state"]);
  },

  "a number is rounded half up, and is never minus zero"() {
    equal(
      [0.125, -0.125, -0.0004, 99999.5, 123456].map((value) => fixedText(value, 2)),
      ["0.13", "−0.13", "0.00", "99999.50", "1.23e+5"],
    );
  },
};
