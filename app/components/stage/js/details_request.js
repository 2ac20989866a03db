// A request for details of a long run to the server itself.

import { fromServer, serverAddress } from "./own_requests.js";

/** @import { DetailsRequest } from "../../shared/js/types.d.ts" */
/** @import { Group } from "./types.d.ts" */

const ANSWER_PATIENCE = 3000; // ms until the page is asked instead

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
  const asked = { asked: JSON.stringify(details) };
  const bytes = await fromServer("run-details", asked, ANSWER_PATIENCE);
  if (!bytes) group.unserved = details.id;
  return bytes;
}
