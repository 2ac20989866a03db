// What the courier brings: settings that Python wants otherwise, details of a long run.

import { bytesOf, readContainer } from "../../shared/js/container.js";
import { meeting } from "../../shared/js/meeting.js";
import { paintBoard, refoldBoards } from "./board.js";
import { takeBrush } from "./brush.js";
import { showChoices } from "./controls.js";
import { BATCH, retryLater } from "./details.js";
import { applySetting, checkUnits, clampTime, settingOf, timestepsOf } from "./group.js";
import { hasSignal } from "./lookup.js";
import { isMisfit } from "./present.js";
import { redraw } from "./redraw.js";
import { reportedOf } from "./reports.js";
import { addDetails } from "./scene.js";
import { show } from "./showing.js";
import { viewAround } from "./view.js";

/** @import { Contents, Parcel } from "../../shared/js/types.d.ts" */
/** @import { Bars, Group, Scene, Tile } from "./types.d.ts" */

const SETTING = 5000; // ms that a new stage waits for the courier

/**
 * Every setting has its default at first. But Streamlit may mount a stage anew at any time
 * (something came or went above it). Python sends only what differs from the last report, so a
 * stage that was there before goes on from there.
 *
 * @param {Group} group
 */
export function begin(group) {
  for (const [name, value] of Object.entries(group.defaults)) applySetting(group, name, value);
  const last = meeting.reported.get(group.key);
  const untold = meeting.untold.get(group.key);
  group.applied = untold?.applied ?? last?.applied ?? {};
  for (const name of reportedOf(group)) {
    if (!last || !(name in last.news)) continue;
    applySetting(group, name, last.news[name]);
    group.known[name] = JSON.stringify(last.news[name]);
  }
  for (const [name, value] of Object.entries(untold?.settings ?? {}))
    applySetting(group, name, value);
}

/**
 * Until the courier tells where it begins a stage is not seen, so that it doesn't jump there.
 *
 * @param {Group} group
 */
export function hideUntilSet(group) {
  group.parts.root.style.visibility = "hidden";
  group.hiding = setTimeout(() => unhide(group), SETTING);
}

/**
 * Show the stage.
 *
 * @param {Group} group
 */
function unhide(group) {
  clearTimeout(group.hiding);
  group.parts.root.style.visibility = "";
}

/**
 * What the courier brought: settings that Python wants otherwise, details of a long run.
 *
 * @param {Group} group
 * @param {Parcel} parcel
 */
export function takeParcel(group, parcel) {
  if (!group.alive || !group.members.length) return;
  const { t } = group.settings;
  if (applyParcel(group, parcel)) showNews(group, t);
  unhide(group);
  retryLater(group, BATCH); // the first parcel may come after the stage had nobody to ask
}

/**
 * What the server itself cut of a long run: details alone.
 *
 * @param {Group} group
 * @param {Uint8Array} bytes
 */
export function takeCut(group, bytes) {
  const contents = readContainer(bytes);
  if (contents.document.id !== group.id) return;
  if (takeAllDetails(group, contents).includes(true)) showNews(group, group.settings.t);
}

/**
 * Show what came; while playing at the next pause, not between two frames.
 *
 * @param {Group} group
 * @param {number} before - the timestep until it came
 */
function showNews(group, before) {
  if (group.playing) group.stale = true;
  else showMoved(group, before);
}

/**
 * Show details, and settings that Python changed: a timestep to which it led comes in sight, one
 * that the reader has left does not.
 *
 * @param {Group} group
 * @param {number} before
 */
function showMoved(group, before) {
  const slow = Boolean(group.settings.slow);
  if (slow !== (group.phase !== null)) group.phase = slow ? 0 : null;
  clampTime(group);
  const { t } = group.settings;
  if (t !== before) group.view = viewAround(group.view, t, timestepsOf(group));
  if (refoldBoards(group) || isMisfit(group)) {
    redraw(group);
    return;
  }
  group.members.forEach(paintBoard);
  showChoices(group);
  show(group);
}

/**
 * Apply each wanted setting once; a rerun that wants the same again changes nothing.
 *
 * @param {Group} group
 * @param {Parcel} parcel
 */
export function applyParcel(group, parcel) {
  const contents = readContainer(parcel.data);
  const { document } = contents;
  group.ask = parcel.ask;
  group.followed = Boolean(document.followed);
  takeBrush(group, document.brush);
  const wishes = Object.entries(document.wanted);
  const gone = Object.keys(group.applied).filter((name) => !(name in document.wanted));
  const undone = gone.map((name) => takeBack(group, name));
  const granted = wishes.map(([name, wish]) => grant(group, name, wish));
  checkUnits(group);
  const news = document.id === group.id ? takeAllDetails(group, contents) : [];
  return [...undone, ...granted, ...news].includes(true);
}

/**
 * A granted wish that Python has no more: it wants again what the reader had reported. Whether that
 * changed anything; where the reader has reported something else since, it does not.
 *
 * @param {Group} group
 * @param {string} name
 */
function takeBack(group, name) {
  const [, before] = JSON.parse(group.applied[name]);
  delete group.applied[name];
  const value = JSON.stringify(before);
  const last = JSON.stringify(meeting.reported.get(group.key)?.news[name]);
  if (last !== value || JSON.stringify(settingOf(group, name)) === value) return false;
  group.known[name] = value;
  forgetUntold(group, name);
  applySetting(group, name, before);
  return true;
}

/**
 * Grant a wish, [value, what was reported], unless that was done; whether it changed anything.
 *
 * @param {Group} group
 * @param {string} name
 * @param {any[]} wish
 */
function grant(group, name, wish) {
  const text = JSON.stringify(wish);
  if (group.applied[name] === text) return false;
  const value = JSON.stringify(wish[0]);
  group.applied[name] = text;
  group.known[name] = value;
  forgetUntold(group, name);
  if (JSON.stringify(settingOf(group, name)) === value) return false;
  applySetting(group, name, wish[0]);
  return true;
}

/**
 * What Python has set itself need not be told.
 *
 * @param {Group} group
 * @param {string} name
 */
function forgetUntold(group, name) {
  const untold = meeting.untold.get(group.key);
  if (!untold) return;
  delete untold.settings[name];
  if (!Object.keys(untold.settings).length) meeting.untold.delete(group.key);
}

/**
 * Take in what was cut for each stage; whether there was anything new.
 *
 * @param {Group} group
 * @param {Contents<any>} contents
 */
function takeAllDetails(group, contents) {
  const { members } = contents.document;
  const opened = members?.map((/** @type {string} */ name) =>
    readContainer(bytesOf(contents, name)),
  );
  const details = opened ?? [contents];
  return group.members.map((stage, k) => takeDetails(stage.scene, details[k]));
}

/**
 * Take in what was cut for a scene, unless it is here already.
 *
 * @param {Scene} scene
 * @param {Contents<any> | undefined} details
 */
function takeDetails(scene, details) {
  const tiles = details?.document.tiles ?? [];
  const known =
    tiles.every((/** @type {any} */ tile) => isHere(scene, tile)) &&
    areHere(scene, details?.document.bars);
  if (!details || known) return false;
  addDetails(scene, details);
  return true;
}

/**
 * Whether the same bars came before; where none came, there is nothing to take in.
 *
 * @param {Scene} scene
 * @param {Bars | undefined} bars
 */
function areHere({ bars: here }, bars) {
  const alike = (/** @type {keyof Bars} */ name) => here?.[name] === bars?.[name];
  return (
    !bars ||
    ["t", "unit", "start", "stop", "factor"].every((name) =>
      alike(/** @type {keyof Bars} */ (name)),
    )
  );
}

/**
 * Whether the same timesteps came before, as fine, with the same signals.
 *
 * @param {Scene} scene
 * @param {Pick<Tile, "start" | "stop" | "factor"> & { exact?: object, coarse?: object }} tile
 */
function isHere(scene, { start, stop, factor, exact, coarse }) {
  const signals = Object.keys(coarse ?? {});
  return scene.tiles.some(
    (tile) =>
      tile.start === start &&
      tile.stop === stop &&
      tile.factor === factor &&
      Boolean(tile.exact) === Boolean(exact) &&
      signals.every((name) => hasSignal(tile, name)),
  );
}
