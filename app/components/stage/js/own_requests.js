// The stage's own requests to the app's server, beside Streamlit: one GET, bytes in answer. Through
// the page an answer would wait for a run of the script and for the page to be rendered.

const OURS = "application/octet-stream"; // Streamlit answers any other address with its page

/** Where the app's server is; undefined where there is none, as in a notebook or in a file. */
export function serverAddress() {
  return /** @type {any} */ (globalThis).__streamlit?.BACKEND_BASE_URL;
}

/**
 * What the server itself answers; null where it has nothing, or does not answer in time: then the
 * page is asked.
 *
 * @param {string} path
 * @param {Record<string, string>} asked
 * @param {number} patience - ms
 */
export async function fromServer(path, asked, patience) {
  const query = new URLSearchParams(asked);
  try {
    const answer = await fetch(new URL(`${path}?${query}`, serverAddress()), {
      cache: "no-store",
      signal: AbortSignal.timeout(patience),
    });
    const served = answer.ok && answer.headers.get("content-type") === OURS;
    return served ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}
