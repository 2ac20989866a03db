// Where everything on the board stands: labels left, the run in the middle, "now" at the right.

const NARROW = 640; // below this width labels stand above their heatmaps
const PHONE_COLUMN = 16; // on a phone a timestep is at least this wide, and time scrolls

/** The widths of the board's columns for a stage of this inner width. */
function boardWidths(width) {
  const narrow = width < NARROW;
  const label = narrow ? 0 : 188;
  const now = narrow ? 58 : 78;
  return { narrow, width, label, now, plot: Math.max(80, width - label - now) };
}

/** How tall a signal's heatmap is: whole pixels per unit where that fits; the belt gets most. */
function panelHeight(signal, isMemory, signalCount) {
  const [target, most] = isMemory ? (signalCount > 1 ? [150, 256] : [220, 300]) : [60, 132];
  if (signal.rows > most) return most;
  return signal.rows * Math.max(1, Math.round(target / signal.rows));
}

/** Where stages stand one above the other, each is lower. */
function compactHeight(signal, isMemory) {
  const [target, most] = isMemory ? [96, 132] : [60, 96];
  if (signal.rows > most) return most;
  return signal.rows * Math.max(1, Math.round(target / signal.rows));
}

/** What the whole run looks like when a scene arrives: on a phone only as much as is legible. */
function firstView(scene, widths, t) {
  const legible = Math.floor(widths.plot / PHONE_COLUMN);
  if (!widths.narrow || scene.timesteps <= legible || scene.timesteps > 400) return [0, scene.timesteps];
  return viewAround([0, legible], t, scene.timesteps);
}

const LEAST_VIEW = 4;

/** Zoom a view about a timestep; clamped to the run. */
function zoomed([start, stop], about, by, timesteps) {
  const width = Math.min(timesteps, Math.max(Math.min(LEAST_VIEW, timesteps), (stop - start) * by));
  const share = (about - start) / (stop - start);
  return clampedView([about - share * width, about - share * width + width], timesteps);
}

function clampedView([start, stop], timesteps) {
  const width = Math.min(timesteps, stop - start);
  const from = Math.min(timesteps - width, Math.max(0, start));
  return [from, from + width];
}

/** The view moved, if it must be, so that t is in sight; it moves by quarters, not by pixels. */
function viewAround([start, stop], t, timesteps) {
  const width = stop - start;
  if (t >= start && t + 1 <= stop) return [start, stop];
  const near = t >= stop && t < stop + width / 4 ? width / 4 : t < start && t >= start - width / 4 ? -width / 4 : null;
  const from = near === null ? t - width / 2 : start + Math.sign(near) * Math.max(1, Math.ceil(Math.abs(near)));
  const view = clampedView([from, from + width], timesteps);
  if (t >= view[0] && t + 1 <= view[1]) return view;
  return clampedView([t - width / 2, t + width / 2], timesteps);
}

/** Timesteps to label so that labels stand at least `gap` pixels apart. */
function axisTicks([start, stop], width, gap) {
  const most = Math.max(1, Math.floor(width / gap));
  const raw = (stop - start) / most;
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(raw, 1)));
  const step = Math.max(1, [1, 2, 5, 10].map((k) => k * magnitude).find((k) => k >= raw) ?? 1);
  const ticks = [];
  for (let t = Math.ceil(start / step) * step; t <= stop - 1e-9; t += step) ticks.push(t);
  return ticks;
}
