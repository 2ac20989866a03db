// The stage as a component of Streamlit.

import { meeting } from "../../shared/js/meeting.js";
import { mountStage } from "./mount.js";

/** @import { Mounting } from "../../shared/js/types.d.ts" */

/**
 * Streamlit calls this at mount and whenever data or theme changed, without cleaning up before. A
 * stage that was drawn before Streamlit came goes on here.
 *
 * @param {Mounting<Uint8Array>} mounting
 */
export default function gatescopeStage(mounting) {
  return meeting.takeEarly?.(mounting) ?? mountStage(mounting);
}
