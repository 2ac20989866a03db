// The bars that stand above every page: of the class that follows, and of the lesson plan.

import { showPlanBar } from "./plan_bar.js";
import { roomDesk } from "./room.js";
import { showRoomBar } from "./room_bar.js";
import { roomWord } from "./room_word.js";

/** @import { Mounting } from "../../shared/js/types.d.ts" */

/**
 * @typedef {object} Bars
 * @property {Record<string, string>} plan  words
 * @property {Record<string, string>} room  words
 * @property {string} arrived  the room of the address with which the page was opened
 * @property {string} language
 */

let arrived = ""; // the room of that address that was entered already

/**
 * Streamlit calls this at mount, and with every rerun.
 *
 * @param {Mounting<Bars>} mounting
 */
export default function gatescopeLessonBars({ data, parentElement }) {
  const [room, plan] = [".class-room", ".lesson-plan"].map((one) =>
    parentElement.querySelector(one),
  );
  if (!(room instanceof HTMLElement && plan instanceof HTMLElement)) return;
  room.lang = data.language;
  plan.lang = data.language;
  const word = roomWord(data.arrived);
  if (word && word !== arrived) roomDesk().join(word);
  arrived = word;
  const stops = [showRoomBar(room, data.room), showPlanBar(plan, data.plan)];
  return () => {
    for (const stop of stops) stop();
  };
}
