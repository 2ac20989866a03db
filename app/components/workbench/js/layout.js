// Everything fitted to the card, in its colours.

import { colourTable } from "../../shared/js/colours.js";
import { NARROW } from "../../shared/js/layout.js";
import { pageTheme, setColours, themeSignature } from "../../shared/js/theme.js";
import { showChooser } from "./choosing.js";
import { paintCurves, showPlayhead } from "./curves.js";
import { paintWatched } from "./watched.js";

export function applyTheme(bench) {
  const { root } = bench.parts;
  bench.theme = themeSignature(root);
  const { mode, font, codeFont } = pageTheme(root);
  Object.assign(bench, { font, codeFont, colours: bench.run.head.colours[mode] });
  setColours(root, bench.colours);
  const tables = Object.entries(bench.colours.signals).map(([name, { stops }]) => [name, colourTable(stops)]);
  bench.tables = Object.fromEntries(tables);
}

/** Fit everything to the card's width, and paint it. */
export function layOut(bench) {
  const { root } = bench.parts;
  const style = getComputedStyle(root);
  const width = root.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const narrow = width < NARROW;
  const [label, now] = narrow ? [0, 62] : [150, 92];
  bench.widths = { width, label, now, plot: Math.max(80, width - label - now) };
  root.classList.toggle("narrow", narrow);
  for (const name of ["label", "plot", "now"]) root.style.setProperty(`--${name}`, `${bench.widths[name]}px`);
  bench.drawnWidth = root.clientWidth;
  paintCurves(bench);
  showPlayhead(bench);
  showChooser(bench);
  paintWatched(bench);
}

export function resized(bench) {
  if (bench.alive && bench.run && bench.parts.root.clientWidth !== bench.drawnWidth) layOut(bench);
}
