import { readPlan, writePlan } from "../../../app/components/teaching/js/plan.js";
import { qrCode } from "../../../app/components/teaching/js/qr.js";
import { equal, holds } from "./expect.js";

/** @import { Given } from "./types.d.ts" */

const SCREENS = [
  { title: "Reber, where it has to remember", href: "/?demo=reber&t=4&hide=network.pages" },
  { title: "/learn?step=2", href: "/learn?step=2" },
];

export default {
  "a QR code is that of another library"(/** @type {Given} */ { expected }) {
    for (const { text, mask, rows } of expected.codes) {
      const code = qrCode(text, mask) ?? [];
      equal(
        code.map((row) => row.map(Number).join("")),
        rows,
      );
    }
  },

  "of all masks that of the most even pattern is taken"() {
    const text = "http://gatescope/?demo=reber&t=4";
    const taken = JSON.stringify(qrCode(text));
    holds(
      [0, 1, 2, 3, 4, 5, 6, 7].some((mask) => JSON.stringify(qrCode(text, mask)) === taken),
      "it is one of them",
    );
  },

  "a text that no QR code holds has none"() {
    equal(qrCode("x".repeat(2331))?.length, 177);
    equal(qrCode("x".repeat(2332)), null);
  },

  "a lesson plan is found in its file as it was saved"() {
    equal(readPlan(writePlan(SCREENS, "http://school:8501")), SCREENS);
  },

  "a plan's link leads to this server alone, and what is none is left out"() {
    const text =
      "javascript:alert(1)\n#  Elsewhere \r\nhttps://evil.example//learn?t=1\nwords\n//x.y/\n";
    equal(readPlan(text), [
      { title: "Elsewhere", href: "/learn?t=1" },
      { title: "/", href: "/" },
    ]);
  },
};
