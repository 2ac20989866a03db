// The standard RNN's drawing: one layer, no belt, nothing that keeps.

import { written } from "../../../shared/js/formatting.js";
import { colourOf } from "../../../shared/js/theme.js";
import { signalNamed } from "../lookup.js";
import { inputTag } from "./parts.js";

const RNN_PHASES = [{ name: "update", title: "the one layer", lights: ["hidden_state"] }];

/** Draw the cell; return its height, its phases and its equations in numbers. */
export function drawRNN(easel, scene) {
  const { width, narrow } = easel;
  const [y, box, height] = [40, narrow ? 148 : 190, 66];
  const [left, middle, right] = [narrow ? 50 : 120, width / 2, width - (narrow ? 50 : 120)];
  easel.during("update", () => {
    easel.line([[left, y + 33], [right, y + 33]], { class: "wire hidden-wire" });
    easel.mini("carried:hidden_state", left - 26, y + 7, 12, 52);
    easel.text(left - 20, y, "h₋", { class: "symbol", "text-anchor": "middle", style: colourOf("hidden_state") });
    easel.number((left + middle - box / 2) / 2, y + 26, (n) => written(n.carried), { class: "number", "text-anchor": "middle" });
    easel.line([[middle, 150], [middle, y + height]], { class: "wire input-wire" });
    inputTag(easel, scene, middle - 36, 150, 72, "");
    easel.gate(middle, y, signalNamed(scene, "hidden_state"), scene.cell.activation, { width: box, height });
    easel.mini("hidden_state", right + 14, y + 7, 12, 52);
    easel.text(right + 20, y, "h", { class: "symbol", "text-anchor": "middle", style: colourOf("hidden_state") });
    easel.number((right + middle + box / 2) / 2, y + 26, (n) => written(n.hidden_state), { class: "number strong", "text-anchor": "middle" });
  });
  return {
    height: 172,
    phases: RNN_PHASES,
    equations: (n, isMean) => rnnEquations(scene.cell.activation, n, isMean),
  };
}

function rnnEquations(activation, n, isMean) {
  if (isMean) return [[`mean ${activation}(z) = h`, written(n.hidden_state)]];
  return [[`${activation}(x·W + h₋·U + b) = h`, `${activation}(${written(n.preactivation)}) = ${written(n.hidden_state)}`]];
}
