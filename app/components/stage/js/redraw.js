// Lay out and paint everything: at mount, with a new scene, on resize, with a new theme.

import { colourTable, cssColour, LEVELS } from "../../shared/js/colours.js";
import { pageTheme, setColours, themeSignature } from "../../shared/js/theme.js";
import { layOutBoard, paintBoard } from "./board.js";
import { showChoices, showPlaying } from "./controls.js";
import { wantDetails } from "./details.js";
import { buildDrawing } from "./drawing/drawing.js";
import { leader } from "./group.js";
import { measureBoard } from "./overlay.js";
import { lastPhase } from "./phases.js";
import { fitScreen, isMisfit } from "./present.js";
import { show } from "./showing.js";
import { firstView } from "./view.js";

/** @import { Colours } from "../../shared/js/types.d.ts" */
/** @import { Group, Panel } from "./types.d.ts" */

/**
 * Whether the page looks otherwise than when the group was drawn.
 *
 * @param {Group} group
 */
export function themeChanged(group) {
  return group.theme !== themeSignature(group.parts.root);
}

/**
 * Take the colours and fonts that the page has now.
 *
 * @param {Group} group
 */
function applyTheme(group) {
  const { root } = group.parts;
  group.theme = themeSignature(root);
  const { mode, font, codeFont } = pageTheme(root);
  for (const stage of group.members) {
    Object.assign(stage, { font, codeFont, colours: stage.scene.colours[mode] });
    setColours(root, stage.colours);
    for (const panel of stage.panels) colourPanel(panel, stage.colours);
  }
}

/**
 * The colour of every level of a panel's signal.
 *
 * @param {Panel} panel
 * @param {Colours} colours
 */
function colourPanel(panel, { signals }) {
  panel.table = colourTable(signals[panel.signal.name].stops);
  panel.css = Array.from({ length: LEVELS }, (_, level) => cssColour(panel.table, level));
}

/**
 * Lay out and paint everything: at mount, with a new scene, on resize, with a new theme.
 *
 * @param {Group} group
 * @param {boolean} [newScenes]
 */
export function redraw(group, newScenes = false) {
  const { members, settings } = group;
  const first = leader(group);
  fitScreen(group);
  members.forEach(layOutBoard);
  applyTheme(group);
  if (newScenes) group.view = firstView(first.scene, first.widths, settings.t);
  members.forEach(buildDrawing);
  if (settings.slow && group.phase === null) group.phase = 0;
  if (group.phase !== null) group.phase = Math.min(group.phase, lastPhase(group));
  members.forEach(paintBoard);
  members.forEach(measureBoard);
  showChoices(group);
  showPlaying(group);
  show(group);
  group.drawnWidth = group.parts.root.clientWidth;
  group.place.setAttribute("data-drawn", ""); // the page's style shows what follows
  if (newScenes) wantDetails(group);
}

/**
 * Draw anew where the card has another width.
 *
 * @param {Group} group
 */
export function resized(group) {
  const shown = group.alive && group.members.length > 0;
  if (!shown) return;
  if (group.parts.root.clientWidth !== group.drawnWidth || isMisfit(group)) redraw(group);
}
