// The stage in one file: what the file holds is played, in the colours of the reader's system.

import { playScene, redrawShown } from "./host.js";

/**
 * The text of an element that holds data.
 *
 * @param {string} id
 */
function textOf(id) {
  return document.getElementById(id)?.textContent ?? "";
}

const place = /** @type {HTMLElement} */ (document.querySelector(".st-key-stage"));
const bytesIn = (/** @type {string} */ id) =>
  Uint8Array.from(atob(textOf(id)), (c) => c.charCodeAt(0));
playScene(place, bytesIn("scene"), {}, { parcel: bytesIn("parcel") });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawShown);
