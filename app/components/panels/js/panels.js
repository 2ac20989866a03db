// A panel below the stage that follows it in the browser: painted with the stage while it is in
// sight, and out of sight once the stage rests.

import { readContainer } from "../../shared/js/container.js";
import { meeting } from "../../shared/js/meeting.js";
import { pageTheme } from "../../shared/js/theme.js";
import { leader } from "../../stage/js/group.js";
import { KINDS } from "./kinds.js";

/** @import { Mounting } from "../../shared/js/types.d.ts" */
/** @import { Group } from "../../stage/js/types.d.ts" */
/** @import { Panel } from "./types.d.ts" */

const REST = 250; // ms after the stage's last change until a panel out of sight follows it

const IDLE = { generation: 0, follow: () => {}, stop: () => {} };

/** @type {WeakMap<Node, Panel>} */
const mounted = new WeakMap(); // place on the page -> its panel

/**
 * Streamlit calls this at mount and whenever data or theme changed.
 *
 * @param {Mounting<Uint8Array>} mounting
 */
export default function gatescopePanel({ data, parentElement }) {
  const contents = readContainer(data);
  const { id, kind, stage } = contents.document;
  const panel = mounted.get(parentElement) ?? openPanel(parentElement);
  mounted.set(parentElement, panel);
  if (panel.id !== id) Object.assign(panel, { id, draw: KINDS[kind](contents) });
  followStage(panel, stage);
  paintPanel(panel);
  panel.generation += 1;
  const { generation } = panel;
  return () => {
    if (panel.generation !== generation) return; // it was shown anew since
    mounted.delete(parentElement);
    panel.stop();
  };
}

/**
 * A panel with nothing in it yet.
 *
 * @param {HTMLElement | ShadowRoot} parentElement
 * @returns {Panel}
 */
function openPanel(parentElement) {
  const root = /** @type {HTMLElement} */ (parentElement.querySelector(".gatescope"));
  const observer = new IntersectionObserver((entries) => {
    panel.inSight = entries.some((entry) => entry.isIntersecting);
    if (panel.inSight) paintPanel(panel);
  });
  observer.observe(root);
  /** @type {Panel} */
  const panel = { id: "", stage: "", root, draw: () => null, inSight: false, ...IDLE };
  const paint = () => {
    clearTimeout(panel.timer);
    if (panel.inSight) paintPanel(panel);
    else panel.timer = setTimeout(() => paintPanel(panel), REST);
  };
  panel.follow = paint;
  panel.stop = () => {
    observer.disconnect();
    clearTimeout(panel.timer);
    meeting.watchers.get(panel.stage)?.delete(paint);
  };
  return panel;
}

/**
 * Have a panel be painted whenever the stage of this key shows something else.
 *
 * @param {Panel} panel
 * @param {string} key
 */
function followStage(panel, key) {
  meeting.watchers.get(panel.stage)?.delete(panel.follow);
  const watchers = meeting.watchers.get(key) ?? new Set();
  meeting.watchers.set(key, watchers.add(panel.follow));
  panel.stage = key;
}

/**
 * Show what the panel says of where its stage stands; what it cannot say yet leaves it as it is,
 * and so does what stands there already.
 *
 * @param {Panel} panel
 */
function paintPanel({ root, stage: key, draw }) {
  const group = /** @type {Group | undefined} */ (meeting.stages.get(key)?.group);
  if (!group?.alive || !group.members.length) return;
  const nodes = draw(leader(group), pageTheme(root).mode);
  const [first] = nodes ?? [];
  if (nodes && (nodes.length > 1 || first !== root.firstChild)) root.replaceChildren(...nodes);
}
