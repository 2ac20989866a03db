// Where a teacher makes a lesson link: what is left out, the link, its QR code, the lesson plan,
// and the room in which a class follows.

import { element } from "../../shared/js/elements.js";
import { planPart } from "./plan_part.js";
import { roomPart } from "./room_part.js";
import { shownLink } from "./shown_link.js";

/** @import { Mounting } from "../../shared/js/types.d.ts" */

/**
 * @typedef {object} Lesson
 * @property {Record<string, string>} controls  what can be left out, by name
 * @property {string} title  of the screen
 * @property {Record<string, string>} words
 * @property {Record<string, string>} room  words of the room
 * @property {string} language
 */

const PRIVATE = "session"; // the parameter that leads to the reader's own files
const SCREENLESS = ["present"]; // a class opens the page, not the projector's view of it

/** @type {WeakMap<Node, Set<string>>} */
const leftOut = new WeakMap(); // place -> what is left out

/**
 * Streamlit calls this at mount, and with every rerun.
 *
 * @param {Mounting<Lesson>} mounting
 */
export default function gatescopeLessonLink({ data, parentElement }) {
  const root = parentElement.querySelector(".lesson-link");
  if (!(root instanceof HTMLElement)) return;
  const hidden = leftOut.get(root) ?? hiddenNow();
  leftOut.set(root, hidden);
  const { words } = data;
  const link = () => lessonLink(hidden);
  const { parts, write } = shownLink(link, words, words.link);
  root.lang = data.language;
  root.replaceChildren(
    element("div", {}, choices(data, hidden, write), ...parts),
    element(
      "div",
      {},
      planPart(data, link),
      roomPart(root, { ...words, ...data.room }, data.language),
    ),
  );
  write();
  root.onpointerenter = write; // the reader may have stepped since
}

/** What the screen itself leaves out already. */
function hiddenNow() {
  const named = new URL(window.location.href).searchParams.get("hide") ?? "";
  return new Set(named.split(".").filter(Boolean));
}

/**
 * @param {Lesson} data
 * @param {Set<string>} hidden
 * @param {() => void} changed
 */
function choices({ controls, words }, hidden, changed) {
  const boxes = Object.entries(controls).map(([name, label]) => {
    const box = element("input", { type: "checkbox" });
    box.checked = hidden.has(name);
    box.addEventListener("change", () => {
      if (box.checked) hidden.add(name);
      else hidden.delete(name);
      changed();
    });
    return element("label", {}, box, label);
  });
  return element("fieldset", {}, element("legend", {}, words.hide), ...boxes);
}

/**
 * The address of this screen for a class.
 *
 * @param {Set<string>} hidden
 */
function lessonLink(hidden) {
  const link = new URL(window.location.href);
  link.hash = "";
  for (const name of [PRIVATE, ...SCREENLESS, "hide"]) link.searchParams.delete(name);
  if (hidden.size) link.searchParams.set("hide", [...hidden].join("."));
  return link.href;
}
