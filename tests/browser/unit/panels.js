import { activated } from "../../../app/components/panels/js/activations.js";
import { KINDS } from "../../../app/components/panels/js/kinds.js";
import { pageNumber, percentText } from "../../../app/components/panels/js/writing.js";
import { readContainer } from "../../../app/components/shared/js/container.js";
import { readScene } from "../../../app/components/stage/js/scene.js";
import { equal, near, standIn } from "./expect.js";

/** @import { Given } from "./types.d.ts" */

/**
 * @param {string} text
 */
function bytesOfText(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/**
 * What stands in an element, and the numbers under the pointer, which have all their digits.
 *
 * @param {ParentNode} root
 */
function contentOf(root) {
  const titled = [...root.querySelectorAll("[title]")];
  const numbers = titled.map((node) => Number(node.getAttribute("title")));
  for (const node of titled) node.removeAttribute("title");
  const holder = document.createElement("div");
  holder.append(...root.childNodes);
  return { html: holder.innerHTML, numbers };
}

/**
 * A panel as it stands on the page, and a stage that it follows.
 *
 * @param {{ scene: string, panel: string }} packed
 */
function opened({ scene, panel }) {
  const contents = readContainer(bytesOfText(panel));
  const draw = KINDS[contents.document.kind](contents);
  const read = readScene(bytesOfText(scene));
  return (/** @type {any} */ where, /** @type {"light" | "dark"} */ mode) =>
    draw(standIn({ scene: read, ...where }), mode);
}

export default {
  "a panel shows what the page's figures show of the same run"(/** @type {Given} */ { expected }) {
    for (const { shown, ...packed } of expected.panels.panels) {
      const draw = opened(packed);
      for (const [t, unit, dark, notation, html] of shown) {
        const nodes = draw({ unit, group: { settings: { t, notation } } }, dark ? "dark" : "light");
        const [is, should] = ["div", "div"].map((tag) => document.createElement(tag));
        is.append(...(nodes ?? []));
        should.innerHTML = html;
        const [actual, wanted] = [contentOf(is), contentOf(should)];
        equal(actual.html, wanted.html);
        equal(actual.numbers.length, wanted.numbers.length);
        actual.numbers.forEach((number, k) => {
          near(number, wanted.numbers[k], 1e-5);
        });
      }
    }
  },

  "a panel shows nothing of another run than its own"(/** @type {Given} */ { expected }) {
    const [first] = expected.panels.panels;
    const draw = opened(first);
    const scene = { ...readScene(bytesOfText(first.scene)), id: "another" };
    equal(draw({ scene, unit: 0, group: { settings: { t: 0 } } }, "light"), null);
  },

  "numbers and shares are written as Python writes them"(/** @type {Given} */ { expected }) {
    for (const [value, text] of expected.panels.written) equal(pageNumber(value), text);
    for (const [share, text] of expected.panels.shares) equal(percentText(share), text);
  },

  "an activation is what Python computes"(/** @type {Given} */ { expected }) {
    for (const [spelled, z, values] of expected.panels.activated) {
      z.forEach((x, k) => {
        near(activated(spelled, x), values[k], 1e-12);
      });
    }
  },
};
