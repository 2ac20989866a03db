// What Python hears: where the reader came to rest, and which details of a long run are wanted.

const REST = 250; // ms without a change before the reader counts as at rest
const BATCH = 60; // ms between a report and a request: in one batch Streamlit would run only one of them
const PAUSE = 300; // ms between two requests for details
const PATIENCE = 3000; // ms until the same request is made again, should its answer be lost

/** The names of the settings that Python knows: those that came with the scenes. */
function reportedOf(group) {
  return Object.keys(group.defaults);
}

/** Something changed; tell Python once the reader rests. */
function changed(group) {
  clearTimeout(group.restTimer);
  group.restTimer = setTimeout(() => rest(group), REST);
}

/** At rest: report what differs from what Python knows, ask for details, say it aloud. */
function rest(group) {
  clearTimeout(group.restTimer);
  if (!group.alive || group.scrubbing) return;
  if (group.playing) return wantDetails(group);
  retryLater(group, BATCH);
  speak(group);
  const names = reportedOf(group);
  const news = {};
  for (const name of names) news[name] = settingOf(group, name);
  news.window = [Math.floor(group.view[0]), Math.ceil(group.view[1])];
  if (names.some((name) => group.known[name] !== JSON.stringify(news[name]))) report(group, news);
}

/**
 * Report everything in one message, so that Python runs once. The moment makes every report a
 * new one: else a reader who comes back to where an earlier report was made, after Python had
 * moved the stage, would report nothing new.
 */
function report(group, news) {
  for (const name of reportedOf(group)) group.known[name] = JSON.stringify(news[name]);
  meeting.reported.set(group.key, { news, applied: group.applied });
  group.setStateValue("report", { ...news, moment: Date.now() });
}

/** A polite voice: where we are, and each stage's numbers. */
function speak(group) {
  const stage = leader(group);
  const { scene, t } = stage;
  const token = tokenAt(scene, t);
  const where = `Timestep ${t} of ${scene.timesteps - 1}${token ? `, ${visible(token)}` : ""}${phaseText(stage).replace(" · ", ", ")}`;
  setText(group.parts.live, [where, ...group.members.map(spokenNumbers)].map((sentence) => `${sentence}.`).join(" "));
}

/** The selected unit's numbers, and what else is known at now. */
function spokenNumbers(stage) {
  const { unit, numbers, title, panels, t } = stage;
  const values = panels
    .filter(({ signal }) => signal.name in numbers)
    .map(({ signal }) => `${signal.title} ${written(numbers[signal.name], 2)}`);
  const who = unit === MEAN ? "mean over units" : `unit ${unit}`;
  return `${title ? `${title}; ` : ""}${who}: ${[...values, ...extraTexts(stage, t)].join(", ")}`;
}

/** While playing the voice speaks at most every two seconds. */
function speakSometimes(group) {
  const now = performance.now();
  if (!group.playing || now - (group.spoken ?? 0) < 2000) return;
  group.spoken = now;
  const stage = leader(group);
  const token = tokenAt(stage.scene, stage.t);
  setText(group.parts.live, `Timestep ${stage.t}${token ? `, ${visible(token)}` : ""}`);
}

/** Ask for exact numbers around the cursor before they are needed, and for a finer view at rest. */
function wantDetails(group) {
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
function isMissing(group, t) {
  return group.members.some(({ scene }) => !exactTile(scene, Math.min(t, scene.timesteps - 1)));
}

function retryLater(group, wait = 320) {
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
