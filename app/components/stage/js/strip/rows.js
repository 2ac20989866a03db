// The strip above the heatmaps: symbols with the predicted followers, or small lines of numbers.

import { numberRows } from "./numbers.js";
import { extraRows } from "./shares.js";
import { symbolRows } from "./symbols.js";

/**
 * The rows of the strip: {title, height, draw(context, box), now(t) -> text}. What was `read` is
 * the same for all stages of a group.
 */
export function stripRows(scene) {
  const rows = scene.strip.kind === "symbols" ? symbolRows(scene) : numberRows(scene);
  return [...rows, ...extraRows(scene)];
}
