// A button for each language, and the language of the document.

/** @import { Mounting } from "../../shared/js/types.d.ts" */

/**
 * @typedef {object} Choice
 * @property {Record<string, string>} names  what each language is called in itself, by its code
 * @property {string} spoken  the code of the one in which the page speaks
 * @property {string} label
 */

/**
 * Streamlit calls this at mount, and with every rerun.
 *
 * @param {Mounting<Choice>} mounting
 */
export default function gatescopeLanguage({ data, parentElement, setStateValue }) {
  document.documentElement.lang = data.spoken;
  const group = parentElement.querySelector(".languages");
  if (!group) return;
  group.setAttribute("aria-label", data.label);
  const codes = Object.keys(data.names);
  const buttons = codes.map((code, k) => group.children[k] ?? group.appendChild(newButton(code)));
  buttons.forEach((button, k) => {
    if (!(button instanceof HTMLButtonElement)) return;
    button.textContent = data.names[codes[k]];
    button.setAttribute("aria-pressed", String(codes[k] === data.spoken));
    button.onclick = () => setStateValue("chosen", { code: codes[k], moment: Date.now() });
  });
}

/**
 * A button that is read aloud in the language that it offers.
 *
 * @param {string} code
 */
function newButton(code) {
  const button = document.createElement("button");
  button.type = "button";
  button.lang = code;
  return button;
}
