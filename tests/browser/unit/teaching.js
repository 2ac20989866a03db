import {
  followedQuery,
  freshMemory,
  ledSettings,
  nextMove,
  noteStand,
  shownLook,
} from "../../../app/components/teaching/js/look.js";
import { readPlan, writePlan } from "../../../app/components/teaching/js/plan.js";
import { qrCode } from "../../../app/components/teaching/js/qr.js";
import { newKey, newWord, roomWord } from "../../../app/components/teaching/js/room_word.js";
import { equal, holds } from "./expect.js";

/** @import { Given } from "./types.d.ts" */

const SCREENS = [
  { title: "Reber, where it has to remember", href: "/?demo=reber&t=4&hide=network.pages" },
  { title: "/learn?step=2", href: "/learn?step=2" },
];

const REBER = { page: "", query: "demo=reber&t=3&unit=2" };

/**
 * What a stage does that is at `mine`, and where it then stands.
 *
 * @param {{ page: string, query: string }} theirs
 * @param {any} mine
 * @param {any} memory
 * @param {number} now
 * @param {number} touched
 */
function followed(theirs, mine, memory, now, touched = 0) {
  const move = nextMove(theirs, mine, memory, { now, touched });
  if (move === "move") {
    Object.assign(mine.settings, ledSettings(theirs, mine.settings));
    noteStand(memory, mine.settings);
  }
  if (move === "go") mine.query = followedQuery(theirs, mine.query);
  return move;
}

export default {
  "a stage goes where its teacher's is, and rests there"() {
    const memory = freshMemory();
    const mine = { page: "", query: "?demo=adding&hide=network", settings: { t: 0, unit: -1 } };
    equal(followed(REBER, mine, memory, 1), "go");
    equal(mine.query, "demo=reber&t=3&unit=2&hide=network");
    equal(followed(REBER, mine, memory, 2), "move");
    equal(mine.settings, { t: 3, unit: 2 });
    equal(followed(REBER, mine, memory, 3), "rest");
    equal(followed({ ...REBER, query: "demo=reber&t=4&unit=2" }, mine, memory, 4), "move");
    equal(mine.settings.t, 4);
  },

  "a student who steps or chooses takes over, and what the page does by itself is no choice"() {
    const moved = [
      { settings: { t: 9, unit: 2 } },
      { settings: { t: 3, unit: 5 } },
      { query: "?demo=adding" },
      { page: "memory" },
    ];
    for (const elsewhere of moved) {
      for (const touched of [0, 15]) {
        const memory = freshMemory();
        const mine = { page: "", query: "?demo=reber", settings: { t: 3, unit: 2 } };
        equal(followed(REBER, mine, memory, 10), "rest");
        const next = followed(REBER, Object.assign(mine, elsewhere), memory, 20, touched);
        equal(next === "taken", touched > 0);
      }
    }
  },

  "how a student looks at a screen, and a run on Train, are their own"() {
    const memory = freshMemory();
    const mine = { page: "", query: "?demo=reber&details=why", settings: { t: 3, unit: 2 } };
    equal(followed(REBER, mine, memory, 1), "rest");
    Object.assign(mine, { query: "?demo=reber&order=similarity&language=es" });
    equal(followed(REBER, mine, memory, 3, 2), "rest");
    const [theirs, their] = [{ page: "train", query: "task=reber" }, freshMemory()];
    equal(followed(theirs, { ...theirs, settings: null }, their, 1), "rest");
    const chosen = { page: "train", query: "?task=adding", settings: null };
    equal(followed(theirs, chosen, their, 3, 2), "rest");
  },

  "a page that cannot show a screen is not sent there for ever"() {
    const memory = freshMemory();
    const mine = { page: "", query: "?demo=first", settings: { t: 0, unit: 0 } };
    const theirs = { page: "", query: "demo=nowhere&t=99&unit=0" };
    const moves = Array.from({ length: 200 }, (_, k) => {
      const move = followed(theirs, mine, memory, 200 * k);
      mine.query = "?demo=first";
      mine.settings.t = Math.min(mine.settings.t, 8); // a run of nine timesteps
      return move;
    });
    equal(moves.filter((move) => move === "go").length, 1);
    holds(
      moves.slice(-100).every((move) => move === "rest"),
      "it rests",
    );
  },

  "what only the teacher has is not shown to the class"() {
    equal(shownLook({ page: "model", query: "?t=3", settings: { t: 3 } }), null);
    equal(shownLook({ page: "", query: "?upload=mine.txt", settings: null }), null);
    const settings = { t: 4, units: [2, -1] };
    const look = shownLook({ page: "memory", query: "?session=x&demo=a&t=3&hide=own", settings });
    equal(look, { page: "memory", query: "demo=a&t=4&units=2%2C-1" });
    equal(ledSettings(look ?? REBER, { t: 0, units: [] }), settings);
  },

  "a timestep that is no number leads nowhere"() {
    equal(ledSettings({ page: "", query: "t=x&unit=1e99&units=1,NaN" }, { t: 0, unit: 0 }), {});
  },

  "a room's word is read as it was made, whatever its case"() {
    for (const word of [newWord(), "lstm-7b", "门控" + "网"])
      equal(roomWord(` ${word.toUpperCase()} `), word);
    for (const typed of ["ab", "two words", "<b>x</b>", "x".repeat(25)]) equal(roomWord(typed), "");
    const keys = [newKey(), newKey()];
    holds(keys.every((key) => /^[0-9a-f]{32}$/.test(key)) && keys[0] !== keys[1], "a key is new");
  },

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
