// Data that the page's HTML holds; see embedding.py.

/**
 * The text of an element that holds data; "" where it is not there.
 *
 * @param {string} id
 */
export function embeddedText(id) {
  return document.getElementById(id)?.textContent ?? "";
}

/**
 * The bytes of an element that holds them in base 64.
 *
 * @param {string} id
 */
export function embeddedBytes(id) {
  return Uint8Array.from(atob(embeddedText(id)), (c) => c.charCodeAt(0));
}
