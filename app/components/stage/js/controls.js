// What the controls say of the state of a group.

import { element, icon, option, setText } from "../../shared/js/elements.js";
import { visible } from "../../shared/js/formatting.js";
import { ICONS } from "../../shared/js/icons.js";
import { say } from "../../shared/js/words.js";
import { eventAt, markSlider } from "./events.js";
import { isWhole, leader, timestepOf, timestepsOf } from "./group.js";
import { MEAN, tokenAt } from "./lookup.js";
import { phaseText } from "./phases.js";

/** @import { Group, Scene } from "./types.d.ts" */

/**
 * What depends on the scenes: how far the scrubber goes, which units there are.
 *
 * @param {Group} group
 */
export function fitTransport(group) {
  const { controls, members } = group;
  controls.scrub.max = String(timestepsOf(group) - 1);
  markSlider(controls.marks, leader(group).scene);
  for (const { scene, unitChoice } of members) {
    const units = Array.from({ length: scene.hidden_size }, (_, k) =>
      option(k, say("unit", { unit: k })),
    );
    unitChoice.replaceChildren(option(MEAN, say("mean")), ...units);
  }
  controls.scale.hidden = !members.some(({ panels }) =>
    panels.some(({ signal }) => signal.unbounded),
  );
  const backwards = leader(group).scene.reverse;
  controls.first.setAttribute("aria-label", say(backwards ? "first_backwards" : "first"));
}

/**
 * Show what is chosen; cheap enough for every step.
 *
 * @param {Group} group
 */
export function showTransport(group) {
  const stage = leader(group);
  const { scene } = stage;
  const { scrub, readout } = group.controls;
  const t = timestepOf(stage);
  if (Number(scrub.value) !== t) scrub.value = String(t);
  const token = tokenAt(scene, t);
  const shown = scene.strip.kind === "symbols" && token !== "" ? visible(token) : "";
  const where = whereabouts(scene, t);
  const phase = stage.widths.narrow ? phaseText(stage) : "";
  const parts = [where, shown && `“${shown.slice(0, 16)}”`, phase];
  setText(readout, parts.filter(Boolean).join(" · "));
  const spoken = [where, shown, eventAt(scene, t)].filter(Boolean);
  scrub.setAttribute("aria-valuetext", spoken.join(", "));
}

/**
 * Where the group stands: a timestep of its run, or a place of several side by side.
 *
 * @param {Scene} scene
 * @param {number} t
 */
function whereabouts(scene, t) {
  return say(scene.placesRead ? "place_of" : "timestep_of", { t, last: scene.timesteps - 1 });
}

/**
 * Select on a list what it stands for.
 *
 * @param {HTMLSelectElement} list
 * @param {string | number} value
 */
function showSelected(list, value) {
  if (list.value !== String(value)) list.value = String(value);
}

/**
 * Show which settings and units are chosen.
 *
 * @param {Group} group
 */
export function showChoices(group) {
  const { controls, settings } = group;
  const { speed, order, scale, slow, veil } = settings;
  showSelected(controls.speed, speed);
  showSelected(controls.order, order);
  showSelected(controls.scale, scale);
  for (const { unitChoice, unit } of group.members) showSelected(unitChoice, unit);
  if (controls.speed.selectedIndex < 0) {
    controls.speed.append(option(speed, `${speed} / s`));
    showSelected(controls.speed, speed);
  }
  controls.slow.setAttribute("aria-pressed", String(Boolean(slow)));
  controls.veil.setAttribute("aria-pressed", String(veil));
  showFold(group);
  const { view } = group;
  controls.zoom.classList.toggle("whole-run", isWhole(group));
  const [first, last] = [Math.floor(view[0]), Math.ceil(view[1]) - 1];
  setText(controls.stretch, say("timesteps_in_sight", { first, last }));
}

/**
 * The button that unfolds the board says whether it is.
 *
 * @param {Group} group
 */
function showFold({ controls, settings }) {
  const open = Boolean(settings.all_units);
  controls.fold.setAttribute("aria-expanded", String(open));
  const [text] = controls.fold.children;
  const label = say(open ? "unfold_less" : "unfold_more");
  setText(text, label);
  const name = label.slice(2); // without the triangle
  for (const attribute of ["aria-label", "title"]) controls.fold.setAttribute(attribute, name);
}

/**
 * The button says what it would do now.
 *
 * @param {Group} group
 */
export function showPlaying(group) {
  const { play } = group.controls;
  const label = say(group.playing ? "pause" : "play");
  play.replaceChildren(icon(group.playing ? ICONS.pause : ICONS.play), element("span", {}, label));
  const named = say("play_key", { action: label });
  play.setAttribute("aria-label", named);
  play.title = named;
  play.setAttribute("aria-pressed", String(Boolean(group.playing)));
}
