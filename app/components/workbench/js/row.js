// One row of the watched sequence: its label, its picture, its number.

import { element } from "../../shared/js/elements.js";
import { benchRow, picture } from "./parts.js";

export function makeRow(kind, height, label, described, paint, extra = {}) {
  const canvas = picture(kind, described);
  const now = element("div", { class: "now" });
  return { kind, height, canvas, now, paint, node: benchRow(kind, label, canvas, now), ...extra };
}
