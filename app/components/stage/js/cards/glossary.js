// All words of this cell and around it: a dialog that keeps the focus and that Escape closes.

import { button, element } from "../../../shared/js/elements.js";

/** @import { CardTexts, Stage } from "../types.d.ts" */

/**
 * Open the glossary; closed, it gives the focus back to where it was.
 *
 * @param {Stage} stage
 */
export function openGlossary(stage) {
  const { glossary } = stage.parts;
  const { words, parts, around } = stage.scene.cards;
  const close = button("close", words.close, [words.close], () => glossary.close());
  const entries = [...parts, ...around].flatMap(glossaryEntry);
  glossary.replaceChildren(
    element(
      "div",
      { class: "content" },
      element("div", { class: "head" }, element("h2", {}, words.title), close),
      element("dl", { tabindex: "0" }, ...entries),
    ),
  );
  glossary.setAttribute("aria-label", words.title);
  glossary.onclick = (event) => {
    if (event.target === glossary) glossary.close();
  };
  glossary.showModal();
  close.focus();
}

/**
 * One word: what it is for, what others call it, what it is not.
 *
 * @param {CardTexts} texts
 */
function glossaryEntry({ title, purpose, elsewhere, misreading }) {
  const more = [purpose, elsewhere, misreading].filter(Boolean);
  const [first, ...others] = more.map((text) => element("p", {}, text));
  return [element("dt", {}, title), element("dd", {}, first, ...others)];
}
