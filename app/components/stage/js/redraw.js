// Lay out and paint everything: at mount, with a new scene, on resize, with a new theme.

import { LEVELS, colourTable, cssColour } from "../../shared/js/colours.js";
import { pageTheme, setColours, themeSignature } from "../../shared/js/theme.js";
import { layOutBoard, paintBoard } from "./board.js";
import { showChoices, showPlaying } from "./controls.js";
import { wantDetails } from "./details.js";
import { buildDrawing } from "./drawing/drawing.js";
import { leader } from "./group.js";
import { measureBoard } from "./overlay.js";
import { show } from "./showing.js";
import { firstView } from "./view.js";

export function themeChanged(group) {
  return group.theme !== themeSignature(group.parts.root);
}

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

function colourPanel(panel, { signals }) {
  panel.table = colourTable(signals[panel.signal.name].stops);
  panel.css = Array.from({ length: LEVELS }, (_, level) => cssColour(panel.table, level));
}

/** Lay out and paint everything: at mount, with a new scene, on resize, with a new theme. */
export function redraw(group, newScenes = false) {
  const { members } = group;
  const first = leader(group);
  members.forEach(layOutBoard);
  applyTheme(group);
  if (newScenes) group.view = firstView(first.scene, first.widths, group.t);
  members.forEach(buildDrawing);
  if (group.slow && group.phase === null) group.phase = 0;
  if (group.phase !== null) group.phase = Math.min(group.phase, first.drawing.phases.length - 1);
  members.forEach(paintBoard);
  members.forEach(measureBoard);
  showChoices(group);
  showPlaying(group);
  show(group);
  group.drawnWidth = group.parts.root.clientWidth;
  if (newScenes) wantDetails(group);
}

export function resized(group) {
  if (group.alive && group.members.length && group.parts.root.clientWidth !== group.drawnWidth) redraw(group);
}
