// The courier: hands what Python sent to the stage, and the stage's requests to Python.

import { readDocument } from "../../shared/js/container.js";
import { whileHere } from "../../shared/js/leaving.js";
import { meeting } from "../../shared/js/meeting.js";
import { hidePlace } from "../../shared/js/place.js";

/** @import { DetailsRequest, Mounting } from "../../shared/js/types.d.ts" */

/**
 * Streamlit calls this at mount, and with every parcel.
 *
 * @param {Mounting<Uint8Array>} mounting
 */
export default function gatescopeCourier({ data, parentElement, setStateValue }) {
  hidePlace(parentElement);
  const key = readDocument(data).stage;
  const report = whileHere(setStateValue);
  const ask = (/** @type {DetailsRequest} */ details) => report("details", details);
  const parcel = { data, ask };
  meeting.waiting.set(key, parcel);
  meeting.stages.get(key)?.(parcel);
}
