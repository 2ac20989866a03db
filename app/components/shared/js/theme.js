// Dark or light as the page is: the colours and the fonts of a card.

import { penOf } from "./canvas.js";
import { element } from "./elements.js";

/** @import { Colours } from "./types.d.ts" */

const THEME = ["--st-background-color", "--st-text-color", "--st-font", "--st-code-font"];

/**
 * The page's theme as one text, to be held against a later one.
 *
 * @param {HTMLElement} root
 */
export function themeSignature(root) {
  const style = getComputedStyle(root);
  return THEME.map((name) => style.getPropertyValue(name)).join("|");
}

/**
 * The page's mode and fonts; the card says the mode, too.
 *
 * @param {HTMLElement} root
 */
export function pageTheme(root) {
  const style = getComputedStyle(root);
  /** @type {"dark" | "light"} */
  const mode = isDark(style.getPropertyValue("--st-background-color")) ? "dark" : "light";
  root.dataset.mode = mode;
  const codeFont = style.getPropertyValue("--st-code-font") || "ui-monospace, monospace";
  return { mode, font: style.fontFamily || "sans-serif", codeFont };
}

/**
 * Every colour that the stylesheets use becomes a variable of the card.
 *
 * @param {HTMLElement} root
 * @param {Colours} colours
 */
export function setColours(root, { signals, ...own }) {
  const set = (/** @type {string} */ name, /** @type {string} */ colour) =>
    root.style.setProperty(`--${name}`, colour);
  for (const [name, colour] of Object.entries(own)) set(name.replace(/_/g, "-"), colour);
  for (const [name, { line }] of Object.entries(signals)) set(`signal-${name}`, line);
}

/**
 * The style of an element that has a signal's hue.
 *
 * @param {string} signal
 */
export function colourOf(signal) {
  return `--hue: var(--signal-${signal})`;
}

/**
 * Whether a colour, in any spelling, is a dark one.
 *
 * @param {string} colour
 */
export function isDark(colour) {
  const canvas = element("canvas", { width: 1, height: 1 });
  const pen = penOf(canvas);
  pen.fillStyle = colour.trim() || "#ffffff";
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 110;
}

/**
 * The colour behind an element: that of the nearest one around it that has any; white where none.
 *
 * @param {Element | null} node
 */
export function effectiveBackground(node) {
  for (let around = node; around; around = around.parentElement) {
    const colour = getComputedStyle(around).backgroundColor;
    if (colour && colour !== "transparent" && !colour.endsWith(", 0)")) return colour;
  }
  return "#ffffff";
}
