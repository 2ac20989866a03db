// Mounts once per place on a page, takes in scenes and settings, draws. What it mounts is always a
// group; a stage alone is a group of one, in full instead of compact form.

import { readDocument } from "../../shared/js/container.js";
import { whileHere } from "../../shared/js/leaving.js";
import { meeting } from "../../shared/js/meeting.js";
import { keyedPlace } from "../../shared/js/place.js";
import { speakWith } from "../../shared/js/words.js";
import { listenToCards } from "./cards/card.js";
import { listenToLinks } from "./cards/links.js";
import { listenToKeys } from "./keys.js";
import { standAt, takeMembers } from "./members.js";
import { takeCut } from "./parcels.js";
import { present } from "./player.js";
import { redraw, resized, themeChanged } from "./redraw.js";
import { changed, tellBeforeOthers } from "./reports.js";
import { readMembers } from "./scene.js";
import { buildShell, nameShell } from "./shell.js";
import { buildTransport, buildUnitChoice } from "./transport.js";

/** @import { Mounting } from "../../shared/js/types.d.ts" */
/** @import { Group, Settings } from "./types.d.ts" */

/** @type {WeakMap<Node, Group>} */
const mounted = new WeakMap(); // place on the page -> its group of stages
let generations = 0;

/**
 * Show what `data` holds at its place: a new scene, or the same one in the page's colours of now.
 * Return what takes it away again, unless it was shown anew since.
 *
 * @param {Mounting<Uint8Array>} mounting
 */
export function mountStage({ data, parentElement, setStateValue }) {
  const { id, members, settings, words, one_unit: oneUnit } = readDocument(data);
  const other = speakWith(words);
  const compact = Boolean(members);
  const before = mounted.get(parentElement);
  const fits = before?.alive && before.compact === compact;
  if (before?.alive && !fits) unmountGroup(before, parentElement);
  const group = fits ? before : mountGroup(parentElement, compact, settings);
  if (other && fits) renameControls(group);
  mounted.set(parentElement, group);
  group.setStateValue = whileHere(setStateValue);
  generations += 1;
  const generation = generations;
  group.generation = generation;
  group.oneUnit = Boolean(oneUnit);
  if (id !== group.id) takeMembers(group, id, readMembers(data));
  else if (themeChanged(group)) redraw(group);
  return () => {
    if (group.generation === generation) unmountGroup(group, parentElement);
  };
}

/**
 * Have what is mounted at one place go on at another, as it is: where the reader is, what plays,
 * what has the focus. What the reader did meanwhile is reported there. Return what takes it away.
 *
 * @param {HTMLElement | ShadowRoot} from
 * @param {Mounting<Uint8Array>} mounting
 */
export function moveStage(from, { parentElement, setStateValue }) {
  const group = /** @type {Group} */ (mounted.get(from));
  mounted.delete(from);
  mounted.set(parentElement, group);
  group.setStateValue = whileHere(setStateValue);
  moveInto(holderIn(parentElement), group.parts.root);
  standAt(group, keyedPlace(parentElement));
  if (themeChanged(group)) redraw(group);
  else resized(group);
  changed(group);
  const { generation } = group;
  return () => {
    if (group.generation === generation) unmountGroup(group, parentElement);
  };
}

/**
 * Where in a place a card stands.
 *
 * @param {HTMLElement | ShadowRoot} parentElement
 */
function holderIn(parentElement) {
  return parentElement.querySelector(".gatescope") ?? parentElement;
}

/**
 * Move an element, with the focus that is in it.
 *
 * @param {any} holder - newer browsers move without taking away: then nobody hears of a focus
 * @param {HTMLElement} root
 */
function moveInto(holder, root) {
  const focused = /** @type {ShadowRoot | Document} */ (root.getRootNode()).activeElement;
  if (holder.moveBefore) {
    holder.moveBefore(root, null);
    layOutAnew(root);
  } else holder.append(root);
  if (focused instanceof HTMLElement && root.contains(focused) && !focused.matches(":focus"))
    focused.focus({ preventScroll: true });
}

/**
 * Have a moved element laid out from the beginning: Chromium leaves out its ::before and ::after.
 *
 * @param {HTMLElement} root
 */
function layOutAnew(root) {
  root.style.display = "none";
  root.getBoundingClientRect();
  root.style.display = "";
}

/**
 * A group with nothing to show yet. `defaults` are the settings that Python knows, each with the
 * value that it has at first.
 *
 * @param {HTMLElement | ShadowRoot} parentElement
 * @param {boolean} compact
 * @param {Record<string, unknown>} defaults
 */
function mountGroup(parentElement, compact, defaults) {
  const parts = buildShell(compact);
  nameShell(parts, compact);
  holderIn(parentElement).replaceChildren(parts.root);
  const blank = {
    parts,
    compact,
    oneUnit: false,
    place: keyedPlace(parentElement),
    key: "",
    members: [],
    id: null,
    alive: true,
    generation: 0,
    defaults,
    settings: /** @type {Settings} */ ({}), // until the first scenes come
    view: [0, 1],
    phase: null,
    playing: null,
    scrubbing: false,
    entered: false,
    clicked: null,
    known: {},
    applied: {},
    setStateValue: () => {},
    takeScenes: () => {},
    takeDetails: () => {},
    ask: null,
    asked: null,
    unserved: null,
    moved: -Infinity,
    told: -Infinity,
    theme: "",
    drawnWidth: 0,
    magnification: 1,
    stale: false,
    followed: false,
    painting: null,
    brush: null,
    spoken: 0,
  };
  const group = /** @type {Group} */ (/** @type {unknown} */ (blank));
  group.controls = buildTransport(group);
  group.takeScenes = (bytes) => takeMembers(group, readDocument(bytes).id, readMembers(bytes));
  group.takeDetails = (bytes) => takeCut(group, bytes);
  group.stop = listen(group);
  return group;
}

/**
 * Build anew, in another language, what was built before there was a scene.
 *
 * @param {Group} group
 */
function renameControls(group) {
  nameShell(group.parts, group.compact);
  group.controls = buildTransport(group);
  for (const stage of group.members) {
    const choice = buildUnitChoice(stage);
    stage.unitChoice.replaceWith(choice);
    stage.unitChoice = choice;
  }
}

/**
 * Follow keys, the card's width and the fonts; return what follows them no more.
 *
 * @param {Group} group
 */
function listen(group) {
  const stopKeys = listenToKeys(group);
  const stopLinks = listenToLinks(group);
  const stopTelling = tellBeforeOthers(group);
  listenToCards(group);
  const observer = new ResizeObserver(() => requestAnimationFrame(() => resized(group)));
  observer.observe(group.parts.root);
  const redrawShown = () => {
    if (group.alive && group.members.length) redraw(group);
  };
  document.fonts?.addEventListener("loadingdone", redrawShown);
  const fit = () => resized(group);
  window.addEventListener("resize", fit);
  const screenGiven = () => {
    if (!document.fullscreenElement) present(group, false);
  };
  document.addEventListener("fullscreenchange", screenGiven);
  return () => {
    stopKeys();
    stopLinks();
    stopTelling();
    observer.disconnect();
    document.fonts?.removeEventListener("loadingdone", redrawShown);
    window.removeEventListener("resize", fit);
    document.removeEventListener("fullscreenchange", screenGiven);
  };
}

/**
 * Forget a group that is no longer on the page.
 *
 * @param {Group} group
 * @param {HTMLElement | ShadowRoot} parentElement
 */
function unmountGroup(group, parentElement) {
  group.alive = false;
  group.playing = null;
  group.stop();
  group.place.removeAttribute("data-presented");
  for (const timer of [group.restTimer, group.retryTimer, group.hiding]) clearTimeout(timer);
  if (group.key && meeting.stages.get(group.key)?.group === group) meeting.stages.delete(group.key);
  mounted.delete(parentElement);
}
