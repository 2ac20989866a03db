// The component: mounts once per place on the page, takes in scenes and settings, draws. What it
// mounts is always a group; a stage alone is a group of one, in full instead of compact form.

const meeting = (window[Symbol.for("gatescope")] ??= { stages: new Map(), waiting: new Map() });
meeting.reported ??= new Map(); // key -> what was last reported there, for a stage mounted anew
const mounted = new WeakMap(); // place on the page -> its group of stages
let generations = 0;

const SETTING = 1000; // ms that a new stage waits for the courier

/** Streamlit calls this at mount and whenever data or theme changed, without cleaning up before. */
export default function gatescopeStage({ data, key, parentElement, setStateValue }) {
  const { id, members, settings } = payloadHeader(data);
  let group = mounted.get(parentElement);
  if (group?.alive && group.compact !== Boolean(members)) unmountGroup(group, parentElement);
  if (!group?.alive) {
    group = mountGroup(parentElement, Boolean(members), settings);
    mounted.set(parentElement, group);
  }
  group.setStateValue = setStateValue;
  const generation = (group.generation = generations += 1);
  if (id !== group.id) takeMembers(group, id, readMembers(data));
  else if (themeChanged(group)) redraw(group);
  return () => {
    if (group.generation === generation) unmountGroup(group, parentElement);
  };
}

/** `defaults` are the settings that Python knows, each with the value that it has at first. */
function mountGroup(parentElement, compact, defaults) {
  const parts = buildShell(compact);
  const holder = parentElement.querySelector(".gatescope") ?? parentElement;
  holder.replaceChildren(parts.root);
  const group = { parts, compact, defaults, phase: null, playing: null, alive: true, known: {}, applied: {}, view: [0, 1], members: [] };
  buildTransport(group);
  const host = parentElement.host ?? parentElement;
  group.place = host.closest?.("[class*='st-key-']") ?? host;
  group.stopKeys = listenToKeys(group);
  group.observer = new ResizeObserver(() => requestAnimationFrame(() => resized(group)));
  group.observer.observe(parts.root);
  group.fonts = () => group.alive && group.members.length && redraw(group);
  document.fonts?.addEventListener?.("loadingdone", group.fonts);
  return group;
}

function unmountGroup(group, parentElement) {
  group.alive = false;
  group.playing = null;
  group.stopKeys();
  group.observer.disconnect();
  document.fonts?.removeEventListener?.("loadingdone", group.fonts);
  for (const timer of ["restTimer", "retryTimer", "hiding"]) clearTimeout(group[timer]);
  if (group.key && meeting.stages.get(group.key)?.group === group) meeting.stages.delete(group.key);
  mounted.delete(parentElement);
}

/** The key under which Python knows this group: Streamlit writes it into the element's class. */
function groupName(group) {
  const name = [...(group.place.classList ?? [])].find((c) => c.startsWith("st-key-"));
  return name ? name.slice("st-key-".length) : "stage";
}

/** New scenes: units and settings stay, the timestep is clamped. */
function takeMembers(group, id, described) {
  const first = !group.members.length;
  if (!first) pause(leader(group));
  group.id = id;
  group.asked = null;
  group.key = groupName(group);
  fitMembers(group, described);
  if (first) begin(group);
  checkUnits(group);
  const receive = (parcel) => takeParcel(group, parcel);
  receive.group = group;
  meeting.stages.set(group.key, receive);
  const parcel = meeting.waiting.get(group.key);
  if (parcel) applyParcel(group, parcel);
  else if (first && !meeting.reported.has(group.key)) hideUntilSet(group);
  group.t = Math.min(timestepsOf(group) - 1, Math.max(0, group.t));
  for (const stage of group.members) {
    stage.colours = null;
    buildBoard(stage);
    writeNotes(stage);
  }
  fitTransport(group);
  writeFootnote(group);
  group.view = [0, timestepsOf(group)];
  redraw(group, true);
}

/** As many stages as scenes; those that are there stay where they are, with their units. */
function fitMembers(group, described) {
  const before = group.members.length;
  group.members = described.map((member, k) => Object.assign(group.members[k] ?? addStage(group), member));
  const roots = group.members.map((stage) => stage.parts.root);
  if (group.compact && before !== described.length) composeGroup(group.parts, roots);
}

function addStage(group) {
  const parts = { ...group.parts, ...buildParts() };
  const stage = joinGroup(group, parts);
  const unitChoice = buildUnitChoice(stage);
  if (group.compact) parts.root = composeMember(parts, unitChoice);
  else parts.numbers.prepend(unitChoice), composeStage(group.parts, parts);
  listenToBoard(stage);
  return stage;
}

/**
 * Every setting has its default at first. But Streamlit may mount a stage anew at any time
 * (something came or went above it). Python sends only what differs from the last report, so a
 * stage that was there before goes on from there.
 */
function begin(group) {
  for (const [name, value] of Object.entries(group.defaults)) applySetting(group, name, value);
  const last = meeting.reported.get(group.key);
  if (!last) return;
  group.applied = last.applied;
  for (const name of reportedOf(group)) {
    if (!(name in last.news)) continue;
    applySetting(group, name, last.news[name]);
    group.known[name] = JSON.stringify(last.news[name]);
  }
}

/** Until the courier tells where it begins a stage is not seen, so that it doesn't jump there. */
function hideUntilSet(group) {
  group.parts.root.style.visibility = "hidden";
  group.hiding = setTimeout(() => unhide(group), SETTING);
}

function unhide(group) {
  clearTimeout(group.hiding);
  group.parts.root.style.visibility = "";
}

/** What the courier brought: settings that Python wants otherwise, details of a long run. */
function takeParcel(group, parcel) {
  if (!group.alive || !group.members.length) return;
  const moved = applyParcel(group, parcel);
  if (moved && group.playing) group.stale = true; // painted at the next pause, not between two frames
  else if (moved) {
    if (group.slow !== (group.phase !== null)) group.phase = group.slow ? 0 : null;
    group.t = Math.min(timestepsOf(group) - 1, Math.max(0, group.t));
    group.view = viewAround(group.view, group.t, timestepsOf(group));
    group.members.forEach(paintBoard);
    showChoices(group);
    show(group);
  }
  unhide(group);
  retryLater(group, BATCH); // the first parcel may come after the stage had nobody to ask
}

/** Apply each wanted setting once; a rerun that wants the same again changes nothing. */
function applyParcel(group, parcel) {
  const { header, array } = readPayload(parcel.data);
  group.ask = parcel.ask;
  let moved = false;
  for (const [name, wish] of Object.entries(header.wanted)) {
    const value = JSON.stringify(wish[0]);
    const text = JSON.stringify(wish);
    if (group.applied[name] === text) continue;
    group.applied[name] = text;
    group.known[name] = value;
    if (JSON.stringify(settingOf(group, name)) !== value) {
      applySetting(group, name, wish[0]);
      moved = true;
    }
  }
  checkUnits(group);
  if (header.id !== group.id) return moved;
  const details = header.members?.map((place) => readPayload(array(place))) ?? [{ header, array }];
  const news = group.members.map((stage, k) => takeDetails(stage.scene, details[k]));
  return moved || news.includes(true);
}

/** Take in what was cut for a scene, unless it is here already. */
function takeDetails(scene, details) {
  const tiles = details?.header.tiles ?? [];
  const known = tiles[0]?.start === scene.tiles[1]?.start;
  if (!tiles.length || (known && tiles.length === 1)) return false;
  addDetails(scene, details.header, details.array);
  return true;
}

/** What is said in words above the pictures. */
function writeNotes({ scene, parts, title }) {
  const notes = [scene.note, scene.reverse ? "This direction runs from right to left." : ""].filter(Boolean);
  setText(parts.note, notes.join(" · "));
  parts.note.hidden = !notes.length;
  if (!title) return;
  parts.root.setAttribute("aria-label", title);
  setText(parts.root.querySelector(".title"), title);
}

/** What is said in words below them. */
function writeFootnote(group) {
  const { footnote } = group.parts;
  const { scene } = leader(group);
  const [whole] = scene.tiles;
  setText(footnote, whole.factor > 1
    ? `${scene.timesteps.toLocaleString("en")} timesteps are pooled: each column stands for up to ${whole.factor} of them and shows, of their lowest and highest value, the one further from the unit's mean. Numbers are exact.`
    : "");
  footnote.hidden = whole.factor === 1;
}

// ---- theme -------------------------------------------------------------------------------

function themeChanged(group) {
  return group.theme !== themeSignature(group.parts.root);
}

function applyTheme(group) {
  const { root } = group.parts;
  group.theme = themeSignature(root);
  const { mode, font, codeFont } = pageTheme(root);
  for (const stage of group.members) {
    Object.assign(stage, { font, codeFont, colours: stage.scene.colours[mode] });
    setColours(root, stage.colours);
    for (const panel of stage.panels) colourPanel(panel, stage.colours);
  }
}

function colourPanel(panel, { signals }) {
  panel.table = colourTable(signals[panel.signal.name].stops);
  panel.css = Array.from({ length: LEVELS }, (_, level) => cssColour(panel.table, level));
}

// ---- drawing -----------------------------------------------------------------------------

/** Lay out and paint everything: at mount, with a new scene, on resize, with a new theme. */
function redraw(group, newScenes = false) {
  const { members } = group;
  const first = leader(group);
  members.forEach(layOutBoard);
  applyTheme(group);
  if (newScenes) group.view = firstView(first.scene, first.widths, group.t);
  members.forEach(buildDrawing);
  if (group.slow && group.phase === null) group.phase = 0;
  if (group.phase !== null) group.phase = Math.min(group.phase, first.drawing.phases.length - 1);
  members.forEach(paintBoard);
  members.forEach(measureBoard);
  showChoices(group);
  showPlaying(group);
  show(group);
  group.drawnWidth = group.parts.root.clientWidth;
  if (newScenes) wantDetails(group);
}

function resized(group) {
  if (group.alive && group.members.length && group.parts.root.clientWidth !== group.drawnWidth) redraw(group);
}

/** Paint the boards in the next frame, however often a gesture asks. */
function schedulePaint(group) {
  if (group.painting) return;
  group.painting = requestAnimationFrame(() => {
    group.painting = null;
    if (!group.alive) return;
    group.members.forEach(paintBoard);
    showChoices(group);
    show(group);
  });
}

/** Show timestep, units and phase everywhere. This is all that a step costs. */
function show(group) {
  group.members.forEach(showStage);
  showTransport(group);
  speakSometimes(group);
}

/** One stage now: cursor, veil, drawing, numbers. */
function showStage(stage) {
  const { root } = stage.parts;
  root.dataset.timestep = stage.t;
  root.dataset.unit = stage.unit;
  root.dataset.phase = phaseName(stage);
  stage.numbers = (stage.group.compact ? panelNumbers(stage) : numbersAt(stage.scene, stage.t, stage.unit)) ?? {};
  moveCursor(stage);
  coverPhases(stage);
  outlineUnit(stage);
  updateDrawing(stage);
  lightDrawing(stage);
  showNow(stage);
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
