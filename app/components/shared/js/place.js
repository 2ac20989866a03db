// A component's place on the page.

/**
 * The element in which Streamlit mounts a component, outside the component's own tree.
 *
 * @param {HTMLElement | ShadowRoot} parentElement
 */
export function hostOf(parentElement) {
  return parentElement instanceof ShadowRoot ? parentElement.host : parentElement;
}

/**
 * The element around a component that Python's key names; the component's own where none does.
 *
 * @param {HTMLElement | ShadowRoot} parentElement
 */
export function keyedPlace(parentElement) {
  const host = hostOf(parentElement);
  return host.closest("[class*='st-key-']") ?? host;
}

/**
 * Take the container of a component that shows nothing out of the page's layout.
 *
 * @param {HTMLElement | ShadowRoot} parentElement
 */
export function hidePlace(parentElement) {
  const container = hostOf(parentElement).closest('[data-testid="stElementContainer"]');
  if (container instanceof HTMLElement) container.style.display = "none";
}
