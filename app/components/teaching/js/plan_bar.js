// Where in a lesson plan this tab is, and the way on and back: by buttons, keys or a clicker.

import { button, element } from "../../shared/js/elements.js";
import { meeting } from "../../shared/js/meeting.js";
import { goToScreen, heldPlan, holdPlan } from "./plan.js";

/** @type {AbortController | null} */
let listening = null;

/**
 * Show it in a place, where a plan is played; return what stops that.
 *
 * @param {HTMLElement} root
 * @param {Record<string, string>} words
 */
export function showPlanBar(root, words) {
  listening?.abort();
  const stop = new AbortController();
  listening = stop;
  const { screens, at } = heldPlan();
  root.hidden = !screens[at];
  root.replaceChildren();
  if (!screens[at]) return () => stop.abort();
  const shown = element("span", {}, placeOf(words, screens[at].title, at, screens.length));
  const back = button("back", words.back, [words.back], () => step(-1));
  const next = button("next", words.next, [words.next], () => step(1));
  const end = button("end", words.end, [words.end], () => {
    holdPlan({ screens, at: -1 });
    stop.abort();
    root.hidden = true;
  });
  back.disabled = at === 0;
  next.disabled = at === screens.length - 1;
  root.append(
    element("nav", { "aria-label": words.region, title: words.keys }, back, shown, next, end),
  );
  window.addEventListener("keydown", takeKey, { capture: true, signal: stop.signal });
  return () => stop.abort();
}

/**
 * @param {Record<string, string>} words
 * @param {string} title
 * @param {number} at
 * @param {number} count
 */
function placeOf(words, title, at, count) {
  const place = words.place.replace("{k}", String(at + 1)).replace("{n}", String(count));
  return place.replace("{title}", title);
}

/** @param {1 | -1} by */
function step(by) {
  const plan = heldPlan();
  return goToScreen(plan, plan.at + by);
}

/**
 * Shift with Page up or down; without it where the sequence that is presented has ended.
 *
 * @param {KeyboardEvent} event
 */
function takeKey(event) {
  const by = event.key === "PageDown" ? 1 : event.key === "PageUp" ? -1 : 0;
  if (!by || !(event.shiftKey || presentedIsOver(by))) return;
  if (!step(by)) return;
  event.preventDefault();
  event.stopPropagation();
}

/**
 * Whether a stage stands alone, at the end to which this key leads.
 *
 * @param {1 | -1} by
 */
function presentedIsOver(by) {
  if (!document.querySelector("[data-presented]")) return false;
  const places = [...meeting.stages.values()].map((stage) => stage.place());
  return places.some(({ t, last }) => t === (by > 0 ? last : 0));
}
