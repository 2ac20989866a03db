// A line of numbers over time, walked along the pixels of a strip.

import { pixelColumns } from "../heatmap.js";
import { paintTile } from "../lookup.js";

export function walkLine({ scene, view }, width, name, column, visit) {
  if (width / (view[1] - view[0]) >= 1) {
    const before = [Math.max(0, Math.floor(view[0]) - 1), Math.min(scene.timesteps, Math.ceil(view[1]) + 1)];
    for (let t = before[0]; t < before[1]; t += 1) {
      const x = ((t + 0.5 - view[0]) / (view[1] - view[0])) * width;
      const bin = stripBin(paintTile(scene, t), name, column, t);
      visit(x, bin[0], bin[1]);
    }
    return;
  }
  pixelColumns(scene, view, Math.round(width)).forEach(({ tile, from, to }, x) => {
    const { low, high, width: columns } = tile.strip[name];
    let [least, most] = [NaN, NaN];
    for (let k = from; k < to; k += 1) {
      const [a, b] = [low[k * columns + column], high[k * columns + column]];
      if (!(a >= least)) least = Number.isNaN(a) ? least : a;
      if (!(b <= most)) most = Number.isNaN(b) ? most : b;
    }
    visit(x + 0.5, least, most);
  });
}

function stripBin(tile, name, column, t) {
  const line = tile.strip[name];
  const at = Math.floor((t - tile.start) / tile.factor) * line.width + column;
  return [line.low[at], line.high[at]];
}
