// A report that Python hears after the reader has left its page would run a part of that page once
// more, and Streamlit would then take everything of the new page off the screen. So a component
// reports through here: from the moment the reader leaves, its page reports nothing.

import { meeting } from "./meeting.js";

/** @import { Mounting } from "./types.d.ts" */

/** @typedef {Mounting<unknown>["setStateValue"]} Report */

const ON_ITS_WAY = 100; // ms in which Streamlit may not have sent a report yet: a link waits for it
const LEAVING_PATIENCE = 10_000; // ms after which the way to another page came to nothing

/**
 * What a component reports with, silent once the reader has left the page of now.
 *
 * @param {Report} setStateValue
 * @returns {Report}
 */
export function whileHere(setStateValue) {
  if (!meeting.leaving) watchForLeaving();
  const mounted = performance.now();
  meeting.leaving.path = window.location.pathname;
  return (name, value) => {
    const { at } = meeting.leaving;
    const left = at > mounted && performance.now() - at < LEAVING_PATIENCE;
    if (left) return;
    meeting.leaving.reported = performance.now();
    setStateValue(name, value);
  };
}

/** Notice when the reader follows a link to another page, or goes back to one. */
function watchForLeaving() {
  const never = Number.NEGATIVE_INFINITY;
  meeting.leaving = { at: never, reported: never, path: window.location.pathname };
  window.addEventListener("click", followLink, { capture: true });
  window.addEventListener("popstate", () => leaveFor(window.location.pathname), { capture: true });
}

/**
 * Leave for the page of a link that was pressed, unless it opens elsewhere.
 *
 * @param {MouseEvent} event
 */
function followLink(event) {
  const { target, button, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (button || altKey || ctrlKey || metaKey || shiftKey || !(target instanceof Element)) return;
  const link = target.closest("a[href]");
  if (!(link instanceof HTMLAnchorElement) || link.target || link.download) return;
  if (link.origin !== window.location.origin) return;
  const wait = ON_ITS_WAY - (performance.now() - meeting.leaving.reported);
  if (event.isTrusted && wait > 0) {
    event.preventDefault();
    event.stopImmediatePropagation();
    setTimeout(() => link.click(), wait);
  } else leaveFor(link.pathname);
}

/**
 * Note that the reader goes to a page, if it is another one.
 *
 * @param {string} path
 */
function leaveFor(path) {
  const { leaving } = meeting;
  if (path === leaving.path) leaving.at = Number.NEGATIVE_INFINITY;
  else leaving.at = performance.now();
}
