// Present: the stage alone on the whole screen, enlarged with its width, for a room.

import { setMagnification } from "../../shared/js/canvas.js";

/** @import { Group } from "./types.d.ts" */

const ENLARGED = 16 / 12; // at least: from the smallest text on the stage to one read from afar
const LAID_OUT = 1280; // pixels that the stage is laid out for; a wider screen enlarges it

/**
 * Whether the stage is to stand alone; of several it never does.
 *
 * @param {Group} group
 */
export function isPresenting({ compact, settings }) {
  return !compact && Boolean(settings.present);
}

/**
 * How much a stage that stands alone is enlarged on a screen of this width.
 *
 * @param {number} width
 */
export function magnificationFor(width) {
  return Math.max(ENLARGED, width / LAID_OUT);
}

/**
 * How much the stage is to be enlarged now.
 *
 * @param {Group} group
 */
function magnificationOf(group) {
  return isPresenting(group) ? magnificationFor(window.innerWidth) : 1;
}

/**
 * Whether the stage is drawn for another size than it should have now.
 *
 * @param {Group} group
 */
export function isMisfit(group) {
  return group.magnification !== magnificationOf(group);
}

/**
 * Have the stage stand alone or within the page, as its setting says. What else is on the page is
 * hidden by the page's own style, which finds the mark.
 *
 * @param {Group} group
 */
export function fitScreen(group) {
  const presents = isPresenting(group);
  const { root } = group.parts;
  group.magnification = magnificationOf(group);
  setMagnification(group.magnification);
  root.classList.toggle("presenting", presents);
  root.style.setProperty("--magnification", String(group.magnification));
  group.place.toggleAttribute("data-presented", presents);
  group.controls.present.setAttribute("aria-pressed", String(presents));
}

/**
 * Take the whole screen, where the browser lets a page do so, or give it back.
 *
 * @param {boolean} whole
 */
export async function takeScreen(whole) {
  try {
    if (whole) await document.documentElement.requestFullscreen?.();
    else if (document.fullscreenElement) await document.exitFullscreen();
  } catch {
    // not allowed here: the stage fills the window instead
  }
}
