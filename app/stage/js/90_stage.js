// The component: mounts once per place on the page, takes in scenes and settings, draws.

const meeting = (window[Symbol.for("gatescope")] ??= { stages: new Map(), waiting: new Map() });
meeting.reported ??= new Map(); // key -> what was last reported there, for a stage mounted anew
const mounted = new WeakMap(); // place on the page -> its stage
let generations = 0;

const DEFAULTS = { t: 0, unit: MEAN, order: "file", speed: 4, veil: true, slow: false, scale: "asinh" };

/** Streamlit calls this at mount and whenever data or theme changed, without cleaning up before. */
export default function gatescopeStage({ data, key, parentElement, setStateValue }) {
  let stage = mounted.get(parentElement);
  if (!stage || !stage.alive) {
    stage = mountStage(parentElement);
    mounted.set(parentElement, stage);
  }
  stage.setStateValue = setStateValue;
  const generation = (stage.generation = generations += 1);
  const fresh = payloadId(data) !== stage.scene?.id;
  if (fresh) takeScene(stage, readScene(data));
  else if (themeChanged(stage)) redraw(stage);
  return () => {
    if (stage.generation === generation) unmountStage(stage, parentElement);
  };
}

function mountStage(parentElement) {
  const parts = buildSkeleton();
  const holder = parentElement.querySelector(".gatescope") ?? parentElement;
  holder.replaceChildren(parts.root);
  const stage = { parts, ...DEFAULTS, phase: null, playing: null, alive: true, known: {}, applied: {}, view: [0, 1] };
  buildTransport(stage);
  listenToBoard(stage);
  const host = parentElement.host ?? parentElement;
  stage.place = host.closest?.("[class*='st-key-']") ?? host;
  stage.stopKeys = listenToKeys(stage);
  stage.observer = new ResizeObserver(() => requestAnimationFrame(() => resized(stage)));
  stage.observer.observe(parts.root);
  stage.fonts = () => stage.alive && stage.scene && redraw(stage);
  document.fonts?.addEventListener?.("loadingdone", stage.fonts);
  return stage;
}

function unmountStage(stage, parentElement) {
  stage.alive = false;
  stage.playing = null;
  stage.stopKeys();
  stage.observer.disconnect();
  document.fonts?.removeEventListener?.("loadingdone", stage.fonts);
  clearTimeout(stage.restTimer);
  clearTimeout(stage.retryTimer);
  if (stage.key && meeting.stages.get(stage.key)?.stage === stage) meeting.stages.delete(stage.key);
  mounted.delete(parentElement);
}

/** The key under which Python knows this stage: Streamlit writes it into the element's class. */
function stageName(stage) {
  const name = [...(stage.place.classList ?? [])].find((c) => c.startsWith("st-key-"));
  return name ? name.slice("st-key-".length) : "stage";
}

/** A new scene: unit and settings stay, the timestep is clamped. */
function takeScene(stage, scene) {
  const before = stage.scene;
  pause(stage);
  stage.scene = scene;
  stage.asked = null;
  stage.key = stageName(stage);
  if (!before) resume(stage);
  if (stage.unit >= scene.hidden_size) stage.unit = MEAN;
  const receive = (parcel) => takeParcel(stage, parcel);
  receive.stage = stage;
  meeting.stages.set(stage.key, receive);
  const parcel = meeting.waiting.get(stage.key);
  if (parcel) applyParcel(stage, parcel);
  stage.t = Math.min(scene.timesteps - 1, Math.max(0, stage.t));
  stage.colours = null;
  buildBoard(stage);
  fitTransport(stage);
  writeNotes(stage);
  stage.view = [0, scene.timesteps];
  redraw(stage, true);
}

/**
 * Streamlit may mount a stage anew at any time (something came or went above it). Python sends
 * only what differs from the last report, so a new stage goes on from there.
 */
function resume(stage) {
  const last = meeting.reported.get(stage.key);
  if (!last) return;
  stage.applied = last.applied;
  for (const name of REPORTED) {
    stage[name] = last.news[name];
    stage.known[name] = JSON.stringify(last.news[name]);
  }
}

/** What the courier brought: settings that Python wants otherwise, details of a long run. */
function takeParcel(stage, parcel) {
  if (!stage.alive || !stage.scene) return;
  const moved = applyParcel(stage, parcel);
  if (moved && stage.playing) stage.stale = true; // painted at the next pause, not between two frames
  else if (moved) {
    if (stage.slow !== (stage.phase !== null)) stage.phase = stage.slow ? 0 : null;
    stage.t = Math.min(stage.scene.timesteps - 1, Math.max(0, stage.t));
    stage.view = viewAround(stage.view, stage.t, stage.scene.timesteps);
    paintBoard(stage);
    showChoices(stage);
    show(stage);
  }
  retryLater(stage, BATCH); // the first parcel may come after the stage had nobody to ask
}

/** Apply each wanted setting once; a rerun that wants the same again changes nothing. */
function applyParcel(stage, parcel) {
  const { header, array } = readPayload(parcel.data);
  stage.ask = parcel.ask;
  let moved = false;
  for (const [name, wish] of Object.entries(header.wanted)) {
    const [value] = wish;
    const text = JSON.stringify(wish);
    if (stage.applied[name] === text) continue;
    stage.applied[name] = text;
    stage.known[name] = JSON.stringify(value);
    if (stage[name] !== value) {
      stage[name] = value;
      moved = true;
    }
  }
  if (stage.unit >= stage.scene.hidden_size || stage.unit < MEAN) stage.unit = MEAN;
  if (header.id === stage.scene.id && header.tiles.length && header.tiles[0].start !== stage.scene.tiles[1]?.start) {
    addDetails(stage.scene, header, array);
    moved = true;
  } else if (header.id === stage.scene.id && header.tiles.length > 1) {
    addDetails(stage.scene, header, array);
    moved = true;
  }
  return moved;
}

/** What is said in words above and below the pictures. */
function writeNotes(stage) {
  const { scene, parts } = stage;
  const notes = [scene.note, scene.reverse ? "This direction runs from right to left." : ""].filter(Boolean);
  setText(parts.note, notes.join(" · "));
  parts.note.hidden = !notes.length;
  const [whole] = scene.tiles;
  setText(parts.footnote, whole.factor > 1
    ? `${scene.timesteps.toLocaleString("en")} timesteps are pooled: each column stands for up to ${whole.factor} of them and shows, of their lowest and highest value, the one further from the unit's mean. Numbers are exact.`
    : "");
  parts.footnote.hidden = whole.factor === 1;
}

// ---- theme -------------------------------------------------------------------------------

function themeSignature(stage) {
  const style = getComputedStyle(stage.parts.root);
  return ["--st-background-color", "--st-text-color", "--st-font", "--st-code-font"].map((n) => style.getPropertyValue(n)).join("|");
}

function themeChanged(stage) {
  return stage.theme !== themeSignature(stage);
}

/** Dark or light as the page is; every colour the stylesheet uses becomes a variable. */
function applyTheme(stage) {
  stage.theme = themeSignature(stage);
  const { root } = stage.parts;
  const style = getComputedStyle(root);
  const mode = isDark(style.getPropertyValue("--st-background-color")) ? "dark" : "light";
  stage.colours = stage.scene.colours[mode];
  root.dataset.mode = mode;
  stage.font = style.fontFamily || "sans-serif";
  stage.codeFont = style.getPropertyValue("--st-code-font") || "ui-monospace, monospace";
  for (const [name, value] of Object.entries(stage.colours)) {
    if (typeof value === "string") root.style.setProperty(`--${name.replace(/_/g, "-")}`, value);
  }
  for (const panel of stage.panels) {
    const { line, stops } = stage.colours.signals[panel.signal.name];
    root.style.setProperty(`--signal-${panel.signal.name}`, line);
    panel.table = colourTable(stops);
    panel.css = Array.from({ length: LEVELS }, (_, level) => cssColour(panel.table, level));
  }
}

function isDark(colour) {
  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  pen.fillStyle = colour.trim() || "#ffffff";
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 110;
}

// ---- drawing -----------------------------------------------------------------------------

/** Lay out and paint everything: at mount, with a new scene, on resize, with a new theme. */
function redraw(stage, newScene = false) {
  layOutBoard(stage);
  applyTheme(stage);
  if (newScene) stage.view = firstView(stage.scene, stage.widths, stage.t);
  buildDrawing(stage);
  if (stage.slow && stage.phase === null) stage.phase = 0;
  if (stage.phase !== null) stage.phase = Math.min(stage.phase, stage.drawing.phases.length - 1);
  paintBoard(stage);
  measureBoard(stage);
  showChoices(stage);
  showPlaying(stage);
  show(stage);
  stage.drawnWidth = stage.parts.root.clientWidth;
  if (newScene) wantDetails(stage);
}

function resized(stage) {
  if (stage.alive && stage.scene && stage.parts.root.clientWidth !== stage.drawnWidth) redraw(stage);
}

/** Paint the board in the next frame, however often a gesture asks. */
function schedulePaint(stage) {
  if (stage.painting) return;
  stage.painting = requestAnimationFrame(() => {
    stage.painting = null;
    if (!stage.alive) return;
    paintBoard(stage);
    showChoices(stage);
    show(stage);
  });
}

/** Show timestep, unit and phase: cursor, veil, drawing, numbers. This is all that a step costs. */
function show(stage) {
  const { root } = stage.parts;
  root.dataset.timestep = stage.t;
  root.dataset.unit = stage.unit;
  root.dataset.phase = phaseName(stage);
  stage.numbers = numbersAt(stage.scene, stage.t, stage.unit) ?? {};
  moveCursor(stage);
  coverPhases(stage);
  outlineUnit(stage);
  updateDrawing(stage);
  lightDrawing(stage);
  showNow(stage);
  showTransport(stage);
  speakSometimes(stage);
}

/** The column at the right: every unit at this timestep, and the selected unit's number. */
function showNow(stage) {
  const { scene, t, unit, scale, numbers } = stage;
  for (const panel of stage.panels) {
    const pen = fitCanvas(panel.nowCanvas, panel.nowWidth, panel.height);
    const order = orderOf(stage, panel.signal);
    paintColumn(pen, panel, scene, t, order, scale, 0, 0, panel.nowWidth, panel.height);
    const name = panel.signal.name;
    setText(panel.nowNumber, name in numbers ? written(numbers[name]) : order.length === scene.hidden_size ? "…" : "");
    const place = unit === MEAN ? 0.5 : (scene.places[stage.order][unit] + 0.5) / order.length;
    const y = Math.min(panel.height - 9, Math.max(9, place * panel.height));
    panel.nowNumber.style.transform = `translateY(${y - panel.height / 2}px)`;
  }
  for (const row of stage.strip) setText(row.nowText, row.now(t));
}
