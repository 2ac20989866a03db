// Pictures of cells: a row for each unit or label, a column for each stretch of the sequence.

export function pitchOf(bench) {
  return bench.widths.plot / bench.run.head.timesteps;
}

/** One pixel per cell, blown up without smoothing. */
export function paintCells(pen, scratch, box, columns, rows, colour) {
  scratch.width = columns;
  scratch.height = rows;
  const small = scratch.getContext("2d");
  const image = small.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) pixels[row * columns + column] = colour(column, row);
  }
  small.putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(scratch, 0, 0, box.width, box.height);
}

export function paintHairlines(pen, bench, box, rows) {
  const pitch = pitchOf(bench);
  pen.globalAlpha = 0.5;
  pen.fillStyle = bench.colours.panel;
  if (pitch >= 7) for (let t = 1; t < bench.run.head.timesteps; t += 1) pen.fillRect(t * pitch - 0.5, 0, 1, box.height);
  const high = box.height / rows;
  if (pitch >= 7 && high >= 9) for (let row = 1; row < rows; row += 1) pen.fillRect(0, row * high - 0.5, box.width, 1);
  pen.globalAlpha = 1;
}
