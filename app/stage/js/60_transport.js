// The one row of controls, and the quiet choices that stand where they act: unit, order, scale.

const SPEEDS = [0.5, 1, 2, 4, 8, 15, 30, 60];
const ORDERS = { file: "units in file order", time_scale: "units by time scale", similarity: "units by similarity" };
const SCALES = { asinh: "belt: asinh scale", linear: "belt: linear scale", per_unit: "belt: scale per unit" };

const ICONS = {
  first: "M4 3v10M13 3L6 8l7 5z",
  back: "M12 3L5 8l7 5z",
  play: "M4 2.5l10 5.5-10 5.5z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  step: "M4 3l7 5-7 5z",
};

function icon(name) {
  return shape("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true", class: "icon" },
    shape("path", { d: ICONS[name] }));
}

function button(name, label, content, act) {
  const node = element("button", { type: "button", class: name, "aria-label": label, title: label }, ...content);
  node.addEventListener("click", act);
  return node;
}

function choice(name, label, entries, act) {
  const node = element("select", { class: name, "aria-label": label, title: label });
  node.append(...entries.map(([value, text]) => option(value, text)));
  node.addEventListener("change", () => act(node.value));
  return node;
}

function buildTransport(stage) {
  const { parts } = stage;
  const scrub = element("input", { type: "range", class: "scrub", min: 0, step: 1, "aria-label": "Timestep" });
  const c = (stage.controls = {
    first: button("first", "First timestep (Home)", [icon("first")], () => goFirst(stage)),
    back: button("back", "Back one timestep (left arrow)", [icon("back")], () => stepBy(stage, -1)),
    play: button("play", "Play (space)", [icon("play"), element("span", {}, "Play")], () => togglePlay(stage)),
    step: button("step", "Step one timestep (right arrow)", [element("span", {}, "Step"), icon("step")], () => stepBy(stage, 1)),
    scrub,
    readout: element("span", { class: "readout" }),
    speed: choice("speed", "Speed, timesteps per second", SPEEDS.map((s) => [s, `${s} / s`]), (v) => choose(stage, { speed: Number(v) })),
    slow: button("slow", "Slow motion: one timestep in its own order (f)", ["Slow motion"], () => setSlow(stage, !stage.slow)),
    veil: button("veil-toggle", "Veil over the future (v)", ["Veil"], () => choose(stage, { veil: !stage.veil })),
    unit: choice("unit", "Unit (up and down arrows)", [], (v) => choose(stage, { unit: Number(v) })),
    order: choice("order", "Order of the units", Object.entries(ORDERS), (v) => choose(stage, { order: v })),
    scale: choice("scale", "Colour scale of the cell state", Object.entries(SCALES), (v) => choose(stage, { scale: v })),
    zoom: button("zoom-out", "Show the whole run (0)", ["Whole run"], () => setView(stage, [0, stage.scene.timesteps])),
    help: button("keys", "Keys (?)", ["?"], () => toggleHelp(stage)),
  });
  scrub.addEventListener("input", () => {
    stage.scrubbing = true;
    pause(stage);
    moveTo(stage, Number(scrub.value));
  });
  scrub.addEventListener("change", () => {
    stage.scrubbing = false;
    rest(stage);
  });
  parts.transport.replaceChildren(c.first, c.back, c.play, c.step, scrub, c.readout, c.speed, c.slow, c.veil, c.help);
  parts.numbers.prepend(c.unit);
  parts.choices.replaceChildren(c.zoom, c.order, c.scale);
  parts.help.replaceChildren(...helpContent(stage));
}

/** What depends on the scene: how far the scrubber goes, which units there are. */
function fitTransport(stage) {
  const { scene, controls } = stage;
  controls.scrub.max = scene.timesteps - 1;
  const units = Array.from({ length: scene.hidden_size }, (_, k) => [k, `unit ${k}`]);
  controls.unit.replaceChildren(...[[MEAN, "mean over units"], ...units].map(([v, text]) => option(v, text)));
  controls.scale.hidden = !scene.signals.some((signal) => signal.unbounded);
  const backwards = scene.reverse;
  controls.first.setAttribute("aria-label", backwards ? "Where the run starts: the last timestep" : "First timestep (Home)");
}

/** Show what is chosen; cheap enough for every step. */
function showTransport(stage) {
  const { controls, scene, t } = stage;
  if (Number(controls.scrub.value) !== t) controls.scrub.value = t;
  const token = tokenAt(scene, t);
  const last = scene.timesteps - 1;
  const symbols = scene.strip.kind === "symbols" && token !== "";
  setText(controls.readout, `timestep ${t} of ${last}${symbols ? ` · “${visible(token).slice(0, 16)}”` : ""}${stage.widths.narrow ? phaseText(stage) : ""}`);
  controls.scrub.setAttribute("aria-valuetext", `timestep ${t} of ${last}${symbols ? `, ${visible(token)}` : ""}`);
}

function phaseText(stage) {
  return stage.phase === null ? "" : ` · ${stage.phase + 1} of ${stage.drawing.phases.length}: ${stage.drawing.phases[stage.phase].title}`;
}

function showChoices(stage) {
  const { controls } = stage;
  for (const name of ["speed", "order", "scale", "unit"]) {
    if (controls[name].value !== String(stage[name])) controls[name].value = String(stage[name]);
  }
  if (controls.speed.selectedIndex < 0) {
    controls.speed.append(option(stage.speed, `${stage.speed} / s`));
    controls.speed.value = String(stage.speed);
  }
  controls.slow.setAttribute("aria-pressed", String(stage.slow));
  controls.veil.setAttribute("aria-pressed", String(stage.veil));
  const whole = stage.view[1] - stage.view[0] >= stage.scene.timesteps - 1e-6;
  controls.zoom.classList.toggle("gone", whole);
  controls.zoom.tabIndex = whole ? -1 : 0;
}

function showPlaying(stage) {
  const { play } = stage.controls;
  const label = stage.playing ? "Pause" : "Play";
  play.replaceChildren(icon(stage.playing ? "pause" : "play"), element("span", {}, label));
  play.setAttribute("aria-label", `${label} (space)`);
  play.title = `${label} (space)`;
  play.setAttribute("aria-pressed", String(Boolean(stage.playing)));
}

const KEYS = [
  ["← →", "one timestep back, on; in slow motion one phase"],
  ["shift + ← →", "ten timesteps"],
  ["Home End", "first, last timestep"],
  ["space", "play or pause"],
  ["↑ ↓", "the unit above, below"],
  ["m", "mean over units"],
  ["f", "slow motion"],
  ["v", "veil over the future"],
  ["+ −  0", "zoom time in, out, whole run"],
  ["?", "this list"],
];

function helpContent(stage) {
  const rows = KEYS.map(([keys, what]) =>
    element("tr", {}, element("th", { scope: "row" }, ...keys.split(" ").filter(Boolean).map((k) => (k === "+" && keys.startsWith("shift") ? "+ " : element("kbd", {}, k)))), element("td", {}, what)),
  );
  const mouse = "A click selects a unit and a timestep everywhere; the wheel or two fingers zoom time, dragging pans it.";
  return [
    element("h3", {}, "Keys"),
    element("table", {}, element("tbody", {}, ...rows)),
    element("p", {}, mouse),
    button("close", "Close the list of keys", ["Close"], () => toggleHelp(stage, false)),
  ];
}

function toggleHelp(stage, open = stage.parts.help.hidden) {
  stage.parts.help.hidden = !open;
  if (open) stage.parts.help.querySelector(".close").focus();
  else stage.controls.help.focus({ preventScroll: true });
}
