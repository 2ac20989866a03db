// What the controls say of the state of a group.

import { element, icon, option, setText } from "../../shared/js/elements.js";
import { visible } from "../../shared/js/formatting.js";
import { ICONS } from "../../shared/js/icons.js";
import { isWhole, leader, timestepsOf } from "./group.js";
import { MEAN, tokenAt } from "./lookup.js";
import { phaseText } from "./phases.js";

/** What depends on the scenes: how far the scrubber goes, which units there are. */
export function fitTransport(group) {
  const { controls, members } = group;
  controls.scrub.max = timestepsOf(group) - 1;
  for (const { scene, unitChoice } of members) {
    const units = Array.from({ length: scene.hidden_size }, (_, k) => [k, `unit ${k}`]);
    unitChoice.replaceChildren(...[[MEAN, "mean over units"], ...units].map(([v, text]) => option(v, text)));
  }
  controls.scale.hidden = !members.some(({ panels }) => panels.some(({ signal }) => signal.unbounded));
  const backwards = leader(group).scene.reverse;
  controls.first.setAttribute("aria-label", backwards ? "Where the run starts: the last timestep" : "First timestep (Home)");
}

/** Show what is chosen; cheap enough for every step. */
export function showTransport(group) {
  const stage = leader(group);
  const { controls, scene, t } = stage;
  if (Number(controls.scrub.value) !== t) controls.scrub.value = t;
  const token = tokenAt(scene, t);
  const last = scene.timesteps - 1;
  const symbols = scene.strip.kind === "symbols" && token !== "";
  setText(controls.readout, `timestep ${t} of ${last}${symbols ? ` · “${visible(token).slice(0, 16)}”` : ""}${stage.widths.narrow ? phaseText(stage) : ""}`);
  controls.scrub.setAttribute("aria-valuetext", `timestep ${t} of ${last}${symbols ? `, ${visible(token)}` : ""}`);
}

export function showChoices(group) {
  const { controls } = group;
  const lists = ["speed", "order", "scale"].map((name) => [controls[name], group[name]]);
  for (const [list, value] of [...lists, ...group.members.map((stage) => [stage.unitChoice, stage.unit])]) {
    if (list.value !== String(value)) list.value = String(value);
  }
  if (controls.speed.selectedIndex < 0) {
    controls.speed.append(option(group.speed, `${group.speed} / s`));
    controls.speed.value = String(group.speed);
  }
  controls.slow.setAttribute("aria-pressed", String(Boolean(group.slow)));
  controls.veil.setAttribute("aria-pressed", String(group.veil));
  const whole = isWhole(group);
  controls.zoom.classList.toggle("gone", whole);
  controls.zoom.tabIndex = whole ? -1 : 0;
}

export function showPlaying(group) {
  const { play } = group.controls;
  const label = group.playing ? "Pause" : "Play";
  play.replaceChildren(icon(group.playing ? ICONS.pause : ICONS.play), element("span", {}, label));
  play.setAttribute("aria-label", `${label} (space)`);
  play.title = `${label} (space)`;
  play.setAttribute("aria-pressed", String(Boolean(group.playing)));
}
