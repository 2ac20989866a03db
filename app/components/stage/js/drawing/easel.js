// Where a drawing's elements are made, and the few forms that all cells share.

import { element, setText, shape } from "../../../shared/js/elements.js";
import { written } from "../../../shared/js/formatting.js";
import { colourOf } from "../../../shared/js/theme.js";
import { say } from "../../../shared/js/words.js";
import { MEAN, signalNamed } from "../lookup.js";
import { numberNamed, squeeze } from "./number_text.js";

/** @import { Attributes } from "../../../shared/js/elements.js" */
/** @import { Size } from "../../../shared/js/types.d.ts" */
/** @import { Terms } from "../caption/types.d.ts" */
/** @import { Box, Point, Stage, TimestepNumbers } from "../types.d.ts" */

/**
 * A column of all units at a timestep: `signal` is its name, of the timestep before if `carried`;
 * `box` is where it stands on its canvas.
 *
 * @typedef {{ signal: string, carried: boolean, canvas: HTMLCanvasElement, box: Box }} Mini
 */

export const STEM = 13; // pixels wide when a gate is fully open
const ONE_ROW = 660; // from this width on a drawing stands in one row
const WITH_NEIGHBOURS = 1040; // and from this one on with the modules before and after
const NEIGHBOUR = 124; // pixels that a neighbour takes with the gap beside it
const COLUMN = 28; // pixels at the right of a box that its column of units takes
const ACTIVATION = 38; // with an activation beside it, and its letters
const LETTER = 7;
const ONE_LINE = 150; // from this width on a box has its title and its activation in one line
const MACRON = "\u0304"; // over a symbol: its mean
const CHEVRONS = 28; // pixels from one to the next
const LINE = 30; // pixels high
export const AROUND = 3; // pixels around a column of units, for the frame of one of them

/**
 * Makes the elements of a drawing and remembers what changes with the timestep. Each part of a
 * drawing is a group that says in data-lights in which phases of slow motion it happens.
 */
export class Easel {
  /**
   * @param {Stage} stage
   * @param {number} width
   */
  constructor(stage, width) {
    const described = { role: "img", "aria-label": say("drawing") };
    this.stage = stage;
    this.width = width;
    this.narrow = width < ONE_ROW;
    this.margin = width < WITH_NEIGHBOURS ? 0 : NEIGHBOUR;
    this.svg = shape("svg", { class: "module", ...described });
    this.columns = element("div", { class: "minis", "aria-hidden": "true" });
    /** @type {Mini[]} */
    this.minis = [];
    /** @type {{ name: string, box: Box }[]} */
    this.layers = []; // where each layer of the cell stands
    /** @type {{ title: SVGTextElement, room: number }[]} */
    this.titles = []; // of the layers
    /** @type {{ id: string, box: Box }[]} */
    this.parts = []; // what has a card, and where it is
    /** @type {((numbers: TimestepNumbers, terms: Terms) => void)[]} */
    this.updates = []; // what changes with the timestep
    /** @type {SVGGElement[]} */
    this.groups = [];
    /** @type {SVGElement} */
    this.into = this.svg;
    /** @type {SVGGElement | null} */
    this.chevrons = null;
    this.flowed = 0; // pixels that they stand further on
    /** @type {SVGElement[]} */
    this.beads = []; // values on their way
    /** @type {{ t: number, phase: number | null } | null} */
    this.moved = null; // to where things last moved
    this.phaseName = shape("text", { class: "phase-name", "text-anchor": "end" });
  }

  /**
   * Everything added inside belongs to these phases.
   *
   * @param {string} phases
   * @param {() => void} draw
   */
  during(phases, draw) {
    const outer = this.into;
    const group = shape("g", { "data-lights": phases });
    outer.append(group);
    this.groups.push(group);
    this.into = group;
    draw();
    this.into = outer;
  }

  /**
   * Say where a part is that has a card.
   *
   * @param {string} id
   * @param {[left: number, top: number, width: number, height: number]} box
   */
  part(id, [left, top, width, height]) {
    this.parts.push({ id, box: { left, top, width, height } });
  }

  /**
   * Fit the picture to its height, and write the name of the phase into its corner.
   *
   * @param {number} height
   */
  finish(height) {
    const { svg, phaseName, width } = this;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("height", String(height));
    svg.setAttribute("width", String(width));
    phaseName.setAttribute("x", String(width - this.margin - (this.margin ? 16 : 6)));
    phaseName.setAttribute("y", String(height - 12));
    if (!this.narrow) svg.append(phaseName);
  }

  /**
   * @template {keyof SVGElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {Attributes} attributes
   * @param {...(Node | string)} children
   */
  add(tag, attributes, ...children) {
    const node = shape(tag, attributes, ...children);
    this.into.append(node);
    return node;
  }

  /**
   * A wire through these points; `kind` is its class, with its own attributes if any.
   *
   * @param {string} kind
   * @param {...Point} points
   */
  wire(kind, ...points) {
    const path = points.map((point) => point.join(",")).join(" ");
    return this.add("polyline", { points: path, class: `wire ${kind}`.trim() });
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {string} text
   * @param {Attributes} [attributes]
   */
  text(x, y, text, attributes = {}) {
    return this.add("text", { x, y, ...attributes }, text);
  }

  /**
   * What a wire or an operation is called, in the middle above x.
   *
   * @param {number} x
   * @param {number} y
   * @param {string} text
   */
  caption(x, y, text) {
    return this.text(x, y, text, { class: "caption", "text-anchor": "middle" });
  }

  /**
   * What a product is called, with its number if any: over all units it is the mean of products.
   *
   * @param {number} x
   * @param {number} y
   * @param {string} what - becomes of it
   * @param {string} symbols
   * @param {{ name?: string, kind?: string, anchor?: string }} [options] - name of the number
   */
  product(x, y, what, symbols, { name, kind = "caption", anchor = "middle" } = {}) {
    const node = this.text(x, y, "", { class: kind, "text-anchor": anchor });
    if (name) node.classList.add("number");
    this.updates.push((_, { texts }) => {
      const product = say(this.isMean ? "mean_of_product" : "product", { what, symbols });
      setText(node, name ? `${product} = ${texts[name] ?? "…"}` : product);
    });
  }

  /**
   * A signal's symbol in its own colour, in the middle above x.
   *
   * @param {number} x
   * @param {number} y
   * @param {string} text
   * @param {string} signal
   */
  symbol(x, y, text, signal) {
    const style = { class: "symbol", "text-anchor": "middle", style: colourOf(signal) };
    return this.text(x, y, text, style);
  }

  /**
   * A number that changes with the timestep, written as in the sentence: its name, or what is said
   * of the texts and the numbers of all.
   *
   * @param {number} x
   * @param {number} y
   * @param {string | ((texts: Record<string, string>, n: TimestepNumbers) => string)} tell
   * @param {{ kind?: string, anchor?: string }} [options] - classes, and where x is in the text
   */
  number(x, y, tell, { kind = "", anchor } = {}) {
    const node = this.text(x, y, "", { class: `number ${kind}`.trim(), "text-anchor": anchor });
    const text = typeof tell === "string" ? numberNamed(tell) : tell;
    this.updates.push((numbers, { texts }) => setText(node, text(texts, numbers)));
    return node;
  }

  /**
   * The state's line from x0 to x1, with chevrons that move on with every timestep.
   *
   * @param {number} x0
   * @param {number} x1
   * @param {number} y
   * @param {string} signal
   */
  stateLine(x0, x1, y, signal) {
    const size = { x: x0, y: y - LINE / 2, width: x1 - x0, height: LINE, rx: LINE / 2 };
    this.part(signal, [x0, y - LINE / 2, x1 - x0, LINE]);
    const clip = `state-line-${Math.random().toString(36).slice(2)}`;
    this.add("rect", { ...size, class: "state-line", style: colourOf(signal) });
    this.add("clipPath", { id: clip }, shape("rect", size));
    this.chevrons = shape("g", { class: "chevrons", style: colourOf(signal) });
    for (let x = x0 - CHEVRONS; x < x1 + CHEVRONS; x += CHEVRONS) {
      this.chevrons.append(shape("path", { d: `M${x} ${y - 6}l6 6l-6 6` }));
    }
    this.add("g", { "clip-path": `url(#${clip})` }, this.chevrons);
  }

  /**
   * An operation on the state's line or beside it; with a gate's name, an arc shows how open it is.
   *
   * @param {number} x
   * @param {number} y
   * @param {"×" | "+"} symbol
   * @param {{ radius?: number, gate?: string, signal?: string, part?: string }} [options]
   */
  operation(x, y, symbol, { radius = 15, gate, signal, part } = {}) {
    if (part) this.part(part, [x - radius, y - radius, 2 * radius, 2 * radius]);
    const style = signal && colourOf(signal);
    this.add("circle", { cx: x, cy: y, r: radius, class: "operation", style });
    if (gate) this.valve(x, y, radius, gate);
    const arm = radius * 0.36;
    const [left, right, top, bottom] = [x - arm, x + arm, y - arm, y + arm];
    const long = arm * 1.3;
    const d =
      symbol === "×"
        ? `M${left} ${top}L${right} ${bottom}M${left} ${bottom}L${right} ${top}`
        : `M${x - long} ${y}H${x + long}M${x} ${y - long}V${y + long}`;
    this.add("path", { d, class: "operation-symbol" });
  }

  /**
   * A ring around an operation that is closed as far as the gate is open.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   * @param {string} gate
   */
  valve(x, y, radius, gate) {
    const circle = { cx: x, cy: y, r: radius, pathLength: 100, class: "valve" };
    const transform = `rotate(-90 ${x} ${y})`;
    const ring = this.add("circle", { ...circle, transform, style: colourOf(gate) });
    this.updates.push((numbers) => {
      ring.setAttribute("stroke-dasharray", `${100 * openness(numbers[gate])} 200`);
    });
  }

  /**
   * A stem whose thickness is how far its gate is open (a candidate: how far it reaches of
   * `reach`); closed, a dashed hairline.
   *
   * @param {string} gate
   * @param {number} reach
   * @param {...Point} points
   */
  stem(gate, reach, ...points) {
    const d = `M${points.map((point) => point.join(" ")).join("L")}`;
    this.add("path", { d, class: "stem-bed", style: colourOf(gate) });
    const own = { class: "stem", style: colourOf(gate), "data-stem": gate };
    const stem = this.add("path", { d, ...own });
    this.updates.push((numbers) => {
      const open = openness(Math.abs(numbers[gate]) / reach);
      stem.setAttribute("stroke-width", (open * STEM).toFixed(2));
      stem.classList.toggle("below-zero", numbers[gate] < 0);
    });
  }

  /**
   * A layer of the cell, its middle at x and its top at y: title, activation, number, and all
   * units as a small column.
   *
   * @param {number} x
   * @param {number} y
   * @param {string} name
   * @param {string} activation
   * @param {Size} size
   */
  gate(x, y, name, activation, { width, height }) {
    const signal = signalNamed(this.stage.scene, name);
    const left = x - width / 2;
    this.part(name, [left, y, width, height]);
    const right = left + width;
    const style = colourOf(name);
    const outer = this.into;
    this.layers.push({ name, box: { left, top: y, width, height } });
    this.into = this.add(
      "g",
      {},
      shape("title", {}, say("layer_of", { title: signal.title, meaning: signal.meaning })),
    );
    this.add("rect", { x: left, y, width, height, rx: 9, class: "gate", style });
    const title = this.text(left + 12, y + 20, signal.title, { class: "gate-title", style });
    const beside = this.activation([left, right], y, activation);
    const taken = beside ? ACTIVATION + LETTER * activation.length : COLUMN;
    this.titles.push({ title, room: width - 12 - taken });
    const symbol = () => `${signal.symbol}${this.isMean ? MACRON : ""}`;
    /** @type {(texts: Record<string, string>, n: TimestepNumbers) => string} */
    const tell = (texts, n) => {
      const isWhole = this.stage.group.phase === null; // else it is a factor, with all its digits
      return `${symbol()} = ${isWhole ? written(n[name] ?? NaN) : (texts[name] ?? "…")}`;
    };
    const number = this.number(left + 12, y + height - 13, tell, { kind: "gate-number" });
    this.updates.push(() => squeeze(number, width - 12 - COLUMN));
    this.mini(name, { left: right - 22, top: y + 9, width: 11, height: height - 18 });
    this.into = outer;
  }

  /**
   * The activation of a layer: beside its title, or above its box where there is no room. Whether
   * it stands beside the title.
   *
   * @param {[left: number, right: number]} sides - of the box
   * @param {number} top - of the box
   * @param {string} activation
   */
  activation([left, right], top, activation) {
    const kind = { class: "activation" };
    const beside = right - left >= ONE_LINE;
    if (beside) this.text(right - 32, top + 20, activation, { ...kind, "text-anchor": "end" });
    else this.text(left + 20, top - 6, activation, kind);
    return beside;
  }

  /** Narrow the titles that are longer than their boxes; the drawing must be on the page. */
  fitTitles() {
    for (const { title, room } of this.titles) {
      if (title.getComputedTextLength() <= room) continue;
      title.setAttribute("textLength", String(room));
      title.setAttribute("lengthAdjust", "spacingAndGlyphs");
    }
  }

  /** Whether the numbers are means over units. */
  get isMean() {
    return this.stage.unit === MEAN;
  }

  /**
   * A column of all units, painted on a canvas of its own above the drawing.
   *
   * @param {string} signal
   * @param {Box} box
   * @param {boolean} [carried] - of the timestep before
   */
  mini(signal, box, carried = false) {
    const { left, top, width, height } = box;
    const frame = { x: left - 0.5, y: top - 0.5, width: width + 1, height: height + 1 };
    const [x, y] = [Math.floor(left), Math.floor(top)];
    const place = `left: ${x - AROUND}px; top: ${y - AROUND}px`;
    const canvas = element("canvas", { style: place });
    this.columns.append(canvas);
    const inside = { left: left - x + AROUND, top: top - y + AROUND, width, height };
    this.minis.push({ signal, carried, canvas, box: inside });
    this.add("rect", { ...frame, class: "mini" });
  }
}

/**
 * How far a gate is open, 0..1; closed where its number is not here.
 *
 * @param {number} value
 */
export function openness(value) {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
