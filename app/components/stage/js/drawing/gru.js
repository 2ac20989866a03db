// The GRU's drawing: h itself is the belt; z keeps and lets in, r says what the candidate sees.

import { factor, written } from "../../../shared/js/formatting.js";
import { colourOf } from "../../../shared/js/theme.js";
import { signalNamed } from "../lookup.js";
import { STEM, openness } from "./easel.js";
import { inputTag, onBelt, sumText } from "./parts.js";

const GRU_PHASES = [
  { name: "reset", title: "reset gate", lights: ["reset_gate"] },
  { name: "candidate", title: "candidate", lights: ["candidate"] },
  { name: "update", title: "update gate", lights: ["update_gate"] },
  { name: "mix", title: "mix of old and new", lights: ["hidden_state"] },
];

/** Draw the cell; return its height, its phases and its equations in numbers. */
export function drawGRU(easel, scene) {
  const plan = easel.narrow ? gruNarrow(easel.width) : gruWide(easel.width);
  easel.during("reset candidate update mix", () => gruBelt(easel, scene, plan));
  easel.during("reset", () => gruReset(easel, scene, plan));
  easel.during("candidate", () => gruCandidate(easel, scene, plan));
  easel.during("update", () => gruUpdate(easel, scene, plan));
  easel.during("mix", () => gruMix(easel, plan));
  return {
    height: plan.height,
    phases: GRU_PHASES,
    equations: (numbers, isMean) => gruEquations(numbers, isMean),
  };
}

function gruWide(width) {
  const [left, right] = [76, width - 84];
  const at = (share) => left + share * (right - left);
  return {
    width, left, right, height: 238, belt: 44, joint: 102, box: Math.min(168, (right - left) * 0.22), boxHeight: 58,
    updateAt: [at(0.2), 146], resetAt: [at(0.5), 146], candidateAt: [at(0.8), 146], keep: at(0.2), add: at(0.8), one: at(0.5),
    recall: at(0.65), rail: 222, rails: [at(0.2), at(0.5), at(0.8)],
  };
}

function gruNarrow(width) {
  const [left, right] = [36, width - 40];
  const box = width / 2 - 30;
  const [first, second] = [box / 2 + 4, width - box / 2 - 18];
  return {
    narrow: true, width, left, right, height: 330, belt: 46, joint: 108, box, boxHeight: 62,
    updateAt: [first, 146], candidateAt: [second, 146], resetAt: [second, 234], keep: first + 4, add: second,
    one: (first + second) / 2, recall: null, rail: 314, rails: [second],
  };
}

function gruBelt(easel, scene, plan) {
  const { left, right, belt, rail, narrow } = plan;
  const start = narrow ? 62 : 96;
  easel.line([[start, rail], [plan.rails[plan.rails.length - 1], rail]], { class: "wire input-wire" });
  for (const x of plan.rails) {
    const bottom = plan.resetAt[1] + plan.boxHeight;
    easel.line([[x, rail], [x, bottom]], { class: "wire input-wire" });
  }
  inputTag(easel, scene, 8, rail, start - 8);
  easel.belt(left, right, belt, "hidden_state");
  easel.mini("carried:hidden_state", left - 22, belt - 22, 11, 44);
  easel.text(left - 16.5, belt - 28, "h₋", { class: "symbol", "text-anchor": "middle", style: colourOf("hidden_state") });
  onBelt(easel, plan, left, plan.keep, (n) => n.carried);
}

function gruReset(easel, scene, plan) {
  easel.gate(...plan.resetAt, signalNamed(scene, "reset_gate"), scene.cell.recurrent_activation, { width: plan.box, height: plan.boxHeight });
}

/** r goes into the candidate; whether before or after the recurrent product, the caption says. */
function gruCandidate(easel, scene, plan) {
  const [x, y] = plan.resetAt;
  const [cx, cy] = plan.candidateAt;
  if (plan.narrow) {
    easel.stem([[x, y], [x, cy + plan.boxHeight]], "reset_gate");
  } else {
    easel.stem([[x + plan.box / 2, y + 29], [cx - plan.box / 2, cy + 29]], "reset_gate");
    easel.operation(plan.recall, y + 29, "×", { radius: 11 });
  }
  const caption = scene.cell.reset_after ? "r · (h₋·U + b)" : "(r · h₋)·U";
  const at = plan.narrow ? [x - 10, (y + cy + 62) / 2 + 4, "end"] : [plan.recall, y + 58, "middle"];
  easel.text(at[0], at[1], caption, { class: "caption", "text-anchor": at[2] });
  const reach = signalNamed(scene, "candidate").high;
  easel.stem([[cx === plan.add ? cx : plan.add, cy], [plan.add, plan.joint + 12]], "candidate", reach);
  easel.gate(cx, cy, signalNamed(scene, "candidate"), scene.cell.activation, { width: plan.box, height: plan.boxHeight });
}

function gruUpdate(easel, scene, plan) {
  const [x, y] = plan.updateAt;
  easel.stem([[plan.keep, y], [plan.keep, plan.belt + 15]], "update_gate");
  const rest = easel.line([[plan.keep, plan.joint], [plan.add, plan.joint]], { class: "wire rest-wire", style: colourOf("update_gate") });
  easel.updates.push((n) => rest.setAttribute("stroke-width", (0.8 + STEM * openness(1 - n.update_gate)).toFixed(2)));
  easel.add("circle", { cx: plan.one, cy: plan.joint, r: 14, class: "operation" });
  easel.text(plan.one, plan.joint + 4, "1−", { class: "activation", "text-anchor": "middle" });
  easel.gate(x, y, signalNamed(scene, "update_gate"), scene.cell.recurrent_activation, { width: plan.box, height: plan.boxHeight });
  easel.operation(plan.keep, plan.belt, "×", { gate: "update_gate", signal: "hidden_state" });
}

function gruMix(easel, plan) {
  const { add, joint, belt, right, keep } = plan;
  easel.line([[add, joint - 12], [add, belt + 15]], { class: "wire write-wire" });
  easel.operation(add, joint, "×", { radius: 12 });
  easel.operation(add, belt, "+", { signal: "hidden_state" });
  onBelt(easel, plan, keep, add, (n) => n.retained);
  if (!plan.narrow) easel.text((keep + add) / 2, belt - 21, "kept z·h₋", { class: "caption", "text-anchor": "middle" });
  easel.number(add - 20, joint - 20, (n) => (plan.narrow ? written(n.written) : `written (1 − z)·n = ${written(n.written)}`), { class: "number caption-number", "text-anchor": "end" });
  onBelt(easel, plan, add, right, (n) => n.hidden_state, "strong");
  easel.mini("hidden_state", right + 8, belt - 22, 11, 44);
  easel.text(right + 13.5, belt - 28, "h", { class: "symbol", "text-anchor": "middle", style: colourOf("hidden_state") });
  if (!plan.narrow) easel.number(right + 26, belt + 5, (n) => written(n.hidden_state), { class: "number strong" });
}

function gruEquations(n, isMean) {
  const sum = sumText([n.retained, n.written], n.hidden_state);
  if (isMean) return [["mean z·h₋ + (1 − z)·n = h", sum, "hidden_state"]];
  const rest = written(1 - n.update_gate);
  const products = `${written(n.update_gate)} · ${factor(n.carried)} + ${rest} · ${factor(n.candidate)}`;
  return [["z·h₋ + (1 − z)·n = h", `${products} = ${sum}`, "hidden_state"]];
}
