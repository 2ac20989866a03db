// What every card decides by its width.

export const NARROW = 640; // below this width labels stand above their heatmaps

/**
 * The numbers of an axis [start, stop) to label so that labels stand at least `gap` pixels apart.
 *
 * @param {[start: number, stop: number]} view
 * @param {number} width
 * @param {number} gap
 */
export function axisTicks([start, stop], width, gap) {
  const most = Math.max(1, Math.floor(width / gap));
  const raw = (stop - start) / most;
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(raw, 1)));
  const step = Math.max(1, [1, 2, 5, 10].map((k) => k * magnitude).find((k) => k >= raw) ?? 1);
  const ticks = [];
  for (let t = Math.ceil(start / step) * step; t <= stop - 1e-9; t += step) ticks.push(t);
  return ticks;
}
