// Everything fitted to the card, in its colours.

import { colourTable } from "../../shared/js/colours.js";
import { NARROW } from "../../shared/js/layout.js";
import { pageTheme, setColours, themeSignature } from "../../shared/js/theme.js";
import { showChooser } from "./choosing.js";
import { paintCurves, showPlayhead } from "./curves.js";
import { paintWatched } from "./watched.js";

/** @import { Bench } from "./types.d.ts" */

/** What is left of the width for the labels and for the numbers at the right. */
const BESIDE = { narrow: { label: 0, now: 62 }, wide: { label: 150, now: 92 } };

/**
 * Take the colours and fonts that the page has now.
 *
 * @param {Bench} bench
 */
export function applyTheme(bench) {
  const { root } = bench.parts;
  bench.theme = themeSignature(root);
  const { mode, font, codeFont } = pageTheme(root);
  Object.assign(bench, { font, codeFont, colours: bench.run.head.colours[mode] });
  setColours(root, bench.colours);
  const hues = Object.entries(bench.colours.signals);
  bench.tables = Object.fromEntries(hues.map(([name, { stops }]) => [name, colourTable(stops)]));
}

/**
 * Fit everything to the card's width, and paint it.
 *
 * @param {Bench} bench
 */
export function layOut(bench) {
  const { root } = bench.parts;
  const style = getComputedStyle(root);
  const width = root.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const narrow = width < NARROW;
  const { label, now } = narrow ? BESIDE.narrow : BESIDE.wide;
  const plot = Math.max(80, width - label - now);
  bench.widths = { width, label, now, plot };
  root.classList.toggle("narrow", narrow);
  for (const [name, pixels] of Object.entries({ label, plot, now })) {
    root.style.setProperty(`--${name}`, `${pixels}px`);
  }
  bench.drawnWidth = root.clientWidth;
  paintCurves(bench);
  showPlayhead(bench);
  showChooser(bench);
  paintWatched(bench);
}

/**
 * Fit everything anew where the card has another width.
 *
 * @param {Bench} bench
 */
export function resized(bench) {
  if (bench.alive && bench.run && bench.parts.root.clientWidth !== bench.drawnWidth) layOut(bench);
}
