// The view: the stretch [start, stop) of the run that is in sight.

const PHONE_COLUMN = 16; // on a phone a timestep is at least this wide, and time scrolls

/** What the whole run looks like when a scene arrives: on a phone only as much as is legible. */
export function firstView(scene, widths, t) {
  const legible = Math.floor(widths.plot / PHONE_COLUMN);
  if (!widths.narrow || scene.timesteps <= legible || scene.timesteps > 400) return [0, scene.timesteps];
  return viewAround([0, legible], t, scene.timesteps);
}

const LEAST_VIEW = 4;

/** Zoom a view about a timestep; clamped to the run. */
export function zoomed([start, stop], about, by, timesteps) {
  const width = Math.min(timesteps, Math.max(Math.min(LEAST_VIEW, timesteps), (stop - start) * by));
  const share = (about - start) / (stop - start);
  return clampedView([about - share * width, about - share * width + width], timesteps);
}

export function clampedView([start, stop], timesteps) {
  const width = Math.min(timesteps, stop - start);
  const from = Math.min(timesteps - width, Math.max(0, start));
  return [from, from + width];
}

/** The view moved, if it must be, so that t is in sight; it moves by quarters, not by pixels. */
export function viewAround([start, stop], t, timesteps) {
  const width = stop - start;
  if (t >= start && t + 1 <= stop) return [start, stop];
  const near = t >= stop && t < stop + width / 4 ? width / 4 : t < start && t >= start - width / 4 ? -width / 4 : null;
  const from = near === null ? t - width / 2 : start + Math.sign(near) * Math.max(1, Math.ceil(Math.abs(near)));
  const view = clampedView([from, from + width], timesteps);
  if (t >= view[0] && t + 1 <= view[1]) return view;
  return clampedView([t - width / 2, t + width / 2], timesteps);
}
