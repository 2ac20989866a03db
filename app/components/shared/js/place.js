// A component's place on the page.

/** Take the container of a component that shows nothing out of the page's layout. */
export function hidePlace(parentElement) {
  const root = parentElement.host ?? parentElement;
  const container = root.closest?.('[data-testid="stElementContainer"]');
  if (container) container.style.display = "none";
}
