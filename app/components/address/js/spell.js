// Makes the browser's address the spelling of the view.
//
// A step is no page: it replaces the entry in the browser's history. A choice (another network,
// another sequence) makes a new one, so that "back" undoes it. Streamlit passes on the address with
// which a page was opened, and would not notice a return to that one: so a move through the history
// within a page is reported from here.
//
// Where the process that served the page has ended, Streamlit connects to another one, and passes
// on the address with which the page was opened to a session that knows no more. The page is then
// opened anew, by the address that was written here last; see ../../connection/js/connection.js.

import { whileHere } from "../../shared/js/leaving.js";
import { meeting } from "../../shared/js/meeting.js";

/** @import { Mounting } from "../../shared/js/types.d.ts" */

/**
 * @typedef {object} Spelling
 * @property {string} query
 * @property {string} choice  what of the query makes an entry of its own
 * @property {string} session  which session at the server spells it
 * @property {string[]} always  settings that are spelled with their defaults, too
 * @property {number} answered  the moment of the last return that Python has heard of
 */

const CHOICE = "gatescopeChoice"; // in the state of an entry: what was chosen there

/** @type {{ path: string, report: (returned: object) => void } | null} */
let shown = null; // the page on which the address was last spelled
/** @type {string[]} */
let always = []; // of that page
let asked = 0; // the moment of the return that Python has to answer; 0: none
let listening = false;
let session = ""; // that spelled the address last

/**
 * Streamlit calls this at mount, and with every rerun.
 *
 * @param {Mounting<Spelling>} mounting
 */
export default function gatescopeSpell({ data, setStateValue }) {
  if (session && session !== data.session) {
    window.location.reload(); // see the head: the address still says what the reader looked at
    return () => {};
  }
  session = data.session;
  const tell = whileHere(setStateValue);
  const report = (/** @type {object} */ returned) => tell("returned", returned);
  const mine = { path: window.location.pathname, report };
  shown = mine;
  always = data.always;
  meeting.spell = spellSettings;
  if (!listening) window.addEventListener("popstate", takeReturn, { capture: true });
  listening = true;
  if (!asked || data.answered === asked) write(data);
  return () => {
    if (shown === mine) shown = null;
  };
}

/**
 * Write the address, in a new entry where something else was chosen.
 *
 * @param {Spelling} data
 */
function write({ query, choice }) {
  const target = new URL(window.location.href);
  target.search = withUntold(query);
  const { state } = window.history;
  const before = state?.[CHOICE];
  const isNew = !asked && before !== undefined && before !== choice;
  asked = 0;
  if (isNew) window.history.pushState({ [CHOICE]: choice }, "", target.href);
  else if (target.href !== window.location.href || before !== choice)
    window.history.replaceState({ ...state, [CHOICE]: choice }, "", target.href);
}

/**
 * Write settings of a stage into the address; where one has its default, that is left out.
 *
 * @param {Record<string, unknown>} settings
 * @param {Record<string, unknown>} defaults
 */
function spellSettings(settings, defaults) {
  if (!shown || shown.path !== window.location.pathname || asked) return;
  const target = new URL(window.location.href);
  target.search = spelled(target.search, settings, defaults);
  if (target.href !== window.location.href)
    window.history.replaceState(window.history.state, "", target.href);
}

/**
 * A query of Python's, with what Python has not been told: the reader is there all the same.
 *
 * @param {string} query
 */
function withUntold(query) {
  let told = query;
  for (const [key, { settings }] of meeting.untold) {
    const defaults = meeting.stages.get(key)?.defaults;
    if (defaults) told = spelled(told, settings, defaults);
  }
  return told;
}

/**
 * A query with settings as an address spells them: 1 for true, "3,-1" for [3, -1].
 *
 * @param {string} query
 * @param {Record<string, unknown>} settings
 * @param {Record<string, unknown>} defaults
 */
function spelled(query, settings, defaults) {
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(settings)) {
    const isDefault = JSON.stringify(value) === JSON.stringify(defaults[name]);
    if (isDefault && !always.includes(name)) parameters.delete(name);
    else parameters.set(name, String(typeof value === "boolean" ? Number(value) : value));
  }
  return parameters.toString();
}

/**
 * Report a move through the history that stays on this page; any other is Streamlit's.
 *
 * @param {PopStateEvent} event
 */
function takeReturn(event) {
  if (!shown || shown.path !== window.location.pathname) return;
  event.stopImmediatePropagation();
  asked = Date.now();
  for (const stage of meeting.stages.values()) stage.tell(); // else Python would not move it
  shown.report({ query: window.location.search, moment: asked });
}
