// The first screen, drawn before Streamlit has come. The document holds all that it needs; once
// Streamlit's page stands, invisible behind it, the stage moves there as it is, and the first
// screen goes.

import { readDocument } from "../../shared/js/container.js";
import { embeddedBytes } from "../../shared/js/embedded.js";
import { meeting } from "../../shared/js/meeting.js";
import { keyedPlace } from "../../shared/js/place.js";
import { handOver, playScene, redrawShown } from "../../stage/js/host.js";
import { mountStage } from "../../stage/js/mount.js";

/** @import { Mounting } from "../../shared/js/types.d.ts" */

/**
 * @typedef {object} FirstSight
 * @property {HTMLElement} screen
 * @property {HTMLElement} place - where the stage plays until Streamlit's place stands
 * @property {string} scene - the id of what it plays
 * @property {unknown} pulled - the gate that was pulled last, for Python to hear
 * @property {boolean} pressed - whether the reader holds something
 * @property {Mounting<Uint8Array> | null} offered - Streamlit's place, while it is not taken
 * @property {number} since - when the first one was offered
 * @property {number} top - where on the screen it stood a frame ago
 * @property {Mounting<Uint8Array>["parentElement"] | null} taken - the place that was taken
 * @property {() => void} leave - take the stage away from where it plays
 */

const LOADING_PATIENCE = 3000; // ms after which what is still on its way is not waited for
const NO_STAGE = 1000; // ms that the page must stand without a stage until it is shown as it is

/**
 * Play what the document holds, and wait for Streamlit.
 *
 * @param {HTMLElement} screen
 */
function drawFirst(screen) {
  const place = /** @type {HTMLElement} */ (screen.querySelector("[class*='st-key-']"));
  const scene = embeddedBytes("first-scene");
  /** @type {FirstSight} */
  const first = {
    screen,
    place,
    scene: readDocument(scene).id,
    pulled: null,
    pressed: false,
    offered: null,
    since: Infinity,
    top: NaN,
    taken: null,
    leave: () => {},
  };
  const pull = (/** @type {unknown} */ pulled) => {
    first.pulled = pulled;
  };
  first.leave = playScene(place, scene, {}, { parcel: embeddedBytes("first-parcel"), pull });
  screen.classList.add("plays"); // without it the page's style shows what is behind, after a while
  meeting.takeEarly = (mounting) => takeMounting(first, mounting);
  const stop = listenToScreen(first);
  requestAnimationFrame(() => watch(first, stop));
}

/**
 * Follow the reader's pointer and the colours of the system; return what follows them no more.
 *
 * @param {FirstSight} first
 */
function listenToScreen(first) {
  const stop = new AbortController();
  const options = { capture: true, signal: stop.signal };
  const press = (/** @type {PointerEvent} */ { buttons }) => {
    first.pressed = buttons !== 0;
  };
  window.addEventListener("pointerdown", press, options);
  window.addEventListener("pointermove", press, options); // one that was let go outside comes so
  window.addEventListener("pointerup", press, options);
  window.addEventListener("pointercancel", press, options);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", redrawShown, options);
  return () => stop.abort();
}

/**
 * What Streamlit mounts: the stage's own place is kept in mind until it stands, and later mounted
 * here, by the script that drew the stage. Null where it is none of ours.
 *
 * @param {FirstSight} first
 * @param {Mounting<Uint8Array>} mounting
 */
function takeMounting(first, mounting) {
  const { parentElement } = mounting;
  if (first.taken === parentElement) return mountStage(mounting);
  if (first.taken || !keyedPlace(parentElement).classList.contains(classOf(first))) return null;
  first.offered = mounting;
  first.since = Math.min(first.since, performance.now());
  return () => {
    if (first.taken === parentElement) first.leave();
    else if (first.offered === mounting) first.offered = null;
  };
}

/**
 * The class of Streamlit's place: it says the key.
 *
 * @param {FirstSight} first
 */
function classOf({ screen }) {
  return `st-key-${screen.dataset.key}`;
}

/**
 * Look in every frame whether the stage can move, or whether there will be no place for it.
 *
 * @param {FirstSight} first
 * @param {() => void} stop
 */
function watch(first, stop) {
  const { offered } = first;
  if (offered && isSettled(first, offered)) {
    stop();
    moveToPage(first, offered);
    return;
  }
  if (!offered && standsWithoutStage(first)) {
    stop();
    giveUp(first);
    return;
  }
  requestAnimationFrame(() => watch(first, stop));
}

/**
 * Whether Streamlit's page stands down to its stage, and the reader holds nothing.
 *
 * @param {FirstSight} first
 * @param {Mounting<Uint8Array>} offered
 */
function isSettled(first, { parentElement }) {
  const streamlits = keyedPlace(parentElement);
  const { top } = streamlits.getBoundingClientRect();
  const still = streamlits.isConnected && top === first.top;
  first.top = top;
  const late = performance.now() - first.since > LOADING_PATIENCE;
  const waits = !late && isLoadingAbove(streamlits);
  const asked = first.place.shadowRoot?.querySelector("dialog:modal"); // over the whole screen
  return still && !waits && !asked && !first.pressed;
}

/**
 * Whether something that stands before a place is still on its way.
 *
 * @param {Element} place
 */
function isLoadingAbove(place) {
  const loading = document.querySelectorAll('#root [data-testid="stSkeleton"]');
  return [...loading].some(
    (one) => one.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
}

/**
 * Whether the script has run to its end and shows no stage, for a while.
 *
 * @param {FirstSight} first
 */
function standsWithoutStage(first) {
  const ended = document.querySelector('#root [data-test-script-state="notRunning"]');
  if (!ended || document.querySelector(`#root .${classOf(first)}`)) first.since = Infinity;
  else first.since = Math.min(first.since, performance.now());
  return performance.now() - first.since > NO_STAGE;
}

/**
 * Move the stage into Streamlit's page, and show that.
 *
 * @param {FirstSight} first
 * @param {Mounting<Uint8Array>} mounting
 */
function moveToPage(first, mounting) {
  const { screen, place } = first;
  const { scrollTop } = screen;
  first.taken = mounting.parentElement;
  screen.classList.add("left"); // the page behind it is seen: what is not cannot have the focus
  try {
    first.leave = handOver(place, mounting);
  } finally {
    screen.remove();
  }
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, scrollTop);
  if (readDocument(mounting.data).id !== first.scene) mountStage(mounting);
  if (first.pulled) mounting.setStateValue("pull", first.pulled);
}

/**
 * Show Streamlit's page as it is: it has no place for the stage.
 *
 * @param {FirstSight} first
 */
function giveUp({ screen, leave }) {
  delete meeting.takeEarly;
  leave();
  screen.remove();
}

const firstScreen = document.getElementById("first-sight");
if (firstScreen) drawFirst(firstScreen);
