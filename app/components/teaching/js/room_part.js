// Where a teacher opens the room in which a class follows, and finds the link to it.

import { button, element, setText } from "../../shared/js/elements.js";
import { home } from "./here.js";
import { roomDesk } from "./room.js";
import { newWord, roomWord } from "./room_word.js";
import { shownLink } from "./shown_link.js";

const ENGLISH = "en"; // the language that a link need not name

/** @type {WeakMap<HTMLElement, () => void>} */
const watching = new WeakMap(); // place -> what shows the room there
let typed = newWord();

/**
 * The part about the room: a word to open it with, or the link to the one that is open.
 *
 * @param {HTMLElement} root
 * @param {Record<string, string>} words
 * @param {string} language
 */
export function roomPart(root, words, language) {
  const desk = roomDesk();
  const part = element("section", { class: "room" });
  let shown = "";
  const show = () => {
    const { mode, word, status } = desk.state;
    const leads = mode === "lead" && status !== "taken" && status !== "full";
    const now = leads ? word : "";
    if (shown === now && part.childElementCount) return;
    shown = now;
    const inside = leads ? openRoom(word, words, language) : closedRoom(words);
    part.replaceChildren(element("h2", {}, words.region), ...inside);
  };
  const before = watching.get(root);
  if (before) desk.watchers.delete(before);
  watching.set(root, show);
  desk.watchers.add(show);
  show();
  return part;
}

/** @param {Record<string, string>} words */
function closedRoom(words) {
  const field = element("input", { type: "text", maxlength: 24, "aria-label": words.word });
  const status = element("p", { class: "note", role: "status" });
  field.value = typed;
  field.addEventListener("input", () => {
    typed = field.value;
  });
  const open = () => {
    const word = roomWord(field.value);
    setText(status, word ? "" : words.bad);
    if (word) roomDesk().open(word);
  };
  field.addEventListener("keydown", ({ key }) => key === "Enter" && open());
  const label = element("label", {}, `${words.word} `, field);
  const row = element(
    "div",
    { class: "row" },
    label,
    button("open", words.open_room, [words.open_room], open),
  );
  const notes = [words.lead, words.one_process].filter(Boolean);
  return [...notes.map((note) => element("p", { class: "note" }, note)), row, status];
}

/**
 * @param {string} word
 * @param {Record<string, string>} words
 * @param {string} language
 */
function openRoom(word, words, language) {
  const named = {
    ...words,
    copy: words.copy_room,
    copied: words.copied_room,
    code: words.room_code,
  };
  const { parts, write } = shownLink(() => roomLink(word, language), named, words.room_link);
  write();
  const close = button("close", words.close_room, [words.close_room], () => roomDesk().leave());
  return [...parts, element("div", { class: "row" }, close)];
}

/**
 * The address with which a student comes in.
 *
 * @param {string} word
 * @param {string} language
 */
function roomLink(word, language) {
  const link = home();
  link.searchParams.set("room", word);
  if (language !== ENGLISH) link.searchParams.set("language", language);
  return link.href;
}
