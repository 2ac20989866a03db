// The repeating module as a drawing: the parts that every cell's drawing is made of.
//
// A drawing is {layout(width) -> height and parts, phases}. Each part is a group that says in
// data-lights in which phase it happens; `update` writes the numbers of one timestep into it.

const STEM = 13; // pixels wide when a gate is fully open
const NO_DRAWING = { phases: [] }; // of a stage of several: nothing moves within a timestep
const CELL_DRAWINGS = {}; // kind -> (stage, width) -> {svg, height, minis, update}

/** Build the drawing for the stage's width; called at mount, on resize and with a new scene. */
function buildDrawing(stage) {
  if (stage.group.compact) return void (stage.drawing = NO_DRAWING);
  const width = Math.max(300, Math.floor(stage.parts.drawing.clientWidth || 800));
  const easel = new Easel(stage, width);
  stage.drawing = CELL_DRAWINGS[stage.scene.kind](easel, stage.scene);
  easel.svg.setAttribute("viewBox", `0 0 ${width} ${stage.drawing.height}`);
  easel.svg.setAttribute("height", stage.drawing.height);
  easel.svg.setAttribute("width", width);
  stage.easel = easel;
  easel.groups = [...easel.svg.querySelectorAll("[data-lights]")];
  easel.phaseName = shape("text", { x: width - 6, y: stage.drawing.height - 12, class: "phase-name", "text-anchor": "end" });
  if (!easel.narrow) easel.svg.append(easel.phaseName);
  stage.parts.drawing.replaceChildren(easel.svg, easel.canvas);
}

/** Where a drawing's elements are made, and the few forms that all cells share. */
class Easel {
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

function colourOf(signal) {
  return `--hue: var(--signal-${signal})`;
}

function openness(value) {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}

function signalNamed(scene, name) {
  return scene.signals.find((signal) => signal.name === name);
}

/** Write the numbers of the current timestep into the drawing. */
function updateDrawing(stage) {
  if (stage.drawing === NO_DRAWING) return;
  const { scene, t, easel, numbers } = stage;
  for (const update of easel.updates) update(numbers);
  setText(easel.phaseName, phaseText(stage).replace(" · ", ""));
  paintMinis(stage);
  if (easel.chevrons) easel.chevrons.style.transform = `translateX(${(((scene.reverse ? -t : t) % 2) + 2) % 2 ? 14 : 0}px)`;
  writeEquations(stage, numbers);
}

/** Whatever has all units in the drawing: one canvas over it, cleared and painted per step. */
function paintMinis(stage) {
  const { easel, scene, t, colours } = stage;
  const pen = fitCanvas(easel.canvas, easel.width, stage.drawing.height);
  pen.clearRect(0, 0, easel.width, stage.drawing.height);
  const state = phaseState(stage);
  for (const mini of easel.minis) {
    const carried = mini.signal.startsWith("carried:");
    const panel = stage.panels.find((p) => p.signal.name === mini.signal.replace("carried:", ""));
    const when = carried ? t + (scene.reverse ? 1 : -1) : t;
    if (!panel || when < 0 || when >= scene.timesteps) continue;
    const order = orderOf(stage, panel.signal);
    pen.globalAlpha = state && when === t && state(panel.signal.name) === "ahead" ? 0.12 : 1;
    paintColumn(pen, panel, scene, when, order, stage.scale, mini.x, mini.y, mini.width, mini.height);
    if (stage.unit === MEAN || order.length !== scene.hidden_size) continue;
    const row = mini.height / order.length;
    const place = scene.places[stage.order][stage.unit];
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 1.2;
    pen.strokeRect(mini.x - 1.5, mini.y + (place + 0.5) * row - Math.max(row, 3) / 2, mini.width + 3, Math.max(row, 3));
  }
  pen.globalAlpha = 1;
}

/** The equations in numbers, as text under the drawing; each drawing says which hold. */
function writeEquations(stage, numbers) {
  const waiting = !("carried" in numbers);
  const lines = waiting ? [["", "the exact numbers are on their way"]] : stage.drawing.equations(numbers, stage.unit === MEAN);
  const state = phaseState(stage);
  const { equations } = stage.parts;
  equations.style.setProperty("--lines", lines.length);
  while (equations.children.length < lines.length) {
    equations.append(element("span", { class: "equation" }, element("i"), element("span")));
  }
  while (equations.children.length > lines.length) equations.lastChild.remove();
  lines.forEach(([symbols, filled, signal], k) => {
    const node = equations.children[k];
    node.dataset.state = state && signal ? state(signal) : "done";
    setText(node.firstChild, symbols);
    setText(node.lastChild, filled);
  });
}

/** A sum in numbers, with as many digits as it takes to add up: a + b = c. */
function sumText(terms, sum) {
  const found = digitsThatAddUp(terms, sum);
  const digits = found ?? DIGITS;
  const [first, ...others] = terms;
  return [written(first, digits), ...others.map((term) => ` + ${factor(term, digits)}`), ` ${found ? "=" : "≈"} ${written(sum, digits)}`].join("");
}
