// The stage as a component of Streamlit.

import { mountStage } from "./mount.js";

/** @import { Mounting } from "../../shared/js/types.d.ts" */

/**
 * Streamlit calls this at mount and whenever data or theme changed, without cleaning up before.
 *
 * @param {Mounting<Uint8Array>} mounting
 */
export default function gatescopeStage(mounting) {
  return mountStage(mounting);
}
