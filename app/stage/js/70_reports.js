// What Python hears: where the reader came to rest, and which details of a long run are wanted.

const REST = 250; // ms without a change before the reader counts as at rest
const BATCH = 60; // ms between a report and a request: in one batch Streamlit would run only one of them
const PAUSE = 300; // ms between two requests for details
const PATIENCE = 3000; // ms until the same request is made again, should its answer be lost
const REPORTED = ["t", "unit", "order", "speed", "veil", "slow", "scale"];

/** Something changed; tell Python once the reader rests. */
function changed(stage) {
  clearTimeout(stage.restTimer);
  stage.restTimer = setTimeout(() => rest(stage), REST);
}

/** At rest: report what differs from what Python knows, ask for details, say it aloud. */
function rest(stage) {
  clearTimeout(stage.restTimer);
  if (!stage.alive || stage.scrubbing) return;
  if (stage.playing) return wantDetails(stage);
  retryLater(stage, BATCH);
  speak(stage);
  const news = {};
  for (const name of REPORTED) news[name] = stage[name];
  news.window = [Math.floor(stage.view[0]), Math.ceil(stage.view[1])];
  if (REPORTED.some((name) => stage.known[name] !== JSON.stringify(news[name]))) report(stage, news);
}

/**
 * Report everything in one message, so that Python runs once. The moment makes every report a
 * new one: else a reader who comes back to where an earlier report was made, after Python had
 * moved the stage, would report nothing new.
 */
function report(stage, news) {
  for (const name of REPORTED) stage.known[name] = JSON.stringify(news[name]);
  meeting.reported.set(stage.key, { news, applied: stage.applied });
  stage.setStateValue("report", { ...news, moment: Date.now() });
}

/** A polite voice: where we are, and the selected unit's numbers. */
function speak(stage) {
  const { scene, t, unit, parts, numbers } = stage;
  const token = tokenAt(scene, t);
  const values = scene.signals
    .filter((s) => s.name in numbers)
    .map((s) => `${s.title} ${written(numbers[s.name], 2)}`);
  const who = unit === MEAN ? "mean over units" : `unit ${unit}`;
  const where = `Timestep ${t} of ${scene.timesteps - 1}${token ? `, ${visible(token)}` : ""}${phaseText(stage).replace(" · ", ", ")}`;
  setText(parts.live, `${where}. ${who}: ${values.join(", ")}.`);
}

/** While playing the voice speaks at most every two seconds. */
function speakSometimes(stage) {
  const now = performance.now();
  if (!stage.playing || now - (stage.spoken ?? 0) < 2000) return;
  stage.spoken = now;
  const token = tokenAt(stage.scene, stage.t);
  setText(stage.parts.live, `Timestep ${stage.t}${token ? `, ${visible(token)}` : ""}`);
}

/** Ask for exact numbers around the cursor before they are needed, and for a finer view at rest. */
function wantDetails(stage) {
  const { scene, t, playing } = stage;
  if (scene.tiles[0].exact || !stage.ask) return;
  const reach = scene.detail_timesteps;
  const along = playing ? playing.along : 0;
  const ahead = Math.min(scene.timesteps - 1, Math.max(0, t + along * Math.min(Math.ceil(reach / 3), Math.ceil(3 * stage.speed))));
  const missing = !exactTile(scene, t) || !exactTile(scene, ahead);
  const finer = !playing && viewIsCoarse(stage);
  if (!missing && !finer) return;
  const back = along > 0 ? reach * 0.1 : along < 0 ? reach * 0.9 : reach / 2;
  const start = Math.max(0, Math.min(scene.timesteps - reach, Math.round(t - back)));
  const details = { id: scene.id, view: wantedView(stage), exact: [start, start + reach] };
  const text = JSON.stringify(details);
  const waited = performance.now() - (stage.asked?.when ?? -Infinity);
  if (waited < (stage.asked?.text === text ? PATIENCE : PAUSE)) return void (playing || retryLater(stage));
  stage.asked = { text, when: performance.now() };
  stage.ask(details);
}

function retryLater(stage, wait = 320) {
  clearTimeout(stage.retryTimer);
  stage.retryTimer = setTimeout(() => stage.alive && wantDetails(stage), wait);
}

/** Whether a pixel column stands for more timesteps than it must. */
function viewIsCoarse(stage) {
  const [start, stop] = stage.view;
  if (stop - start >= stage.scene.timesteps - 1e-6) return false;
  const middle = paintTile(stage.scene, Math.floor((start + stop) / 2));
  const whole = stage.scene.tiles.some((tile) => tile.start <= start && tile.stop >= stop && tile === middle);
  return !(whole && (middle.factor === 1 || (stop - start) / middle.factor > 500));
}

/** The view with a margin, in whole timesteps; the whole run needs no finer tile. */
function wantedView(stage) {
  const [start, stop] = stage.view;
  const margin = (stop - start) / 4;
  if (stop - start >= stage.scene.timesteps - 1e-6) return [Math.floor(stage.t), Math.floor(stage.t) + 1];
  return [Math.max(0, Math.floor(start - margin)), Math.min(stage.scene.timesteps, Math.ceil(stop + margin))];
}
