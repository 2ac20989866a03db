// Canvases with crisp pixels.

import { recordingPen } from "./picture/pen.js";

/** @import { Pen } from "./types.d.ts" */

let magnification = 1; // of what is drawn, beyond the screen's own
let sharpness = 0; // pixels of a canvas for one of the page; 0: as many as the screen has
/** @type {WeakMap<HTMLCanvasElement, string>} */
const sizes = new WeakMap(); // canvas -> how large it is on the page

/**
 * Say how much what is drawn is enlarged on the screen.
 *
 * @param {number} times
 */
export function setMagnification(times) {
  magnification = times;
}

/**
 * Say how many pixels a canvas has for one of the page, where a picture needs more than the screen,
 * and have pens write down what they draw; 0: as many as the screen has, and they do not.
 *
 * @param {number} pixels
 */
export function setSharpness(pixels) {
  sharpness = pixels;
}

/** Whether pens write down what they draw. */
export function isRecording() {
  return sharpness > 0;
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
  const ratio = sharpness || (window.devicePixelRatio || 1) * magnification;
  const w = Math.max(1, Math.round(width * ratio));
  const h = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const size = `width: ${width}px; height: ${height}px`;
  if (sizes.get(canvas) !== size) {
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    sizes.set(canvas, size);
  }
  const pen = penOf(canvas);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  return sharpness ? recordingPen(pen) : pen;
}
