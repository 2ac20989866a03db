// The one row of controls, and the quiet choices that stand where they act: unit, order, scale.

import { button, element, icon, option } from "../../shared/js/elements.js";
import { ICONS } from "../../shared/js/icons.js";
import { pictureButtons } from "../../shared/js/picture/take.js";
import { say } from "../../shared/js/words.js";
import { fillHelp, openHelp } from "./help.js";
import { saveStage } from "./picture.js";
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
import { uncoverSentence } from "./uncover.js";

/** @import { Scale } from "../../shared/js/types.d.ts" */
/** @import { Controls, Group, Stage } from "./types.d.ts" */

const SPEEDS = [0.5, 1, 2, 4, 8, 15, 30, 60];
const ORDERS = ["file", "time_scale", "similarity"];
const SCALES = ["asinh", "linear", "per_unit"];

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
  return choice("unit", say("choose_unit"), [], (unit) => chooseUnit(stage, Number(unit)));
}

/**
 * The scrubber: while it is dragged nothing is reported.
 *
 * @param {Group} group
 */
function buildScrubber(group) {
  const range = { type: "range", min: 0, step: 1 };
  const scrub = element("input", { ...range, class: "scrub", "aria-label": say("slider") });
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
  const play = [icon(ICONS.play), element("span", {}, say("play"))];
  const step = [element("span", {}, say("next_step")), icon(ICONS.step)];
  const back = [icon(ICONS.back)];
  return {
    first: button("first", say("first"), [icon(ICONS.first)], () => goFirst(group)),
    back: button("back", say("back"), back, () => stepBy(group, -1)),
    play: button("play", say("play_key", { action: say("play") }), play, () => togglePlay(group)),
    step: button("step", say("next_step_key"), step, () => stepBy(group, 1)),
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
      say("speed"),
      SPEEDS.map((speed) => [speed, `${speed} / s`]),
      (speed) => set({ speed: Number(speed) }),
    ),
    slow: button("slow", say("slow_key"), [say("slow")], () => setSlow(group, !settings.slow)),
    veil: button("veil-toggle", say("veil_key"), [say("veil")], () =>
      set({ veil: !settings.veil }),
    ),
    order: choice(
      "order",
      say("order"),
      ORDERS.map((order) => [order, say(`order_${order}`)]),
      (order) => set({ order }),
    ),
    scale: choice(
      "scale",
      say("scale"),
      SCALES.map((scale) => [scale, say(`scale_${scale}`)]),
      (scale) => set({ scale: /** @type {Scale} */ (scale) }),
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
  const whole = button("whole", say("whole_run_key"), [say("whole_run")], () => showWhole(group));
  const zoom = element(
    "span",
    { class: "zoom", role: "group", "aria-label": say("zoom") },
    stretch,
    whole,
    button("zoom-out", say("zoom_out"), ["−"], () => zoomBy(group, ZOOM_STEP)),
    button("zoom-in", say("zoom_in"), ["+"], () => zoomBy(group, 1 / ZOOM_STEP)),
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
    fold: button("unfold", say("unfold"), [element("span")], () => toggleFold(group)),
    present: button("present", say("present"), [icon(ICONS.present)], () =>
      present(group, !isPresenting(group)),
    ),
    help: button("keys", say("keys_button"), ["?"], () => openHelp(group)),
  };
  const slow = group.compact ? [] : [c.slow];
  const alone = group.compact ? [] : [c.present];
  const track = element("span", { class: "scrub-track" }, c.marks, c.scrub);
  const steps = element("div", { class: "steps" }, c.step, c.play, c.first, c.back);
  steps.addEventListener("click", () => requestAnimationFrame(() => uncoverSentence(group, steps)));
  const settings = [track, c.readout, ...slow, c.speed, c.veil, ...alone, c.help];
  transport.replaceChildren(steps, element("div", { class: "more" }, ...settings));
  group.parts.fold.replaceChildren(c.fold);
  const pictures = pictureButtons((kind) => saveStage(group, kind));
  choices.replaceChildren(c.zoom, c.order, c.scale, pictures);
  fillHelp(group);
  return c;
}
