// Makes the browser's address the spelling of the view.
//
// replaceState, not pushState: a step is no page, and "back" leaves the page as one expects.

/** @import { Mounting } from "../../shared/js/types.d.ts" */

/**
 * Streamlit calls this at mount, and with every rerun.
 *
 * @param {Mounting<{ query: string }>} mounting
 */
export default function gatescopeSpell({ data }) {
  const target = new URL(window.location.href);
  target.search = data.query;
  if (target.href !== window.location.href) {
    window.history.replaceState(window.history.state, "", target.href);
  }
}
