// A request for details of a long run to the server itself, beside Streamlit: through the page the
// answer would wait for a run of the script and for the page to be rendered.

/** @import { DetailsRequest } from "../../shared/js/types.d.ts" */
/** @import { Group } from "./types.d.ts" */

const ANSWER_PATIENCE = 3000; // ms until the page is asked instead

/** Where the app's server is; undefined where there is none, as in a notebook or in a file. */
function serverAddress() {
  return /** @type {any} */ (globalThis).__streamlit?.BACKEND_BASE_URL;
}

/**
 * Whether there is a server that may have details of what the group shows.
 *
 * @param {Group} group
 */
export function hasServer(group) {
  return Boolean(serverAddress()) && group.unserved !== group.id;
}

/**
 * The details that are asked for, packed; null where the server has none: it is not asked again for
 * what is shown now.
 *
 * @param {Group} group
 * @param {DetailsRequest} details
 */
export async function detailsFromServer(group, details) {
  const query = new URLSearchParams({ asked: JSON.stringify(details) });
  try {
    const answer = await fetch(new URL(`run-details?${query}`, serverAddress()), {
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER_PATIENCE),
    });
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  } catch {
    // as if it had none
  }
  group.unserved = details.id;
  return null;
}
