// What a screen reader hears: where we are, and each stage's numbers.

import { setText } from "../../shared/js/elements.js";
import { visible, written } from "../../shared/js/formatting.js";
import { leader } from "./group.js";
import { MEAN, tokenAt } from "./lookup.js";
import { phaseText } from "./phases.js";
import { extraTexts } from "./strip/shares.js";

/** A polite voice: where we are, and each stage's numbers. */
export function speak(group) {
  const stage = leader(group);
  const { scene, t } = stage;
  const token = tokenAt(scene, t);
  const where = `Timestep ${t} of ${scene.timesteps - 1}${token ? `, ${visible(token)}` : ""}${phaseText(stage).replace(" · ", ", ")}`;
  setText(group.parts.live, [where, ...group.members.map(spokenNumbers)].map((sentence) => `${sentence}.`).join(" "));
}

/** The selected unit's numbers, and what else is known at now. */
function spokenNumbers(stage) {
  const { unit, numbers, title, panels, t } = stage;
  const values = panels
    .filter(({ signal }) => signal.name in numbers)
    .map(({ signal }) => `${signal.title} ${written(numbers[signal.name], 2)}`);
  const who = unit === MEAN ? "mean over units" : `unit ${unit}`;
  return `${title ? `${title}; ` : ""}${who}: ${[...values, ...extraTexts(stage, t)].join(", ")}`;
}

/** While playing the voice speaks at most every two seconds. */
export function speakSometimes(group) {
  const now = performance.now();
  if (!group.playing || now - (group.spoken ?? 0) < 2000) return;
  group.spoken = now;
  const stage = leader(group);
  const token = tokenAt(stage.scene, stage.t);
  setText(group.parts.live, `Timestep ${stage.t}${token ? `, ${visible(token)}` : ""}`);
}
