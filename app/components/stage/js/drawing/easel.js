// Where a drawing's elements are made, and the few forms that all cells share.

import { element, setText, shape } from "../../../shared/js/elements.js";
import { written } from "../../../shared/js/formatting.js";
import { colourOf } from "../../../shared/js/theme.js";

export const STEM = 13; // pixels wide when a gate is fully open

/** Where a drawing's elements are made, and the few forms that all cells share. */
export class Easel {
  constructor(stage, width) {
    this.stage = stage;
    this.width = width;
    this.narrow = width < 660;
    this.minis = []; // columns of all units: {signal, x, y, width, height}
    this.svg = shape("svg", { class: "module", role: "img", "aria-label": "The cell at this timestep" });
    this.canvas = element("canvas", { class: "minis", "aria-hidden": "true" });
    this.updates = [];
    this.into = this.svg;
  }

  /** Everything added inside belongs to these phases. */
  during(phases, draw) {
    const outer = this.into;
    this.into = shape("g", { "data-lights": phases });
    outer.append(this.into);
    const made = draw();
    this.into = outer;
    return made;
  }

  add(tag, attributes, ...children) {
    const node = shape(tag, attributes, ...children);
    this.into.append(node);
    return node;
  }

  line(points, attributes = {}) {
    return this.add("polyline", { points: points.map((p) => p.join(",")).join(" "), class: "wire", ...attributes });
  }

  text(x, y, text, attributes = {}) {
    return this.add("text", { x, y, ...attributes }, text);
  }

  /** A text that changes with the timestep: tell(numbers) -> string. */
  number(x, y, tell, attributes = {}) {
    const node = this.text(x, y, "", { class: "number", ...attributes });
    this.updates.push((numbers) => setText(node, tell(numbers)));
    return node;
  }

  /** The conveyor belt from x0 to x1, with chevrons that move on with every timestep. */
  belt(x0, x1, y, signal) {
    const height = 30;
    const clip = `belt-${Math.random().toString(36).slice(2)}`;
    this.add("rect", { x: x0, y: y - height / 2, width: x1 - x0, height, rx: height / 2, class: "belt", style: colourOf(signal) });
    this.add("clipPath", { id: clip }, shape("rect", { x: x0, y: y - height / 2, width: x1 - x0, height, rx: height / 2 }));
    const marks = shape("g", { class: "chevrons", style: colourOf(signal) });
    for (let x = x0 - 28; x < x1 + 28; x += 28) {
      marks.append(shape("path", { d: `M${x} ${y - 6}l6 6l-6 6` }));
    }
    this.add("g", { "clip-path": `url(#${clip})` }, marks);
    this.chevrons = marks;
  }

  /** An operation on the belt or beside it; with a gate's name, an arc shows how open it is. */
  operation(x, y, symbol, { radius = 15, gate = null, signal = null } = {}) {
    this.add("circle", { cx: x, cy: y, r: radius, class: "operation", style: signal && colourOf(signal) });
    if (gate) this.valve(x, y, radius, gate);
    const arm = radius * 0.36;
    const slanted = symbol === "×";
    const d = slanted
      ? `M${x - arm} ${y - arm}L${x + arm} ${y + arm}M${x - arm} ${y + arm}L${x + arm} ${y - arm}`
      : `M${x - arm * 1.3} ${y}H${x + arm * 1.3}M${x} ${y - arm * 1.3}V${y + arm * 1.3}`;
    this.add("path", { d, class: "operation-symbol" });
  }

  /** A ring around an operation that is closed as far as the gate is open. */
  valve(x, y, radius, gate) {
    const ring = this.add("circle", {
      cx: x,
      cy: y,
      r: radius,
      class: "valve",
      style: colourOf(gate),
      transform: `rotate(-90 ${x} ${y})`,
      pathLength: 100,
    });
    this.updates.push((numbers) => {
      ring.setAttribute("stroke-dasharray", `${100 * openness(numbers[gate])} 200`);
    });
  }

  /** A stem whose thickness is how far its gate is open; closed, a dashed hairline. */
  stem(points, gate, reach = 1) {
    const path = `M${points.map((p) => p.join(" ")).join("L")}`;
    this.add("path", { d: path, class: "stem-bed", style: colourOf(gate) });
    const stem = this.add("path", { d: path, class: "stem", style: colourOf(gate), "data-stem": gate });
    this.updates.push((numbers) => {
      const open = openness(Math.abs(numbers[gate]) / reach);
      stem.setAttribute("stroke-width", (open * STEM).toFixed(2));
      stem.classList.toggle("below-zero", numbers[gate] < 0);
    });
  }

  /** A layer of the cell: title, activation, number, and all units as a small column. */
  gate(x, y, signal, activation, { width, height = 64 }) {
    const left = x - width / 2;
    this.add("rect", { x: left, y, width, height, rx: 9, class: "gate", style: colourOf(signal.name) });
    this.text(left + 12, y + 20, signal.title, { class: "gate-title", style: colourOf(signal.name) });
    this.text(left + width - 32, y + 20, activation, { class: "activation", "text-anchor": "end" });
    this.number(left + 12, y + height - 13, (n) => `${signal.symbol} = ${written(n[signal.name])}`, {
      class: "number gate-number",
    });
    this.mini(signal.name, left + width - 22, y + 9, 11, height - 18);
    this.into.lastChild.before(shape("title", {}, `${signal.title}: ${signal.meaning}`));
  }

  /** A column of all units, painted on the canvas above the drawing. */
  mini(signal, x, y, width, height) {
    this.minis.push({ signal, x, y, width, height });
    this.add("rect", { x: x - 0.5, y: y - 0.5, width: width + 1, height: height + 1, class: "mini" });
  }
}

export function openness(value) {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
