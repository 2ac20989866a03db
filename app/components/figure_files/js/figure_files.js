// Adds three buttons to the mode bar of each of Plotly's pictures: PNG, SVG, and the data as CSV.
// Plotly's own PNG is not offered: it is laid out with the page's font and then drawn with another,
// so that texts are cut, and on no ground, so that a dark page's texts vanish on white paper.

import { button, shape } from "../../shared/js/elements.js";
import { pngFile, saveFile, svgFile } from "../../shared/js/picture/file.js";
import { groundOf, svgOf } from "../../shared/js/picture/trace.js";
import { hidePlace } from "../../shared/js/place.js";
import { figureTable } from "./table.js";

/** @import { Mounting } from "../../shared/js/types.d.ts" */
/** @import { PlottedTrace } from "./table.js" */

/**
 * What Plotly keeps in the element of a picture.
 *
 * @typedef {HTMLElement & {
 *   _fullData?: PlottedTrace[],
 *   _context?: { toImageButtonOptions?: { filename?: string } },
 * }} Plotted
 */

const OURS = "gatescope-files";
const STYLE = [
  "height: 22px; padding: 0 4px; border: 0; background: none; color: inherit; cursor: pointer",
  "font: 600 12px sans-serif",
].join("; ");
const NOT_DRAWN = ".modebar-container, .modebar, .hoverlayer";

/** @type {MutationObserver | null} */
let observer = null; // one for the page, whatever is mounted anew on it
let labels = { png: "", svg: "", csv: "" };

/**
 * Streamlit calls this at mount, and with every rerun.
 *
 * @param {Mounting<typeof labels>} mounting
 */
export default function gatescopeFigureFiles({ data, parentElement }) {
  hidePlace(parentElement);
  labels = data;
  if (!observer) {
    observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
  }
  look();
}

let looking = false;

/** Look at all pictures of the page, once a frame at most. */
function look() {
  if (looking) return;
  looking = true;
  requestAnimationFrame(() => {
    looking = false;
    for (const figure of document.querySelectorAll(".js-plotly-plot")) {
      offerFiles(/** @type {Plotted} */ (figure));
    }
  });
}

/**
 * Add the buttons to a picture's mode bar, which Plotly makes anew with its picture.
 *
 * @param {Plotted} figure
 */
function offerFiles(figure) {
  const bar = figure.querySelector(".modebar");
  if (!bar || bar.querySelector(`.${OURS}`)) return;
  const png = button("modebar-btn", labels.png, ["PNG"], async () => {
    saveFile(await pngFile(pictureOf(figure)), `${nameOf(figure)}.png`);
  });
  const svg = button("modebar-btn", labels.svg, ["SVG"], () => {
    saveFile(svgFile(pictureOf(figure)), `${nameOf(figure)}.svg`);
  });
  const csv = button("modebar-btn", labels.csv, ["CSV"], () => {
    const text = figureTable(figure._fullData ?? []);
    saveFile(new Blob([text], { type: "text/csv" }), `${nameOf(figure)}.csv`);
  });
  const group = document.createElement("div");
  group.className = `modebar-group ${OURS}`;
  for (const node of [png, svg, csv]) {
    node.setAttribute("style", STYLE);
    group.append(node);
  }
  bar.prepend(group);
}

/**
 * A picture as it is now, on the ground on which the page shows it.
 *
 * @param {Plotted} figure
 */
function pictureOf(figure) {
  const drawing = svgOf(figure, { skipped: NOT_DRAWN });
  drawing.prepend(shape("rect", { width: "100%", height: "100%", fill: groundOf(figure) }));
  return drawing;
}

/**
 * What Plotly would call the picture's file.
 *
 * @param {Plotted} figure
 */
function nameOf({ _context: context }) {
  return context?.toImageButtonOptions?.filename ?? "picture";
}
