// Asks Python for the page when a connection that was lost stands again; see ../__init__.py.

import { hidePlace } from "../../shared/js/place.js";

/** @import { Mounting } from "../../shared/js/types.d.ts" */

const CONNECTION = "data-test-connection-state"; // Streamlit's own, of the whole app

/** @type {Mounting<unknown>["setStateValue"] | null} */
let report = null; // of the component as it was mounted last
let watching = false;

/**
 * Streamlit calls this at mount, and with every rerun.
 *
 * @param {Mounting<unknown>} mounting
 */
export default function gatescopeConnection({ parentElement, setStateValue }) {
  hidePlace(parentElement);
  report = setStateValue;
  const app = document.querySelector(`[${CONNECTION}]`);
  if (watching || !app) return;
  watching = true;
  let stood = true;
  const observer = new MutationObserver(() => {
    const stands = app.getAttribute(CONNECTION) === "CONNECTED";
    if (stands && !stood) report?.("again", Date.now());
    stood = stands;
  });
  observer.observe(app, { attributeFilter: [CONNECTION] });
}
