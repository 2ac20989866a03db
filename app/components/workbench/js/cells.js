// Pictures of cells: a row for each unit or label, a column for each stretch of the sequence.

import { penOf } from "../../shared/js/canvas.js";

/** @import { Pen, Size } from "../../shared/js/types.d.ts" */
/** @import { Bench } from "./types.d.ts" */

const GRID_PITCH = 7; // hairlines are drawn where a timestep is at least this wide
const GRID_HEIGHT = 9; // and between rows where one is at least this high

/**
 * How many pixels a timestep takes.
 *
 * @param {Bench} bench
 */
export function pitchOf({ widths, run }) {
  return widths.plot / run.head.timesteps;
}

/**
 * One pixel per cell on the `scratch`, blown up without smoothing.
 *
 * @param {Pen} pen
 * @param {HTMLCanvasElement} scratch
 * @param {Size} size
 * @param {{ columns: number, rows: number }} cells
 * @param {(column: number, row: number) => number} colour
 */
export function paintCells(pen, scratch, { width, height }, { columns, rows }, colour) {
  scratch.width = columns;
  scratch.height = rows;
  const small = penOf(scratch);
  const image = small.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let k = 0; k < pixels.length; k += 1) {
    pixels[k] = colour(k % columns, Math.floor(k / columns));
  }
  small.putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(scratch, 0, 0, width, height);
}

/**
 * Lines between cells that are large enough to be told apart.
 *
 * @param {Pen} pen
 * @param {Bench} bench
 * @param {Size} size
 * @param {number} rows
 */
export function paintHairlines(pen, bench, { width, height }, rows) {
  const pitch = pitchOf(bench);
  if (pitch < GRID_PITCH) return;
  pen.globalAlpha = 0.5;
  pen.fillStyle = bench.colours.panel;
  for (let t = 1; t < bench.run.head.timesteps; t += 1) pen.fillRect(t * pitch - 0.5, 0, 1, height);
  const high = height / rows;
  if (high >= GRID_HEIGHT) {
    for (let row = 1; row < rows; row += 1) pen.fillRect(0, row * high - 0.5, width, 1);
  }
  pen.globalAlpha = 1;
}
