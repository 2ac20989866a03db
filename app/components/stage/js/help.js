// The list of keys.

import { button, element } from "../../shared/js/elements.js";
import { leader } from "./group.js";

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

export function helpContent(group) {
  const rows = KEYS.filter(([key]) => key !== "f" || !group.compact).map(([keys, what]) =>
    element("tr", {}, element("th", { scope: "row" }, ...keys.split(" ").filter(Boolean).map((k) => (k === "+" && keys.startsWith("shift") ? "+ " : element("kbd", {}, k)))), element("td", {}, what)),
  );
  const mouse = "A click selects a unit and a timestep everywhere; the wheel or two fingers zoom time, dragging pans it.";
  return [
    element("h3", {}, "Keys"),
    element("table", {}, element("tbody", {}, ...rows)),
    element("p", {}, mouse),
    button("close", "Close the list of keys", ["Close"], () => toggleHelp(leader(group), false)),
  ];
}

export function toggleHelp(stage, open = stage.parts.help.hidden) {
  stage.parts.help.hidden = !open;
  if (open) stage.parts.help.querySelector(".close").focus();
  else stage.controls.help.focus({ preventScroll: true });
}
