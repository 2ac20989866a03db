// Whether single characters are keys of the stage: the reader may switch them off, and the browser
// remembers it (WCAG 2.1.4). Where it may remember nothing, it holds until the page is left.

const STORED_AS = "gatescope-character-keys";

let here = ""; // what was chosen on this page

/** Whether single characters act. */
export function characterKeysAct() {
  return (here || stored()) !== "off";
}

/**
 * Switch single characters on or off, here and in what is remembered.
 *
 * @param {boolean} act
 */
export function chooseCharacterKeys(act) {
  here = act ? "on" : "off";
  try {
    localStorage.setItem(STORED_AS, here);
  } catch {
    // a browser that stores nothing
  }
}

/** What the browser remembers, or "". */
function stored() {
  try {
    return localStorage.getItem(STORED_AS) ?? "";
  } catch {
    return "";
  }
}
