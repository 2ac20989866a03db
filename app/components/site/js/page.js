// What all static pages do with their elements.

/**
 * The element that a page has.
 *
 * @param {string} selector
 */
export function elementOf(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}

/**
 * Of several elements show one, by its id.
 *
 * @param {string} selector
 * @param {string} id
 */
export function showOnly(selector, id) {
  for (const node of document.querySelectorAll(selector)) {
    if (node instanceof HTMLElement) node.hidden = node.id !== id;
  }
}

/**
 * Say that a run cannot be had, or no longer that.
 *
 * @param {boolean} there
 */
export function sayProblem(there) {
  elementOf("#problem").hidden = !there;
}
