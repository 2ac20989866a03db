// The runs of a static page: each is a file beside it, fetched when it is first looked at.

/** @type {Map<string, Promise<Uint8Array | null>>} */
const fetched = new Map();

/**
 * The scene in the file at an address that is relative to the page; null where it cannot be had.
 *
 * @param {string} address
 */
export function fetchScene(address) {
  const known = fetched.get(address) ?? load(address);
  fetched.set(address, known);
  return known;
}

/**
 * @param {string} address
 * @returns {Promise<Uint8Array | null>}
 */
async function load(address) {
  try {
    const answer = await fetch(address);
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  } catch {
    // no network: said by the page
  }
  fetched.delete(address); // the next time it is tried again
  return null;
}
