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

/** Which unit is selected on a stage, as a list. */
function buildUnitChoice(stage) {
  stage.unitChoice = choice("unit", "Unit (up and down arrows)", [], (v) => chooseUnit(stage, Number(v)));
  return stage.unitChoice;
}

/** The controls of all stages of a group; they act through the first. */
function buildTransport(group) {
  const { parts } = group;
  const scrub = element("input", { type: "range", class: "scrub", min: 0, step: 1, "aria-label": "Timestep" });
  const lead = () => leader(group);
  const c = (group.controls = {
    first: button("first", "First timestep (Home)", [icon(ICONS.first)], () => goFirst(lead())),
    back: button("back", "Back one timestep (left arrow)", [icon(ICONS.back)], () => stepBy(lead(), -1)),
    play: button("play", "Play (space)", [icon(ICONS.play), element("span", {}, "Play")], () => togglePlay(lead())),
    step: button("step", "Step one timestep (right arrow)", [element("span", {}, "Step"), icon(ICONS.step)], () => stepBy(lead(), 1)),
    scrub,
    readout: element("span", { class: "readout" }),
    speed: choice("speed", "Speed, timesteps per second", SPEEDS.map((s) => [s, `${s} / s`]), (v) => chooseSettings(group, { speed: Number(v) })),
    slow: button("slow", "Slow motion: one timestep in its own order (f)", ["Slow motion"], () => setSlow(lead(), !group.slow)),
    veil: button("veil-toggle", "Veil over the future (v)", ["Veil"], () => chooseSettings(group, { veil: !group.veil })),
    order: choice("order", "Order of the units", Object.entries(ORDERS), (v) => chooseSettings(group, { order: v })),
    scale: choice("scale", "Colour scale of the cell state", Object.entries(SCALES), (v) => chooseSettings(group, { scale: v })),
    zoom: button("zoom-out", "Show the whole run (0)", ["Whole run"], () => setView(lead(), [0, timestepsOf(group)])),
    help: button("keys", "Keys (?)", ["?"], () => toggleHelp(lead())),
  });
  scrub.addEventListener("input", () => {
    group.scrubbing = true;
    pause(lead());
    moveTo(lead(), Number(scrub.value));
  });
  scrub.addEventListener("change", () => {
    group.scrubbing = false;
    rest(group);
  });
  const slow = group.compact ? [] : [c.slow];
  parts.transport.replaceChildren(c.first, c.back, c.play, c.step, scrub, c.readout, c.speed, ...slow, c.veil, c.help);
  parts.choices.replaceChildren(c.zoom, c.order, c.scale);
  parts.help.replaceChildren(...helpContent(group));
}

/** What depends on the scenes: how far the scrubber goes, which units there are. */
function fitTransport(group) {
  const { controls, members } = group;
  controls.scrub.max = timestepsOf(group) - 1;
  for (const { scene, unitChoice } of members) {
    const units = Array.from({ length: scene.hidden_size }, (_, k) => [k, `unit ${k}`]);
    unitChoice.replaceChildren(...[[MEAN, "mean over units"], ...units].map(([v, text]) => option(v, text)));
  }
  controls.scale.hidden = !members.some(({ panels }) => panels.some(({ signal }) => signal.unbounded));
  const backwards = leader(group).scene.reverse;
  controls.first.setAttribute("aria-label", backwards ? "Where the run starts: the last timestep" : "First timestep (Home)");
}

/** Show what is chosen; cheap enough for every step. */
function showTransport(group) {
  const stage = leader(group);
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

function showChoices(group) {
  const { controls } = group;
  const lists = ["speed", "order", "scale"].map((name) => [controls[name], group[name]]);
  for (const [list, value] of [...lists, ...group.members.map((stage) => [stage.unitChoice, stage.unit])]) {
    if (list.value !== String(value)) list.value = String(value);
  }
  if (controls.speed.selectedIndex < 0) {
    controls.speed.append(option(group.speed, `${group.speed} / s`));
    controls.speed.value = String(group.speed);
  }
  controls.slow.setAttribute("aria-pressed", String(Boolean(group.slow)));
  controls.veil.setAttribute("aria-pressed", String(group.veil));
  const whole = isWhole(group);
  controls.zoom.classList.toggle("gone", whole);
  controls.zoom.tabIndex = whole ? -1 : 0;
}

function showPlaying(group) {
  const { play } = group.controls;
  const label = group.playing ? "Pause" : "Play";
  play.replaceChildren(icon(group.playing ? ICONS.pause : ICONS.play), element("span", {}, label));
  play.setAttribute("aria-label", `${label} (space)`);
  play.title = `${label} (space)`;
  play.setAttribute("aria-pressed", String(Boolean(group.playing)));
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

function helpContent(group) {
  const rows = KEYS.filter(([key]) => key !== "f" || !group.compact).map(([keys, what]) =>
    element("tr", {}, element("th", { scope: "row" }, ...keys.split(" ").filter(Boolean).map((k) => (k === "+" && keys.startsWith("shift") ? "+ " : element("kbd", {}, k)))), element("td", {}, what)),
  );
  const mouse = "A click selects a unit and a timestep everywhere; the wheel or two fingers zoom time, dragging pans it.";
  return [
    element("h3", {}, "Keys"),
    element("table", {}, element("tbody", {}, ...rows)),
    element("p", {}, mouse),
    button("close", "Close the list of keys", ["Close"], () => toggleHelp(leader(group), false)),
  ];
}

function toggleHelp(stage, open = stage.parts.help.hidden) {
  stage.parts.help.hidden = !open;
  if (open) stage.parts.help.querySelector(".close").focus();
  else stage.controls.help.focus({ preventScroll: true });
}
