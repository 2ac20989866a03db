// The strip above the heatmaps: symbols with the predicted followers, or small lines of numbers.

import { numberRows } from "./numbers.js";
import { extraRows } from "./shares.js";
import { symbolRows } from "./symbols.js";

/** @import { Scene } from "../types.d.ts" */

/**
 * The rows of the strip of a scene.
 *
 * @param {Scene} scene
 */
export function stripRows(scene) {
  const { strip } = scene;
  const rows = strip.kind === "symbols" ? symbolRows(scene, strip) : numberRows(scene, strip);
  return [...rows, ...extraRows(scene)];
}
