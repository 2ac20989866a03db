// The component: mounts once per place on the page, takes in scenes and settings, draws. What it
// mounts is always a group; a stage alone is a group of one, in full instead of compact form.

import { readDocument } from "../../shared/js/container.js";
import { listenToKeys } from "./keys.js";
import { meeting } from "../../shared/js/meeting.js";
import { takeMembers } from "./members.js";
import { redraw, resized, themeChanged } from "./redraw.js";
import { readMembers } from "./scene.js";
import { buildShell } from "./shell.js";
import { buildTransport } from "./transport.js";

const mounted = new WeakMap(); // place on the page -> its group of stages
let generations = 0;

/** Streamlit calls this at mount and whenever data or theme changed, without cleaning up before. */
export default function gatescopeStage({ data, key, parentElement, setStateValue }) {
  const { id, members, settings } = readDocument(data);
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
