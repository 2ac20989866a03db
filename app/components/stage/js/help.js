// The list of keys.

import { button, element } from "../../shared/js/elements.js";

/** @import { Group } from "./types.d.ts" */

const KEYS = [
  ["← →", "one timestep back, on; in slow motion one phase"],
  ["shift + ← →", "ten timesteps"],
  ["Home End", "first, last timestep"],
  ["space", "play or pause"],
  ["↑ ↓", "the unit above, below"],
  ["m", "mean over units"],
  ["f", "slow motion"],
  ["v", "veil over the future"],
  ["+ −  0", "zoom time in, out, whole run"],
  ["?", "this list"],
];

const MOUSE = [
  "A click selects a unit and a timestep everywhere;",
  "the wheel or two fingers zoom time, dragging pans it.",
].join(" ");

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
 * What stands in the list.
 *
 * @param {Group} group
 */
export function helpContent(group) {
  const rows = KEYS.filter(([key]) => key !== "f" || !group.compact).map(([keys, what]) => {
    const head = element("th", { scope: "row" }, ...printed(keys));
    return element("tr", {}, head, element("td", {}, what));
  });
  return [
    element("h3", {}, "Keys"),
    element("table", {}, element("tbody", {}, ...rows)),
    element("p", {}, MOUSE),
    button("close", "Close the list of keys", ["Close"], () => toggleHelp(group, false)),
  ];
}

/**
 * Open or close the list; the focus goes along.
 *
 * @param {Group} group
 * @param {boolean} [open]
 */
export function toggleHelp({ parts, controls }, open = Boolean(parts.help.hidden)) {
  parts.help.hidden = !open;
  /** @type {HTMLElement | null} */
  const close = parts.help.querySelector(".close");
  if (open) close?.focus();
  else controls.help.focus({ preventScroll: true });
}
