// One sequence, the same at every checkpoint: what was read, every signal, what is predicted, and
// how far the error travels back. All on one axis of timesteps.

const STRIP = 26;
const NUMBERS = 34;
const ANSWER = 64;
const GRADIENT = 84;
const LETTER = 9; // letters are drawn where a timestep is at least this wide

/** Build the rows for a run; painting them is paintWatched's. */
function buildWatched(bench) {
  const { head } = bench.run;
  bench.heading = element("h4", {});
  bench.rows = [...readRows(bench), ...head.signals.map((signal) => signalRow(bench, signal)), answerRow(bench), gradientRow(bench), axisRow()];
  bench.parts.watched.replaceChildren(bench.heading, element("p", { class: "note" }, head.note), ...bench.rows.map((row) => row.node));
}

function heatmapHeight(rows, target) {
  return rows * Math.max(2, Math.round(target / rows));
}

function readRows({ run: { head } }) {
  if (head.read.kind === "symbols") {
    return [makeRow("strip", STRIP, [element("small", {}, "reads")], "The sequence that is read", paintTokens)];
  }
  return head.read.columns.map((name, k) =>
    makeRow("strip", NUMBERS, [element("small", {}, name)], `What is read: ${name}`, (pen, bench, box) => paintRead(pen, bench, box, k)),
  );
}

function makeRow(kind, height, label, described, paint, extra = {}) {
  const canvas = picture(kind, described);
  const now = element("div", { class: "now" });
  return { kind, height, canvas, now, paint, node: benchRow(kind, label, canvas, now), ...extra };
}

function signalRow(bench, signal) {
  const { head } = bench.run;
  const label = [
    element("b", { style: `color: var(--signal-${signal.name})` }, signal.title),
    element("small", { class: "meaning" }, signal.meaning),
    element("small", { class: "range" }),
  ];
  const described = `${signal.title}: ${signal.meaning}; ${head.units.length} units over ${head.timesteps} timesteps`;
  const height = heatmapHeight(head.units.length, signal.memory ? 112 : 56);
  return makeRow("heatmap", height, label, described, paintSignal, {
    signal,
    range: label[2],
    scratch: document.createElement("canvas"),
    tip: (t, share) => signalTip(bench, signal, t, share),
  });
}

function axisRow() {
  return { ...makeRow("axis", HEIGHTS.axis, [element("small", {}, "timestep")], "", paintTimesteps), silent: true };
}

// ---- what was read -----------------------------------------------------------------------------

function pitchOf(bench) {
  return bench.widths.plot / bench.run.head.timesteps;
}

function paintTokens(pen, bench, box) {
  const pitch = pitchOf(bench);
  const { tokens } = bench.run.head.read;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = bench.colours.ink;
  pen.font = `500 ${Math.min(16, Math.max(10, pitch * 0.8))}px ${bench.codeFont}`;
  tokens.forEach((token, t) => {
    const room = pitch >= LETTER - 1.5;
    if (!room && !bench.run.head.read.rare.includes(token)) return;
    const text = room ? shortText(pen, visible(token), pitch + 1) : visible(token);
    const half = pen.measureText(text).width / 2;
    pen.fillText(text, Math.min(box.width - half, Math.max(half, (t + 0.5) * pitch)), box.height / 2);
  });
}

function shortText(pen, text, width) {
  return pen.measureText(text).width <= width || text.length < 2 ? text : `${[...text][0]}…`;
}

function paintRead(pen, bench, box, k) {
  const { read, columns } = bench.run.head;
  const [low, high] = read.ranges[k];
  const y = (value) => box.height - 4 - ((value - low) / (high - low || 1)) * (box.height - 8);
  const xs = Array.from({ length: columns }, (_, c) => (c + 0.5) * (box.width / columns));
  strokeLine(pen, xs, xs.map((_, c) => read.values[c * read.columns.length + k]), y, bench.colours.ink, 1.2);
}

// ---- signals -----------------------------------------------------------------------------------

/** The signal with the range that belongs to the whole run. */
function rangedSignal(run, signal) {
  if (!signal.unbounded) return signal;
  const reach = run.reach[signal.name] ?? 1;
  return { ...signal, low: -reach, high: reach, typical: Math.max(reach / 10, 0.05) };
}

function paintSignal(pen, bench, box, row) {
  const { run, snapshot } = bench;
  const { signal } = row;
  const ranged = rangedSignal(run, signal);
  const level = levelReader(ranged);
  const plane = snapshot.planes[signal.name];
  paintCells(pen, row.scratch, box, run.head.columns, run.head.units.length, (column, unit) =>
    bench.tables[signal.name][level(plane[column * run.head.units.length + unit])],
  );
  paintHairlines(pen, bench, box, run.head.units.length);
  setText(row.range, `${written(ranged.low, signal.unbounded ? 2 : 0)} to ${written(ranged.high, signal.unbounded ? 2 : 0)}${signal.unbounded ? ", asinh" : ""}`);
}

/** Codes of a bounded signal are its levels; numbers of an unbounded one are bent by asinh. */
function levelReader(signal) {
  if (!signal.unbounded) return (code) => code;
  const position = positionOf(signal, "asinh");
  return (value) => toLevel(position(value, 0));
}

/** One pixel per cell, blown up without smoothing. */
function paintCells(pen, scratch, box, columns, rows, colour) {
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

function paintHairlines(pen, bench, box, rows) {
  const pitch = pitchOf(bench);
  pen.globalAlpha = 0.5;
  pen.fillStyle = bench.colours.panel;
  if (pitch >= 7) for (let t = 1; t < bench.run.head.timesteps; t += 1) pen.fillRect(t * pitch - 0.5, 0, 1, box.height);
  const high = box.height / rows;
  if (pitch >= 7 && high >= 9) for (let row = 1; row < rows; row += 1) pen.fillRect(0, row * high - 0.5, box.width, 1);
  pen.globalAlpha = 1;
}

function signalTip({ run, snapshot }, signal, t, share) {
  const place = Math.min(run.head.units.length - 1, Math.floor(share * run.head.units.length));
  const code = snapshot.planes[signal.name][Math.floor(t / run.head.factor) * run.head.units.length + place];
  const value = signal.unbounded ? code : signal.low + (code / 255) * (signal.high - signal.low);
  return [`${signal.title}, unit ${run.head.units[place]}`, `${signal.symbol} ≈ ${written(value, 2)}`];
}

// ---- what is predicted, against the truth --------------------------------------------------------

function answerRow(bench) {
  const { asked } = bench.run.head;
  const label = [element("b", {}, asked.title), element("small", {}, asked.legend)];
  if (asked.kind === "numbers") {
    return makeRow("strip answer", ANSWER, label, `${asked.title}: prediction and truth`, paintNumbers, { tip: numbersTip });
  }
  const tall = asked.labels.length <= 10 ? 17 : asked.labels.length <= 24 ? 11 : 4;
  return makeRow("heatmap answer", tall * asked.labels.length, label, `${asked.title}: probability of each of ${asked.labels.length} labels, truth outlined`, paintLabels, {
    scratch: document.createElement("canvas"),
    tip: labelsTip,
  });
}

function paintLabels(pen, bench, box, row) {
  const { asked, columns } = bench.run.head;
  const { predictions } = bench.snapshot.planes;
  const count = asked.labels.length;
  paintCells(pen, row.scratch, box, columns, count, (column, label) => bench.tables.prediction[predictions[column * count + label]]);
  const [pitch, high] = [box.width / columns, box.height / count];
  pen.strokeStyle = bench.colours.ink;
  pen.lineWidth = high < 8 ? 0.6 : 1.5;
  for (let column = 0; column < columns; column += 1) {
    for (let label = 0; label < count; label += 1) {
      if (!asked.truth[column * count + label]) continue;
      const width = Math.max(4, pitch - 1.5);
      const x = Math.min(box.width - width - 0.75, Math.max(0.75, (column + 0.5) * pitch - width / 2));
      pen.strokeRect(x, label * high + 0.75, width, high - 1.5);
    }
  }
  labelNames(bench, row);
}

/** At the right: the labels, each with its probability where the sequence is asked only once. */
function labelNames({ run: { head }, snapshot }, row) {
  const { labels, once, truth } = head.asked;
  if (labels.length > 24) return;
  row.now.classList.add("names");
  row.now.style.height = `${row.height}px`;
  const first = Math.floor(once / head.factor) * labels.length; // where the one answer begins
  const isTrue = labels.map((_, k) => once >= 0 && truth[first + k]);
  const lines = labels.map((label, k) => {
    if (once < 0) return visible(label);
    const share = (snapshot.planes.predictions[first + k] / 255).toFixed(2);
    return `${visible(label)} ${share}${isTrue[k] ? " ✓" : ""}`;
  });
  setLines(row.now, lines, isTrue.map((yes) => (yes ? "true" : "")));
}

function labelsTip({ run: { head }, snapshot }, t, share) {
  const count = head.asked.labels.length;
  const label = Math.min(count - 1, Math.floor(share * count));
  const at = Math.floor(t / head.factor) * count + label;
  return [`${visible(head.asked.labels[label])}${head.asked.truth[at] ? " (true)" : ""}`, `p ≈ ${(snapshot.planes.predictions[at] / 255).toFixed(2)}`];
}

function paintNumbers(pen, bench, box, row) {
  const { head } = bench.run;
  const [low, high] = numberRange(bench.run);
  const y = (value) => 8 + ((high - value) / (high - low)) * (box.height - 16);
  const xs = Array.from({ length: head.columns }, (_, k) => (k + 0.5) * (box.width / head.columns));
  const { predictions } = bench.snapshot.planes;
  strokeLine(pen, xs, predictions, y, bench.colours.good, 1.4);
  pen.strokeStyle = bench.colours.ink;
  pen.lineWidth = 1.5;
  if (head.asked.once < 0) return strokeLine(pen, xs, head.asked.truth, y, bench.colours.muted, 1.2);
  const at = Math.floor(head.asked.once / head.factor);
  const x = Math.min(box.width - 7, xs[at]);
  pen.beginPath();
  pen.arc(x, y(head.asked.truth[at]), 5.5, 0, 2 * Math.PI);
  pen.stroke();
  pen.fillStyle = bench.colours.good;
  dot(pen, x, y(predictions[at]), 3);
  setLines(row.now, [`says ${written(predictions[at], 3)}`, `truth ${written(head.asked.truth[at], 3)}`], ["key-success", ""]);
}

/** Room for every truth, and for every prediction of the run, within reason. */
function numberRange(run) {
  const known = grown(null, run.head.asked.truth, Number.isFinite) ?? [0, 1];
  const spread = Math.max(known[1] - known[0], 1);
  const [low, high] = run.numbers ?? known;
  return [Math.max(Math.min(low, known[0]), known[0] - spread), Math.min(Math.max(high, known[1]), known[1] + spread)];
}

function numbersTip({ run: { head }, snapshot }, t) {
  const at = Math.floor(t / head.factor);
  const truth = head.asked.truth[at];
  return [`${head.asked.title} ${written(snapshot.planes.predictions[at], 3)}`, Number.isFinite(truth) ? `truth ${written(truth, 3)}` : ""];
}

// ---- how far the error travels back --------------------------------------------------------------

function gradientRow(bench) {
  const label = [element("b", {}, "Gradient norm"), element("small", {}, "‖∂L/∂h‖ at each timestep"), element("small", { class: "range" })];
  return makeRow("strip gradient", GRADIENT, label, "Norm of the gradient that reaches each timestep, on a logarithmic axis", paintGradient, {
    tip: ({ run: { head }, snapshot }, t) => ["‖∂L/∂h‖", short(snapshot.planes.gradient[Math.floor(t / head.factor)])],
  });
}

function paintGradient(pen, bench, box) {
  const { run, snapshot, colours } = bench;
  const [least, most] = run.gradients ?? [1e-3, 1];
  const high = Math.ceil(Math.log10(most));
  const low = Math.max(Math.min(Math.floor(Math.log10(least)), high - 1), high - 16);
  const y = (value) => 6 + ((high - Math.log10(value)) / (high - low)) * (box.height - 12);
  const label = paintDecades(pen, bench, low, high, y, box.width);
  const values = Array.from(snapshot.planes.gradient, (value) => (value >= 10 ** low ? value : NaN));
  const xs = values.map((_, k) => (k + 0.5) * (box.width / values.length));
  strokeLine(pen, xs, values, y, colours.signals.gradient.line, 1.8);
  label();
}

function paintTimesteps(pen, bench) {
  const toX = (t) => (t + 0.5) * pitchOf(bench);
  paintTicks(pen, bench, axisTicks([0, bench.run.head.timesteps], bench.widths.plot, 64), toX, bench.colours);
}

// ---- all of it -----------------------------------------------------------------------------------

function paintWatched(bench) {
  const { run, widths } = bench;
  const at = nearest(run.held.keys(), shownUpdate(bench));
  if (at === undefined) return;
  bench.snapshot = run.held.get(at);
  bench.parts.root.dataset.shown = at;
  setText(bench.heading, run.head.heading.replace("{update}", at.toLocaleString("en")));
  for (const row of bench.rows) {
    const box = { width: widths.plot, height: row.height };
    const pen = fitCanvas(row.canvas, box.width, box.height);
    pen.clearRect(0, 0, box.width, box.height);
    row.paint(pen, bench, box, row);
  }
}

/** Say what lies under the pointer; x and y are within the row's own canvas. */
function showTip(bench, row, event) {
  const { tooltip, root } = bench.parts;
  const box = row.canvas.getBoundingClientRect();
  const t = Math.min(bench.run.head.timesteps - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * bench.run.head.timesteps)));
  const token = bench.run.head.read.kind === "symbols" ? ` · “${visible(bench.run.head.read.tokens[t])}”` : "";
  const lines = [...(row.tip?.(bench, t, (event.clientY - box.top) / box.height) ?? []), `timestep ${t}${token}`];
  tooltip.replaceChildren(...lines.filter(Boolean).map((line) => element("div", {}, line)));
  tooltip.hidden = false;
  const frame = root.getBoundingClientRect();
  const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
  const left = x + 16 + tooltip.offsetWidth > frame.width ? x - tooltip.offsetWidth - 12 : x + 16;
  tooltip.style.transform = `translate(${Math.max(0, left)}px, ${y + 14}px)`;
}
