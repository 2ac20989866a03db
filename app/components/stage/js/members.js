// The scenes of a group: taken in, kept where they are, described in words.

import { setText } from "../../shared/js/elements.js";
import { meeting } from "../../shared/js/meeting.js";
import { say } from "../../shared/js/words.js";
import { buildBoard } from "./board.js";
import { fitTransport } from "./controls.js";
import { onlyExact, wantDetails } from "./details.js";
import { listenToBoard } from "./gestures.js";
import { checkUnits, clampTime, leader, timestepsOf } from "./group.js";
import { guideOf } from "./guided.js";
import { MEAN } from "./lookup.js";
import { applyParcel, begin, hideUntilSet, takeParcel } from "./parcels.js";
import { pause } from "./player.js";
import { fitScreen } from "./present.js";
import { redraw } from "./redraw.js";
import { rest, tellUntold } from "./reports.js";
import { buildParts, composeGroup, composeMember, composeStage } from "./shell.js";
import { tellWatchers } from "./showing.js";
import { buildUnitChoice } from "./transport.js";

/** @import { Parcel, Receiver } from "../../shared/js/types.d.ts" */
/** @import { Group, Member, Parts, Scene, Stage } from "./types.d.ts" */

/**
 * New scenes: units and settings stay, the timestep is clamped.
 *
 * @param {Group} group
 * @param {string} id
 * @param {Member[]} described
 */
export function takeMembers(group, id, described) {
  const first = !group.members.length;
  const same = !first && isSameRun(leader(group).scene, described[0].scene);
  if (!first) pause(group);
  group.id = id;
  group.asked = null;
  group.key = groupName(group);
  fitMembers(group, described);
  if (first) begin(group);
  checkUnits(group);
  const receive = (/** @type {Parcel} */ parcel) => takeParcel(group, parcel);
  receive.group = group;
  receive.defaults = group.defaults;
  receive.place = () => ({ t: group.settings.t, last: timestepsOf(group) - 1 });
  receive.guide = guideOf(group);
  receive.tell = () => tellUntold(group);
  receive.followed = () => meeting.untold.has(group.key) && rest(group);
  meeting.stages.set(group.key, receive);
  const parcel = meeting.waiting.get(group.key);
  if (parcel) applyParcel(group, parcel);
  else if (first && !meeting.reported.has(group.key)) hideUntilSet(group);
  clampTime(group);
  for (const stage of group.members) {
    buildBoard(stage);
    writeNotes(stage);
  }
  fitTransport(group);
  writeFootnote(group);
  if (!same) group.view = [0, timestepsOf(group)];
  redraw(group, !same);
  if (same) wantDetails(group);
}

/**
 * Have a group meet its parcels under the key of another place. Of its settings Python knows those
 * that it wanted.
 *
 * @param {Group} group
 * @param {Element} place
 */
export function standAt(group, place) {
  const receive = /** @type {Receiver} */ (meeting.stages.get(group.key));
  meeting.stages.delete(group.key);
  meeting.reported.delete(group.key);
  meeting.untold.delete(group.key);
  group.place = place;
  group.key = groupName(group);
  meeting.stages.set(group.key, receive);
  place.setAttribute("data-drawn", "");
  fitScreen(group);
  const wishes = Object.entries(group.applied).map(([name, wish]) => [name, JSON.parse(wish)[0]]);
  group.known = Object.fromEntries(wishes.map(([name, value]) => [name, JSON.stringify(value)]));
  const parcel = meeting.waiting.get(group.key);
  if (parcel) receive(parcel);
  tellWatchers(group);
}

/**
 * Whether two scenes are one run, changed: then the reader stays where they are.
 *
 * @param {Scene} before
 * @param {Scene} after
 */
function isSameRun(before, after) {
  const [was, is] = [before.changed?.base, after.changed?.base];
  return was !== undefined && was === is && before.timesteps === after.timesteps;
}

/**
 * The key under which Python knows this group: Streamlit writes it into the element's class.
 *
 * @param {Group} group
 */
function groupName(group) {
  const name = [...group.place.classList].find((c) => c.startsWith("st-key-"));
  return name ? name.slice("st-key-".length) : "stage";
}

/**
 * As many stages as scenes; those that are there stay where they are, with their units.
 *
 * @param {Group} group
 * @param {Member[]} described
 */
function fitMembers(group, described) {
  const before = group.members.length;
  group.members = described.map((member, k) =>
    Object.assign(group.members[k] ?? addStage(group), member),
  );
  const roots = group.members.map((stage) => stage.parts.root);
  if (group.compact && before !== described.length) composeGroup(group.parts, roots);
}

/**
 * A stage of the group, with nothing to show yet: the rest comes with its scene.
 *
 * @param {Group} group
 */
function addStage(group) {
  /** @type {Parts} */
  const parts = { ...group.parts, ...buildParts() };
  const stage = /** @type {Stage} */ ({ group, parts, unit: MEAN, easel: null });
  stage.unitChoice = buildUnitChoice(stage);
  if (group.compact) {
    parts.root = composeMember(parts, stage.unitChoice);
  } else {
    composeStage(parts);
  }
  listenToBoard(stage);
  return stage;
}

/**
 * What is said in words above the pictures.
 *
 * @param {Stage} stage
 */
function writeNotes({ scene, parts, title }) {
  const direction = scene.reverse ? say("backwards") : "";
  const notes = [scene.note, direction].filter(Boolean);
  setText(parts.note, notes.join(" · "));
  parts.note.hidden = !notes.length;
  const heading = parts.root.querySelector(".title");
  if (!title || !heading) return;
  parts.root.setAttribute("aria-label", title);
  setText(heading, title);
}

/**
 * What is said in words below them.
 *
 * @param {Group} group
 */
function writeFootnote(group) {
  const { footnote } = group.parts;
  const { tiles, timesteps } = leader(group).scene;
  const { factor } = tiles[0];
  const exact = onlyExact(leader(group));
  const numbers = exact
    ? say("exact_alone", { first: exact[0], last: exact[1] })
    : say("all_exact");
  const slots = { timesteps: timesteps.toLocaleString("en"), factor, numbers };
  setText(footnote, factor > 1 ? say("pooled", slots) : "");
  footnote.hidden = factor === 1;
}
