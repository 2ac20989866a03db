// The scenes of a group: taken in, kept where they are, described in words.

import { setText } from "../../shared/js/elements.js";
import { buildBoard } from "./board.js";
import { fitTransport } from "./controls.js";
import { listenToBoard } from "./gestures.js";
import { checkUnits, joinGroup, leader, timestepsOf } from "./group.js";
import { meeting } from "../../shared/js/meeting.js";
import { applyParcel, begin, hideUntilSet, takeParcel } from "./parcels.js";
import { pause } from "./player.js";
import { redraw } from "./redraw.js";
import { buildParts, composeGroup, composeMember, composeStage } from "./shell.js";
import { buildUnitChoice } from "./transport.js";

/** New scenes: units and settings stay, the timestep is clamped. */
export function takeMembers(group, id, described) {
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

/** The key under which Python knows this group: Streamlit writes it into the element's class. */
function groupName(group) {
  const name = [...(group.place.classList ?? [])].find((c) => c.startsWith("st-key-"));
  return name ? name.slice("st-key-".length) : "stage";
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
