// What the courier brings: settings that Python wants otherwise, details of a long run.

import { readContainer } from "../../shared/js/container.js";
import { paintBoard } from "./board.js";
import { showChoices } from "./controls.js";
import { BATCH, retryLater } from "./details.js";
import { applySetting, checkUnits, settingOf, timestepsOf } from "./group.js";
import { meeting } from "../../shared/js/meeting.js";
import { reportedOf } from "./reports.js";
import { addDetails } from "./scene.js";
import { show } from "./showing.js";
import { viewAround } from "./view.js";

const SETTING = 1000; // ms that a new stage waits for the courier

/**
 * Every setting has its default at first. But Streamlit may mount a stage anew at any time
 * (something came or went above it). Python sends only what differs from the last report, so a
 * stage that was there before goes on from there.
 */
export function begin(group) {
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
export function hideUntilSet(group) {
  group.parts.root.style.visibility = "hidden";
  group.hiding = setTimeout(() => unhide(group), SETTING);
}

function unhide(group) {
  clearTimeout(group.hiding);
  group.parts.root.style.visibility = "";
}

/** What the courier brought: settings that Python wants otherwise, details of a long run. */
export function takeParcel(group, parcel) {
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
export function applyParcel(group, parcel) {
  const contents = readContainer(parcel.data);
  const { document, array } = contents;
  group.ask = parcel.ask;
  let moved = false;
  for (const [name, wish] of Object.entries(document.wanted)) {
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
  if (document.id !== group.id) return moved;
  const details = document.members?.map((name) => readContainer(array(name))) ?? [contents];
  const news = group.members.map((stage, k) => takeDetails(stage.scene, details[k]));
  return moved || news.includes(true);
}

/** Take in what was cut for a scene, unless it is here already. */
function takeDetails(scene, details) {
  const tiles = details?.document.tiles ?? [];
  const known = tiles[0]?.start === scene.tiles[1]?.start;
  if (!tiles.length || (known && tiles.length === 1)) return false;
  addDetails(scene, details);
  return true;
}
