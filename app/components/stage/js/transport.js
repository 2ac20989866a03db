// The one row of controls, and the quiet choices that stand where they act: unit, order, scale.

import { button, element, icon, option } from "../../shared/js/elements.js";
import { ICONS } from "../../shared/js/icons.js";
import { leader, timestepsOf } from "./group.js";
import { helpContent, toggleHelp } from "./help.js";
import {
  chooseSettings,
  chooseUnit,
  goFirst,
  moveTo,
  pause,
  setSlow,
  setView,
  stepBy,
  togglePlay,
} from "./player.js";
import { rest } from "./reports.js";

const SPEEDS = [0.5, 1, 2, 4, 8, 15, 30, 60];
const ORDERS = { file: "units in file order", time_scale: "units by time scale", similarity: "units by similarity" };
const SCALES = { asinh: "belt: asinh scale", linear: "belt: linear scale", per_unit: "belt: scale per unit" };

function choice(name, label, entries, act) {
  const node = element("select", { class: name, "aria-label": label, title: label });
  node.append(...entries.map(([value, text]) => option(value, text)));
  node.addEventListener("change", () => act(node.value));
  return node;
}

/** Which unit is selected on a stage, as a list. */
export function buildUnitChoice(stage) {
  stage.unitChoice = choice("unit", "Unit (up and down arrows)", [], (v) => chooseUnit(stage, Number(v)));
  return stage.unitChoice;
}

/** The controls of all stages of a group; they act through the first. */
export function buildTransport(group) {
  const { parts } = group;
  const scrub = element("input", { type: "range", class: "scrub", min: 0, step: 1, "aria-label": "Timestep" });
  const lead = () => leader(group);
  const c = (group.controls = {
    first: button("first", "First timestep (Home)", [icon(ICONS.first)], () => goFirst(lead())),
    back: button("back", "Back one timestep (left arrow)", [icon(ICONS.back)], () => stepBy(lead(), -1)),
    play: button("play", "Play (space)", [icon(ICONS.play), element("span", {}, "Play")], () => togglePlay(lead())),
    step: button("step", "Step one timestep (right arrow)", [element("span", {}, "Step"), icon(ICONS.step)], () => stepBy(lead(), 1)),
    scrub,
    readout: element("span", { class: "readout" }),
    speed: choice("speed", "Speed, timesteps per second", SPEEDS.map((s) => [s, `${s} / s`]), (v) => chooseSettings(group, { speed: Number(v) })),
    slow: button("slow", "Slow motion: one timestep in its own order (f)", ["Slow motion"], () => setSlow(lead(), !group.slow)),
    veil: button("veil-toggle", "Veil over the future (v)", ["Veil"], () => chooseSettings(group, { veil: !group.veil })),
    order: choice("order", "Order of the units", Object.entries(ORDERS), (v) => chooseSettings(group, { order: v })),
    scale: choice("scale", "Colour scale of the cell state", Object.entries(SCALES), (v) => chooseSettings(group, { scale: v })),
    zoom: button("zoom-out", "Show the whole run (0)", ["Whole run"], () => setView(lead(), [0, timestepsOf(group)])),
    help: button("keys", "Keys (?)", ["?"], () => toggleHelp(lead())),
  });
  scrub.addEventListener("input", () => {
    group.scrubbing = true;
    pause(lead());
    moveTo(lead(), Number(scrub.value));
  });
  scrub.addEventListener("change", () => {
    group.scrubbing = false;
    rest(group);
  });
  const slow = group.compact ? [] : [c.slow];
  parts.transport.replaceChildren(c.first, c.back, c.play, c.step, scrub, c.readout, c.speed, ...slow, c.veil, c.help);
  parts.choices.replaceChildren(c.zoom, c.order, c.scale);
  parts.help.replaceChildren(...helpContent(group));
}
