// Where this tab is, and how it is brought elsewhere.

import { meeting } from "../../shared/js/meeting.js";
import { followedQuery } from "./look.js";

/** @import { Look, Place } from "./look.js" */

/** The address of the app. */
export function home() {
  const known = /** @type {any} */ (window).__streamlit?.BACKEND_BASE_URL;
  return new URL(known ?? "/", window.location.origin);
}

/** The stage whose settings the address spells; undefined where there is none. */
export function guideNow() {
  const guides = [...meeting.stages.values()].map((stage) => stage.guide);
  return guides.find((guide) => guide?.where());
}

/**
 * Where this tab is.
 *
 * @returns {Place}
 */
export function placeNow() {
  const page = window.location.pathname.slice(home().pathname.length);
  const guide = meeting.spell ? guideNow() : undefined;
  return { page, query: window.location.search, settings: guide?.where() ?? null };
}

/**
 * Open the screen of a teacher: within a page that can return to an address as through the history,
 * without a new entry; another page anew. It is always one of this server's.
 *
 * @param {Look} theirs
 * @param {Place} mine
 */
export function openScreen(theirs, { query, settings }) {
  const target = home();
  target.pathname += encodeURIComponent(theirs.page);
  target.search = followedQuery(theirs, query);
  if (settings && target.pathname === window.location.pathname) {
    window.history.replaceState(window.history.state, "", target);
    window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state }));
  } else window.location.assign(target);
}
