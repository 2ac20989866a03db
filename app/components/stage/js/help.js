// The list of keys: a dialog that keeps the focus, and that the browser closes by Escape.

import { button, element } from "../../shared/js/elements.js";
import { say } from "../../shared/js/words.js";
import { characterKeysAct, chooseCharacterKeys } from "./character_keys.js";

/** @import { Group } from "./types.d.ts" */

/** Keys, and what each one does: the end of its sentence's name. */
const KEYS = [
  ["← →", "step"],
  ["shift + ← →", "ten"],
  ["Home End", "ends"],
  ["e", "event"],
  ["shift + e", "event_before"],
  ["space", "play"],
  ["↑ ↓", "unit"],
  ["m", "mean"],
  ["f", "slow"],
  ["v", "veil"],
  ["+ −  0", "zoom"],
  ["p", "present"],
  ["?", "help"],
];

/**
 * Keys as they are printed on a keyboard: "shift +" holds the first with the next.
 *
 * @param {string} keys
 */
function printed(keys) {
  const several = keys.split(" ").filter(Boolean);
  const held = several[0] === "shift";
  return several.map((key) => (held && key === "+" ? "+ " : element("kbd", {}, key)));
}

/**
 * Fill the dialog; a click beside it closes it.
 *
 * @param {Group} group
 */
export function fillHelp(group) {
  const { help } = group.parts;
  const rows = KEYS.filter(([key]) => !"fp".includes(key) || !group.compact).map(([keys, what]) => {
    const head = element("th", { scope: "row" }, ...printed(keys));
    const does = what === "ten" && group.brush ? "brush" : what;
    return element("tr", {}, head, element("td", {}, say(`key_${does}`)));
  });
  const content = element(
    "div",
    { class: "content" },
    element("h2", {}, say("keys")),
    element("p", {}, say("keys_where")),
    element("table", {}, element("tbody", {}, ...rows)),
    element("p", {}, say("keys_mouse")),
    ...(group.brush ? [element("p", {}, say("keys_brush"))] : []),
    characterSwitch(),
    button("close", say("keys_close_list"), [say("keys_close")], () => help.close()),
  );
  help.replaceChildren(content);
  help.onclick = (event) => {
    if (event.target === help) help.close();
  };
}

/** The switch for single characters. */
function characterSwitch() {
  const box = element("input", { type: "checkbox", class: "character-keys" });
  box.checked = characterKeysAct();
  box.addEventListener("change", () => chooseCharacterKeys(box.checked));
  return element("label", {}, box, say("keys_characters"));
}

/**
 * Open the list: the focus goes to its button, and where it is closed back to where it was.
 *
 * @param {Group} group
 */
export function openHelp(group) {
  const { help } = group.parts;
  fillHelp(group); // a page that asks for a stretch has one key more
  /** @type {HTMLInputElement | null} */
  const box = help.querySelector(".character-keys");
  if (box) box.checked = characterKeysAct();
  help.showModal();
  /** @type {HTMLElement | null} */
  const close = help.querySelector(".close");
  close?.focus();
}
