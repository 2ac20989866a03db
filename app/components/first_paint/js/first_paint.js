// Says once that a stage of this key has been drawn, or that none came in PATIENCE milliseconds.

import { whileHere } from "../../shared/js/leaving.js";
import { meeting } from "../../shared/js/meeting.js";
import { hidePlace, hostOf } from "../../shared/js/place.js";

/** @import { Mounting } from "../../shared/js/types.d.ts" */

const PATIENCE = 3000;
const waiting = new WeakSet(); // places that have not said it yet

/**
 * Streamlit calls this at mount, and with every rerun.
 *
 * @param {Mounting<{ stage: string }>} mounting
 */
export default function gatescopePainted({ data, parentElement, setStateValue }) {
  hidePlace(parentElement);
  if (waiting.has(parentElement)) return; // called again with every rerun
  waiting.add(parentElement);
  const report = whileHere(setStateValue);
  const begun = performance.now();
  const look = () => {
    if (!hostOf(parentElement).isConnected) return; // the reader is on another page
    const late = performance.now() - begun > PATIENCE;
    const drawn = meeting.stages.has(data.stage); // where every stage announces itself
    if (drawn || late)
      setTimeout(() => report("painted", true)); // after this frame
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
