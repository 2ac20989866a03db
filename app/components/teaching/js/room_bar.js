// The sign that a tab leads or follows, what is said of it aloud, and the way out and back.

import { button, element, setText } from "../../shared/js/elements.js";
import { roomDesk } from "./room.js";

/** @import { RoomState } from "../../shared/js/types.d.ts" */

/** @type {WeakMap<HTMLElement, { said: string, stop: () => void }>} */
const standing = new WeakMap(); // place -> in which words it stands there

/**
 * Show it in a place, and keep it up to date; return what stops that. What stands there already in
 * the same words stays: the focus may be in it.
 *
 * @param {HTMLElement} root
 * @param {Record<string, string>} words
 */
export function showRoomBar(root, words) {
  const said = JSON.stringify(words);
  const before = standing.get(root);
  if (before?.said === said) return before.stop;
  before?.stop();
  const end = buildRoomBar(root, words);
  const stop = () => {
    end();
    standing.delete(root);
  };
  standing.set(root, { said, stop });
  return stop;
}

/**
 *
 * @param {HTMLElement} root
 * @param {Record<string, string>} words
 */
function buildRoomBar(root, words) {
  const desk = roomDesk();
  const text = element("span", { role: "status" });
  const count = element("span", { class: "count" }); // not read aloud with every student who comes
  const stop = button("stop", words.stop, [words.stop], () => desk.stop());
  const again = button("again", words.again, [words.again], () => desk.again());
  const leave = button("leave", words.leave, [words.leave], () => desk.leave());
  const bar = element("section", { "aria-label": words.region }, text, count, again, stop, leave);
  const show = () => {
    const { mode, status, alone } = desk.state;
    root.hidden = mode === "none";
    root.classList.toggle("led", mode === "follow" && status === "open" && !alone);
    stop.hidden = mode !== "follow" || alone || status === "closed";
    again.hidden = mode !== "follow" || !(alone || status === "closed");
    leave.hidden = mode === "follow" && !stop.hidden && status === "open"; // first stop, then leave
    const over = mode === "lead" ? words.close_room : words.leave;
    leave.textContent = over;
    leave.setAttribute("aria-label", over);
    setText(text, sentenceOf(desk.state, words));
    setText(count, countOf(desk.state, words));
  };
  root.replaceChildren(bar);
  desk.watchers.add(show);
  show();
  return () => desk.watchers.delete(show);
}

/**
 * @param {RoomState} state
 * @param {Record<string, string>} words
 */
function sentenceOf(state, words) {
  const { mode, status, alone, unseen, word } = state;
  const fill = (/** @type {string} */ sentence) => sentence.replace("{word}", word);
  if (mode === "none") return "";
  if (status === "taken" || status === "full") return words[status];
  if (status === "connecting") return fill(words.connecting);
  if (status === "closed" || status === "waiting") return fill(words[status]);
  if (mode === "lead") return unseen ? words.unseen : fill(words.leading);
  return fill(alone ? words.alone : words.following);
}

/**
 * How many students are connected, where one process knows of all.
 *
 * @param {RoomState} state
 * @param {Record<string, string>} words
 */
function countOf({ mode, status, shared, students }, words) {
  const known = mode === "lead" && status === "open" && !shared;
  return known ? words.count.replace("{n}", String(students)) : "";
}
