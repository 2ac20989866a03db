// Pulling a gate: its box in the drawing is a handle that is dragged up or down, or moved by keys,
// and the cell runs again from there with the gate held at the new value.

import { element } from "../../shared/js/elements.js";
import { written } from "../../shared/js/formatting.js";
import { colourOf } from "../../shared/js/theme.js";
import { say } from "../../shared/js/words.js";
import { termsOf } from "./caption/terms.js";
import { timestepOf } from "./group.js";
import { heldStates, isHeld } from "./held.js";
import { MEAN, signalNamed } from "./lookup.js";
import { fromServer, serverAddress } from "./own_requests.js";
import { tellUntold } from "./reports.js";

/** @import { Box, Scene, Signal, Stage, TimestepNumbers } from "./types.d.ts" */

/**
 * @typedef {object} Pull
 * @property {Stage} stage
 * @property {Signal} signal
 * @property {HTMLElement} handle
 * @property {{ y: number, value: number } | null} from - where a drag began
 * @property {number | null} value - that it is pulled to, before it is let go
 * @property {number} [timer] - until the keys rest
 */

const REACH = 110; // pixels of a drag from one end of a gate's range to the other
export const STILL = 3; // pixels: less is a click
const KEY_STEP = 0.05;
const PAGE_STEP = 0.25;
const RUN_PATIENCE = 2000; // ms that the server may take before the page asks instead
const KEYS_REST = 450; // ms after the last key until the cell runs

/**
 * Whether the reader can hold a signal: gates and the candidate, and a standard RNN's h.
 *
 * @param {Scene} scene
 * @param {Signal} signal
 */
export function canPull(scene, signal) {
  return scene.changed !== null && (signal.role !== "state" || scene.kind === "rnn");
}

/**
 * A handle over every layer of the drawing that can be pulled.
 *
 * @param {Stage} stage
 * @param {{ name: string, box: Box }[]} layers
 */
export function pullHandles(stage, layers) {
  const focused = stage.parts.drawing.querySelector(".pull:focus");
  const signals = layers.map(({ name, box }) => ({ signal: signalNamed(stage.scene, name), box }));
  const pullable = signals.filter(({ signal }) => canPull(stage.scene, signal));
  const handles = pullable.map(({ signal, box }) => handleOf(stage, signal, box));
  const again = focused instanceof HTMLElement ? focused.dataset.signal : null;
  return { handles, refocus: handles.find((handle) => handle.dataset.signal === again) };
}

/**
 * @param {Stage} stage
 * @param {Signal} signal
 * @param {Box} box
 */
function handleOf(stage, signal, { left, top, width, height }) {
  const low = leastOf(signal);
  const size = `width:${width}px;height:${height}px`;
  const handle = element("div", {
    class: "pull",
    role: "slider",
    tabindex: "0",
    "aria-orientation": "vertical",
    "aria-valuemin": low,
    "aria-valuemax": 1,
    "data-signal": signal.name,
    "data-part": signal.name, // a click or Enter opens its card
    title: say("pull", { title: signal.title, meaning: signal.meaning }),
    style: `left:${left}px;top:${top}px;${size};${colourOf(signal.name)}`,
  });
  /** @type {Pull} */
  const pull = { stage, signal, handle, from: null, value: null };
  handle.addEventListener("pointerdown", (event) => pressGate(pull, event));
  handle.addEventListener("pointermove", (event) => dragGate(pull, event));
  handle.addEventListener("pointerup", () => letGo(pull));
  handle.addEventListener("pointercancel", () => cancelPull(pull));
  handle.addEventListener("dblclick", () => releaseGate(pull, null));
  handle.addEventListener("keydown", (event) => pullByKey(pull, event));
  return handle;
}

/**
 * The least value at which a signal can be held.
 *
 * @param {Signal} signal
 */
function leastOf({ role }) {
  return role === "gate" ? 0 : -1;
}

/**
 * Say on the handles what the numbers of the timestep are, and which are held.
 *
 * @param {Stage} stage
 */
export function updateHandles(stage) {
  const { drawing } = stage.parts;
  for (const handle of /** @type {NodeListOf<HTMLElement>} */ (drawing.querySelectorAll(".pull"))) {
    const signal = signalNamed(stage.scene, handle.dataset.signal ?? "");
    const value = stage.numbers[signal.name] ?? 0;
    const { unit } = stage;
    const whose = unit === MEAN ? say("all_units_of") : say("unit", { unit });
    const held = isHeld(stage.scene, signal.name, timestepOf(stage), unit);
    handle.classList.toggle("held", held);
    const named = say(held ? "gate_of_held" : "gate_of", { title: signal.title, whose });
    handle.setAttribute("aria-label", named);
    handle.setAttribute("aria-valuenow", value.toFixed(3));
    handle.setAttribute("aria-valuetext", written(value));
  }
}

/**
 * The reader holds a gate of this timestep: time stands still.
 *
 * @param {Pull} pull
 */
function stopPlaying({ stage: { group } }) {
  if (group.playing) group.controls.play.click();
}

/**
 * @param {Pull} pull
 * @param {PointerEvent} event
 */
function pressGate(pull, event) {
  if (event.button !== 0) return;
  const { stage, signal, handle } = pull;
  const value = stage.numbers[signal.name];
  if (!Number.isFinite(value)) return;
  stopPlaying(pull);
  handle.setPointerCapture(event.pointerId);
  pull.from = { y: event.clientY, value };
}

/**
 * @param {Pull} pull
 * @param {PointerEvent} event
 */
function dragGate(pull, event) {
  if (!pull.from) return;
  const by = pull.from.y - event.clientY;
  if (pull.value === null && Math.abs(by) < STILL) return;
  const low = leastOf(pull.signal);
  moveGate(pull, pull.from.value + (by / REACH) * (1 - low));
}

/**
 * Show the gate at another value, and what this timestep makes of it.
 *
 * @param {Pull} pull
 * @param {number} value
 */
function moveGate(pull, value) {
  const { stage, signal, handle } = pull;
  const within = Math.min(1, Math.max(leastOf(signal), value));
  pull.value = Math.round(within * 1000) / 1000;
  handle.classList.add("pulled");
  const numbers = pulledNumbers(stage, signal.name, pull.value);
  writeNumbers(stage, numbers);
  handle.setAttribute("aria-valuenow", String(pull.value));
  handle.setAttribute("aria-valuetext", written(pull.value));
}

/**
 * @param {Pull} pull
 */
function letGo(pull) {
  pull.from = null;
  if (pull.value !== null) releaseGate(pull, pull.value);
}

/**
 * @param {Pull} pull
 */
function cancelPull(pull) {
  pull.from = null;
  pull.value = null;
  clearTimeout(pull.timer);
  pull.handle.classList.remove("pulled");
  writeNumbers(pull.stage, pull.stage.numbers);
}

/**
 * Have the drawing show these numbers.
 *
 * @param {Stage} stage
 * @param {TimestepNumbers} numbers
 */
function writeNumbers(stage, numbers) {
  const { scene, unit } = stage;
  const held = heldStates(scene, timestepOf(stage), unit);
  const terms = termsOf({ ...scene, unit, numbers, held });
  for (const update of stage.easel?.updates ?? []) update(numbers, terms);
}

/**
 * Arrows move the gate; the cell runs once they rest. Delete lets the gate go.
 *
 * @param {Pull} pull
 * @param {KeyboardEvent} event
 */
function pullByKey(pull, event) {
  const steps = {
    ArrowUp: KEY_STEP,
    ArrowDown: -KEY_STEP,
    PageUp: PAGE_STEP,
    PageDown: -PAGE_STEP,
  };
  const by = steps[/** @type {keyof typeof steps} */ (event.key)];
  if (by) {
    const from = pull.value ?? pull.stage.numbers[pull.signal.name];
    if (!Number.isFinite(from)) return;
    stopPlaying(pull);
    moveGate(pull, from + by);
    clearTimeout(pull.timer);
    pull.timer = setTimeout(() => letGo(pull), KEYS_REST);
  } else if (event.key === "Enter" && pull.value !== null) letGo(pull);
  else if (event.key === "Escape") cancelPull(pull);
  else if (event.key === "Delete" || event.key === "Backspace") releaseGate(pull, null);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/**
 * Have the cell run with the gate held at a value, or (null) as it would.
 *
 * @param {Pull} pull
 * @param {number | null} value
 */
function releaseGate(pull, value) {
  clearTimeout(pull.timer);
  pull.value = null;
  const t = timestepOf(pull.stage);
  sendPull(pull.stage, { signal: pull.signal.name, value, first: t, last: t });
}

/**
 * Show the run with what was pulled of the chosen unit, and tell Python: the page follows once the
 * run is painted, so that it is not in its way.
 *
 * @param {Stage} stage
 * @param {{ signal: string, value: number | null, first: number, last: number,
 *   unit?: number }} what
 */
export async function sendPull(stage, what) {
  const { group, unit, scene } = stage;
  const whatif = scene.changed?.spelled ?? "";
  const pull = { unit, t: what.first, whatif, ...what };
  const { id } = group;
  const scenes = scene.tiles[0].exact ? await askForRun(scene, pull) : null;
  if (!group.alive) return;
  if (scenes && group.id === id) {
    group.takeScenes(scenes);
    await painted();
  }
  tellUntold(group); // what else the reader changed comes first
  group.setStateValue("pull", { ...pull, moment: Date.now() });
}

/**
 * The scene of the run with a gate pulled, from the server itself; null where it has none, as in a
 * file that plays without one.
 *
 * @param {Scene} scene
 * @param {Record<string, string | number | null>} pull
 */
async function askForRun({ changed }, pull) {
  if (!serverAddress() || !changed) return null;
  const { base, language } = changed;
  const asked = { base, language, ...pull };
  const texts = Object.entries(asked).map(([name, value]) => [name, String(value ?? "")]);
  return fromServer("pulled-run", Object.fromEntries(texts), RUN_PATIENCE);
}

/** Wait until what was drawn is on the screen; of a page that is not in sight, no longer. */
function painted() {
  if (document.hidden) return Promise.resolve();
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

/**
 * The numbers of the timestep with one signal at another value; what depends on it beyond this
 * unit's own update is not known before the cell has run.
 *
 * @param {Stage} stage
 * @param {string} name
 * @param {number} value
 * @returns {TimestepNumbers}
 */
function pulledNumbers(stage, name, value) {
  const { scene, numbers, unit } = stage;
  const n = pulledUpdate(stage, name, value);
  for (const held of heldStates(scene, timestepOf(stage), unit)) n[held] = numbers[held];
  return n;
}

/**
 * The same, as if no state were held.
 *
 * @param {Stage} stage
 * @param {string} name
 * @param {number} value
 * @returns {TimestepNumbers}
 */
function pulledUpdate({ scene, numbers, unit }, name, value) {
  const n = { ...numbers, [name]: value };
  if (unit === MEAN || scene.kind === "rnn") return n;
  if (scene.kind === "gru") {
    if (name === "reset_gate") n.candidate = NaN;
    n.rest = 1 - n.update_gate;
    n.retained = n.update_gate * n.carried;
    n.written = n.rest * n.candidate;
    n.hidden_state = n.retained + n.written;
    return n;
  }
  if (name === "input_gate" && scene.cell.forget === "coupled") n.forget_gate = 1 - value;
  n.retained = n.forget_gate * n.carried;
  n.written = n.input_gate * n.candidate;
  n.cell_state = n.retained + n.written;
  if (name !== "output_gate") n.squashed = NaN;
  n.shown = n.output_gate * n.squashed;
  n.hidden_state = scene.cell.projection ? NaN : n.shown;
  return n;
}
