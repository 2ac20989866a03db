// The list of keys: a dialog that keeps the focus, and that the browser closes by Escape.

import { button, element } from "../../shared/js/elements.js";
import { characterKeysAct, chooseCharacterKeys } from "./character_keys.js";

/** @import { Group } from "./types.d.ts" */

const KEYS = [
  ["← →", "one timestep back, on; in slow motion one phase"],
  ["shift + ← →", "ten timesteps"],
  ["Home End", "first, last timestep"],
  ["e", "the next event: a timestep that matters"],
  ["shift + e", "the event before"],
  ["space", "play or pause"],
  ["↑ ↓", "the unit above, below"],
  ["m", "mean over units"],
  ["f", "slow motion"],
  ["v", "veil over the future"],
  ["+ −  0", "zoom time in, out, whole run"],
  ["p", "present: the stage alone, enlarged; Esc leaves"],
  ["?", "this list"],
];

const WHERE = "Keys act after a click on the stage, or while it has the focus.";
const MOUSE = [
  "A click selects a unit and a timestep everywhere;",
  "Ctrl with the wheel, or two fingers, zoom time, dragging pans it.",
  "A gate of the drawing can be dragged up and down: the network runs again from there.",
  "Shift and a drag along a unit's row of a gate holds it over that stretch.",
].join(" ");
const CHARACTERS = "Single characters (e f m v p + − 0 ?) are keys";

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
    return element("tr", {}, head, element("td", {}, what));
  });
  const content = element(
    "div",
    { class: "content" },
    element("h2", {}, "Keys"),
    element("p", {}, WHERE),
    element("table", {}, element("tbody", {}, ...rows)),
    element("p", {}, MOUSE),
    characterSwitch(),
    button("close", "Close the list of keys", ["Close"], () => help.close()),
  );
  help.replaceChildren(content);
  help.addEventListener("click", (event) => {
    if (event.target === help) help.close();
  });
}

/** The switch for single characters. */
function characterSwitch() {
  const box = element("input", { type: "checkbox", class: "character-keys" });
  box.checked = characterKeysAct();
  box.addEventListener("change", () => chooseCharacterKeys(box.checked));
  return element("label", {}, box, CHARACTERS);
}

/**
 * Open the list: the focus goes to its button, and where it is closed back to where it was.
 *
 * @param {Group} group
 */
export function openHelp({ parts: { help } }) {
  /** @type {HTMLInputElement | null} */
  const box = help.querySelector(".character-keys");
  if (box) box.checked = characterKeysAct();
  help.showModal();
  /** @type {HTMLElement | null} */
  const close = help.querySelector(".close");
  close?.focus();
}
