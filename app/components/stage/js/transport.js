// The one row of controls, and the quiet choices that stand where they act: unit, order, scale.

import { button, element, icon, option } from "../../shared/js/elements.js";
import { ICONS } from "../../shared/js/icons.js";
import { fillHelp, openHelp } from "./help.js";
import {
  chooseSettings,
  chooseUnit,
  goFirst,
  moveTime,
  pause,
  present,
  setSlow,
  showWhole,
  stepBy,
  toggleFold,
  togglePlay,
  ZOOM_STEP,
  zoomBy,
} from "./player.js";
import { isPresenting } from "./present.js";
import { rest } from "./reports.js";

/** @import { Scale } from "../../shared/js/types.d.ts" */
/** @import { Controls, Group, Stage } from "./types.d.ts" */

const SPEEDS = [0.5, 1, 2, 4, 8, 15, 30, 60];
const ORDERS = {
  file: "units in file order",
  time_scale: "units by time scale",
  similarity: "units by similarity",
};
const SCALES = {
  asinh: "belt: asinh scale",
  linear: "belt: linear scale",
  per_unit: "belt: scale per unit",
};

/**
 * A list of the class `name`; `act` is called with the value that was chosen.
 *
 * @param {string} name
 * @param {string} label
 * @param {[value: string | number, text: string][]} entries
 * @param {(value: string) => void} act
 */
function choice(name, label, entries, act) {
  const node = element("select", { class: name, "aria-label": label, title: label });
  node.append(...entries.map(([value, text]) => option(value, text)));
  node.addEventListener("change", () => act(node.value));
  return node;
}

/**
 * Which unit is selected on a stage, as a list.
 *
 * @param {Stage} stage
 */
export function buildUnitChoice(stage) {
  const label = "Unit (up and down arrows)";
  return choice("unit", label, [], (unit) => chooseUnit(stage, Number(unit)));
}

/**
 * The scrubber: while it is dragged nothing is reported.
 *
 * @param {Group} group
 */
function buildScrubber(group) {
  const range = { type: "range", min: 0, step: 1 };
  const scrub = element("input", { ...range, class: "scrub", "aria-label": "Timestep" });
  scrub.addEventListener("input", () => {
    group.scrubbing = true;
    pause(group);
    moveTime(group, Number(scrub.value));
  });
  scrub.addEventListener("change", () => {
    group.scrubbing = false;
    rest(group);
  });
  return scrub;
}

/**
 * The buttons that move through time.
 *
 * @param {Group} group
 */
function buildSteps(group) {
  const play = [icon(ICONS.play), element("span", {}, "Play")];
  const step = [element("span", {}, "Next step"), icon(ICONS.step)];
  const back = [icon(ICONS.back)];
  return {
    first: button("first", "First timestep (Home)", [icon(ICONS.first)], () => goFirst(group)),
    back: button("back", "Back one timestep (left arrow)", back, () => stepBy(group, -1)),
    play: button("play", "Play (space)", play, () => togglePlay(group)),
    step: button("step", "Next step (right arrow)", step, () => stepBy(group, 1)),
  };
}

/**
 * The lists and switches of the settings.
 *
 * @param {Group} group
 */
function buildSettings(group) {
  const { settings } = group;
  const set = (/** @type {Partial<typeof settings>} */ choices) => chooseSettings(group, choices);
  return {
    speed: choice(
      "speed",
      "Speed, timesteps per second",
      SPEEDS.map((speed) => [speed, `${speed} / s`]),
      (speed) => set({ speed: Number(speed) }),
    ),
    slow: button("slow", "Slow motion: one timestep in its own order (f)", ["Slow motion"], () =>
      setSlow(group, !settings.slow),
    ),
    veil: button("veil-toggle", "Veil over the future (v)", ["Veil"], () =>
      set({ veil: !settings.veil }),
    ),
    order: choice("order", "Order of the units", Object.entries(ORDERS), (order) => set({ order })),
    scale: choice("scale", "Colour scale of the cell state", Object.entries(SCALES), (scale) =>
      set({ scale: /** @type {Scale} */ (scale) }),
    ),
  };
}

/**
 * Nearer, further, and the way back to the whole run, which says what is in sight instead.
 *
 * @param {Group} group
 */
function buildZoom(group) {
  const stretch = element("span", { class: "stretch" });
  const whole = button("whole", "Show the whole run (0)", ["Whole run"], () => showWhole(group));
  const zoom = element(
    "span",
    { class: "zoom", role: "group", "aria-label": "Zoom time" },
    stretch,
    whole,
    button("zoom-out", "Zoom out (−)", ["−"], () => zoomBy(group, ZOOM_STEP)),
    button("zoom-in", "Zoom in (+)", ["+"], () => zoomBy(group, 1 / ZOOM_STEP)),
  );
  return { zoom, whole, stretch };
}

/**
 * Build the controls of all stages of a group, and put them in their places.
 *
 * @param {Group} group
 * @returns {Controls}
 */
export function buildTransport(group) {
  const { transport, choices } = group.parts;
  const c = {
    ...buildSteps(group),
    scrub: buildScrubber(group),
    marks: element("span", { class: "marks", "aria-hidden": "true" }),
    readout: element("span", { class: "readout" }),
    ...buildSettings(group),
    ...buildZoom(group),
    fold: button("unfold", "All units and gates", [element("span")], () => toggleFold(group)),
    present: button(
      "present",
      "Present: the stage alone, enlarged (p)",
      [icon(ICONS.present)],
      () => present(group, !isPresenting(group)),
    ),
    help: button("keys", "Keys (?)", ["?"], () => openHelp(group)),
  };
  const slow = group.compact ? [] : [c.slow];
  const alone = group.compact ? [] : [c.present];
  const track = element("span", { class: "scrub-track" }, c.marks, c.scrub);
  const steps = element("div", { class: "steps" }, c.step, c.play, c.first, c.back);
  const settings = [track, c.readout, ...slow, c.speed, c.veil, ...alone, c.help];
  transport.replaceChildren(steps, element("div", { class: "more" }, ...settings));
  group.parts.fold.replaceChildren(c.fold);
  choices.replaceChildren(c.zoom, c.order, c.scale);
  fillHelp(group);
  return c;
}
