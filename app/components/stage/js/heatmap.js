// Painting a stretch of the run: from levels to the pixels of one canvas.

import { fitCanvas, isRecording, penOf } from "../../shared/js/canvas.js";
import { levelsOf, meanLevels } from "./levels.js";
import { paintTile } from "./lookup.js";

/** @import { Pen, Scale } from "../../shared/js/types.d.ts" */
/** @import { Box, Panel, Scene, Tile, View } from "./types.d.ts" */
/** @typedef {{ tile: Tile, from: number, to: number }} PixelColumn */

/**
 * For each pixel column of a view: which tile and which of its columns [from, to) it shows. A
 * view may reach beyond the run, when it is a longer one's too; there is nothing there.
 *
 * @param {Scene} scene
 * @param {View} view
 * @param {number} pixels
 * @param {string} [signal] - the one to be painted; the strip without
 * @returns {PixelColumn[]}
 */
export function pixelColumns(scene, [start, stop], pixels, signal) {
  const columns = [];
  for (let x = 0; x < pixels; x += 1) {
    const first = start + (x / pixels) * (stop - start);
    const last = start + ((x + 1) / pixels) * (stop - start);
    if ((first + last) / 2 >= scene.timesteps) break;
    const tile = paintTile(scene, Math.floor((first + last) / 2), signal);
    const from = Math.max(0, Math.floor((first - tile.start) / tile.factor + 1e-6));
    const to = Math.min(tile.columns, Math.ceil((last - tile.start) / tile.factor - 1e-6));
    columns.push({ tile, from: Math.min(from, tile.columns - 1), to: Math.max(to, from + 1) });
  }
  return columns;
}

/**
 * The level furthest from the mean among a cell's columns; one column is the usual case.
 *
 * @param {Uint8Array} levels
 * @param {number} rows
 * @param {number} unit
 * @param {number} from
 * @param {number} to
 * @param {number} middle
 */
function extremeLevel(levels, rows, unit, from, to, middle) {
  let best = levels[from * rows + unit];
  for (let column = from + 1; column < to; column += 1) {
    const level = levels[column * rows + unit];
    if (Math.abs(level - middle) > Math.abs(best - middle)) best = level;
  }
  return best;
}

/**
 * Paint a signal: `order` says which unit stands in which row. Where there are more units than
 * pixel rows, a pixel shows the unit that is furthest from its own mean.
 *
 * @param {Panel} panel
 * @param {Scene} scene
 * @param {View} view
 * @param {Int32Array} order
 * @param {Scale} scale
 */
export function paintHeatmap(panel, scene, view, order, scale) {
  const { canvas, signal, scratch } = panel;
  const context = fitCanvas(canvas, panel.width, panel.height);
  const rowsOut = Math.min(order.length, canvas.height);
  scratch.width = canvas.width;
  scratch.height = rowsOut;
  const pen = penOf(scratch);
  const image = pen.createImageData(scratch.width, rowsOut);
  const pixels = new Uint32Array(image.data.buffer);
  const columns = pixelColumns(scene, view, scratch.width, signal.name);
  paintColumns(pixels, scratch.width, rowsOut, columns, panel, order, scale);
  pen.putImageData(image, 0, 0);
  context.clearRect(0, 0, panel.width, panel.height);
  context.imageSmoothingEnabled = false;
  context.drawImage(scratch, 0, 0, panel.width, panel.height);
}

/**
 * Paint columns of cells as columns of pixels. Neighbours that show the same cells are painted once
 * and copied: zoomed in, before the finer tile is here, most do.
 *
 * @param {Uint32Array} pixels
 * @param {number} width
 * @param {number} rowsOut
 * @param {PixelColumn[]} columns
 * @param {Panel} panel
 * @param {Int32Array} order
 * @param {Scale} scale
 */
function paintColumns(pixels, width, rowsOut, columns, { signal, table }, order, scale) {
  const middles = meanLevels(signal, scale);
  /** @type {Uint8Array} */
  let levels = new Uint8Array();
  /** @type {PixelColumn | null} */
  let before = null;
  for (let x = 0; x < columns.length; x += 1) {
    const { tile, from, to } = columns[x];
    const end = x + width * rowsOut;
    if (before?.tile !== tile) levels = levelsOf(tile, signal, scale);
    if (before?.tile === tile && before.from === from && before.to === to) {
      for (let at = x; at < end; at += width) pixels[at] = pixels[at - 1];
    } else if (rowsOut === order.length) {
      paintUnits(pixels, x, width, table, levels, order, from, to, middles);
    } else {
      for (let row = 0; row < rowsOut; row += 1) {
        const level = rowLevel(levels, order, row, rowsOut, from, to, middles);
        pixels[x + row * width] = table[level];
      }
    }
    before = columns[x];
  }
}

/**
 * Paint one column of pixels in which each unit has a row: what `rowLevel` says of it, without a
 * call for each.
 *
 * @param {Uint32Array} pixels
 * @param {number} x
 * @param {number} width
 * @param {Uint32Array} table
 * @param {Uint8Array} levels
 * @param {Int32Array} order
 * @param {number} from
 * @param {number} to
 * @param {Uint8Array} middles
 */
function paintUnits(pixels, x, width, table, levels, order, from, to, middles) {
  const rows = order.length;
  const first = from * rows;
  const end = to * rows;
  for (let row = 0, at = x; row < rows; row += 1, at += width) {
    const unit = order[row];
    let best = levels[first + unit];
    for (let k = first + rows + unit; k < end; k += rows) {
      const middle = middles[unit];
      if (Math.abs(levels[k] - middle) > Math.abs(best - middle)) best = levels[k];
    }
    pixels[at] = table[best];
  }
}

/**
 * The level that a row of pixels shows in the columns [from, to): of the units that stand in it
 * the one furthest from its own mean.
 *
 * @param {Uint8Array} levels
 * @param {Int32Array} order
 * @param {number} row
 * @param {number} rowsOut
 * @param {number} from
 * @param {number} to
 * @param {Uint8Array} middles
 */
function rowLevel(levels, order, row, rowsOut, from, to, middles) {
  const rows = order.length;
  const first = Math.floor((row * rows) / rowsOut);
  const end = Math.max(first + 1, Math.floor(((row + 1) * rows) / rowsOut));
  let best = 0;
  let reach = -1;
  for (let place = first; place < end; place += 1) {
    const unit = order[place];
    const level = extremeLevel(levels, rows, unit, from, to, middles[unit]);
    if (end === first + 1) return level;
    const distance = Math.abs(level - middles[unit]);
    if (distance > reach) [best, reach] = [level, distance];
  }
  return best;
}

/**
 * Paint one timestep of a signal as a column of cells, for "now" and for the drawing: as dots,
 * which is the quickest; as rectangles for a picture, where they are written down.
 *
 * @param {Pen} pen
 * @param {Panel} panel
 * @param {Scene} scene
 * @param {number} t
 * @param {Int32Array} order
 * @param {Scale} scale
 * @param {Box} box
 */
export function paintColumn(pen, panel, scene, t, order, scale, box) {
  const tile = paintTile(scene, t, panel.signal.name);
  const levels = levelsOf(tile, panel.signal, scale);
  const rows = order.length;
  const from = Math.floor((t - tile.start) / tile.factor) * rows;
  const level = (/** @type {number} */ row) => levels[from + order[row]];
  if (isRecording()) columnAsShapes(pen, panel, rows, level, box);
  else columnAsDots(pen, panel, rows, level, box);
}

/**
 * @param {Pen} pen
 * @param {Panel} panel
 * @param {number} rows
 * @param {(row: number) => number} level
 * @param {Box} box
 */
function columnAsShapes(pen, { css }, rows, level, { left, top, width, height }) {
  const rowsOut = Math.min(rows, Math.max(1, Math.round(height * (window.devicePixelRatio || 1))));
  for (let row = 0; row < rowsOut; row += 1) {
    pen.fillStyle = css[level(Math.floor((row * rows) / rowsOut))];
    pen.fillRect(left, top + (row / rowsOut) * height, width, height / rowsOut + 0.3);
  }
}

/**
 * @param {Pen} pen
 * @param {Panel} panel
 * @param {number} rows
 * @param {(row: number) => number} level
 * @param {Box} box
 */
function columnAsDots(pen, { table }, rows, level, { left, top, width, height }) {
  const ratio = pen.getTransform().a;
  const [x, y] = [Math.round(left * ratio), Math.round(top * ratio)];
  const across = Math.max(1, Math.round((left + width) * ratio) - x);
  const down = Math.max(1, Math.round((top + height) * ratio) - y);
  const image = pen.createImageData(across, down);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < down; row += 1) {
    const colour = table[level(Math.floor((row * rows) / down))];
    pixels.fill(colour, row * across, (row + 1) * across);
  }
  pen.putImageData(image, x, y);
}
