// Which details of a long run are asked of Python, and when.

import { isWhole, timestepsOf } from "./group.js";
import { exactTile, paintTile } from "./lookup.js";

export const BATCH = 60; // ms between a report and a request: in one batch Streamlit would run only one of them
const PAUSE = 300; // ms between two requests for details
const PATIENCE = 3000; // ms until the same request is made again, should its answer be lost

/** Ask for exact numbers around the cursor before they are needed, and for a finer view at rest. */
export function wantDetails(group) {
  const { members, t, playing } = group;
  if (!group.ask || members.every(({ scene }) => scene.tiles[0].exact)) return;
  const timesteps = timestepsOf(group);
  const reach = Math.min(...members.map(({ scene }) => scene.detail_timesteps));
  const along = playing ? playing.along : 0;
  const ahead = Math.min(timesteps - 1, Math.max(0, t + along * Math.min(Math.ceil(reach / 3), Math.ceil(3 * group.speed))));
  const missing = isMissing(group, t) || isMissing(group, ahead);
  const finer = !playing && members.some(viewIsCoarse);
  if (!missing && !finer) return;
  const back = along > 0 ? reach * 0.1 : along < 0 ? reach * 0.9 : reach / 2;
  const start = Math.max(0, Math.min(timesteps - reach, Math.round(t - back)));
  const details = { id: group.id, view: wantedView(group), exact: [start, start + reach] };
  const text = JSON.stringify(details);
  const waited = performance.now() - (group.asked?.when ?? -Infinity);
  if (waited < (group.asked?.text === text ? PATIENCE : PAUSE)) return void (playing || retryLater(group));
  group.asked = { text, when: performance.now() };
  group.ask(details);
}

/** Whether some stage has no exact numbers at t yet (a shorter run: at its end). */
export function isMissing(group, t) {
  return group.members.some(({ scene }) => !exactTile(scene, Math.min(t, scene.timesteps - 1)));
}

export function retryLater(group, wait = 320) {
  clearTimeout(group.retryTimer);
  group.retryTimer = setTimeout(() => group.alive && wantDetails(group), wait);
}

/** Whether a pixel column stands for more timesteps than it must. */
function viewIsCoarse(stage) {
  const { scene, view } = stage;
  const [start, stop] = [Math.min(view[0], scene.timesteps - 1), Math.min(view[1], scene.timesteps)];
  if (stop - start >= scene.timesteps - 1e-6) return false;
  const middle = paintTile(scene, Math.floor((start + stop) / 2));
  const whole = scene.tiles.some((tile) => tile.start <= start && tile.stop >= stop && tile === middle);
  return !(whole && (middle.factor === 1 || (stop - start) / middle.factor > 500));
}

/** The view with a margin, in whole timesteps; the whole run needs no finer tile. */
function wantedView(group) {
  const [start, stop] = group.view;
  const margin = (stop - start) / 4;
  if (isWhole(group)) return [Math.floor(group.t), Math.floor(group.t) + 1];
  return [Math.max(0, Math.floor(start - margin)), Math.min(timestepsOf(group), Math.ceil(stop + margin))];
}
