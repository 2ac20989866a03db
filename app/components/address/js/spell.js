// Makes the browser's address the spelling of the view.
//
// replaceState, not pushState: a step is no page, and "back" leaves the page as one expects.

export default function gatescopeSpell({ data }) {
  const target = new URL(window.location.href);
  target.search = data.query;
  if (target.href !== window.location.href) {
    window.history.replaceState(window.history.state, "", target.href);
  }
}
