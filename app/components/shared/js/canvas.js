// Canvases with crisp pixels.

/** @import { Pen } from "./types.d.ts" */

let magnification = 1; // of what is drawn, beyond the screen's own

/**
 * Say how much what is drawn is enlarged on the screen.
 *
 * @param {number} times
 */
export function setMagnification(times) {
  magnification = times;
}

/**
 * What draws on a canvas: every browser that runs this has one.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function penOf(canvas) {
  return /** @type {Pen} */ (canvas.getContext("2d"));
}

/**
 * Size a canvas for crisp pixels; return its pen, scaled to CSS pixels.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 */
export function fitCanvas(canvas, width, height) {
  const ratio = (window.devicePixelRatio || 1) * magnification;
  const w = Math.max(1, Math.round(width * ratio));
  const h = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const pen = penOf(canvas);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  return pen;
}
