// Plays a stage where there is no Streamlit: in a file, on a static page, in a notebook.

import { packDocument } from "../../shared/js/container.js";
import { meeting } from "../../shared/js/meeting.js";
import { mountStage, moveStage } from "./mount.js";

/** @import { DetailsRequest, Mounting } from "../../shared/js/types.d.ts" */

/**
 * @typedef {object} Hearing
 * @property {(report: Record<string, unknown>) => void} [report] - where the reader came to rest
 * @property {(what: unknown) => void} [pull] - the gate that the reader pulled
 * @property {(details: DetailsRequest) => void} [ask] - what a long run needs
 * @property {Uint8Array} [parcel] - what comes with a long run: its wishes, and exact numbers
 */

let wishes = 0; // so that the same wish, made twice, is granted twice
/** @type {Map<HTMLElement, Mounting<Uint8Array>>} */
const shown = new Map(); // place -> what plays there

/**
 * Play a scene at a place, which has a class "st-key-NAME" of its own, or in its shadow. `wanted`
 * are settings by name: with a new scene where it begins, with the same one where it goes. Return
 * what takes it away again.
 *
 * @param {HTMLElement} place
 * @param {Uint8Array} scene
 * @param {Record<string, unknown>} wanted
 * @param {Hearing} [hearing]
 */
export function playScene(place, scene, wanted, hearing = {}) {
  const { ask, parcel: given } = hearing;
  const setStateValue = (/** @type {string} */ name, /** @type {any} */ value) => {
    if (name === "report" || name === "pull") hearing[name]?.(value);
  };
  const mounting = { data: scene, parentElement: insideOf(place), setStateValue };
  const parcel = { data: given ?? wish(wanted), ask: ask ?? null };
  const key = nameOf(place);
  meeting.waiting.set(key, parcel);
  shown.set(place, mounting);
  const unmount = mountStage(mounting);
  meeting.stages.get(key)?.(parcel);
  return () => {
    unmount();
    forgetPlace(place);
  };
}

/**
 * Have what plays at a place go on at Streamlit's, as it is. Return what takes it away from there.
 *
 * @param {HTMLElement} place
 * @param {Mounting<Uint8Array>} mounting
 */
export function handOver(place, mounting) {
  forgetPlace(place);
  return moveStage(insideOf(place), mounting);
}

/**
 * Hand a stage what Python cut of its long run.
 *
 * @param {HTMLElement} place
 * @param {Uint8Array} details
 */
export function bringDetails(place, details) {
  const key = nameOf(place);
  const ask = meeting.waiting.get(key)?.ask ?? null;
  meeting.stages.get(key)?.({ data: details, ask });
}

/** Draw all stages in the colours that their pages have now. */
export function redrawShown() {
  for (const mounting of shown.values()) mountStage(mounting);
}

/**
 * Settings as the courier brings them.
 *
 * @param {Record<string, unknown>} settings
 */
function wish(settings) {
  wishes += 1;
  const entries = Object.entries(settings).map(([name, value]) => [
    name,
    [value, `wish ${wishes}`],
  ]);
  return packDocument({ id: "", tiles: [], wanted: Object.fromEntries(entries) });
}

/** @param {HTMLElement} place */
function forgetPlace(place) {
  shown.delete(place);
  meeting.waiting.delete(nameOf(place));
}

/**
 * Where a place's stage is built.
 *
 * @param {HTMLElement} place
 */
function insideOf(place) {
  return place.shadowRoot ?? place;
}

/**
 * The name under which a place meets its parcels.
 *
 * @param {HTMLElement} place
 */
function nameOf(place) {
  const name = [...place.classList].find((c) => c.startsWith("st-key-"));
  return name ? name.slice("st-key-".length) : "stage";
}
