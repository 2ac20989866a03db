// The strip above the heatmaps: symbols with the predicted followers, or small lines of numbers.

const SYMBOL_WIDTH = 9; // letters are drawn where a timestep is at least this wide
const CONTEXT = 9; // otherwise this many symbols either side of now are spelled out

/**
 * The rows of the strip: {title, height, draw(context, box), now(t) -> text}. What was `read` is
 * the same for all stages of a group.
 */
function stripRows(scene) {
  const rows = scene.strip.kind === "symbols" ? symbolRows(scene) : numberRows(scene);
  return [...rows, ...extraRows(scene)];
}

function symbolRows(scene) {
  const [tokens, predicted] = scene.strip.titles;
  const rows = [{ title: tokens, read: true, height: 26, draw: drawTokens, now: () => "now" }];
  if (predicted) rows.push({ title: predicted, height: 22, draw: drawPredicted, now: (t) => predictedAt(scene, t) });
  return rows;
}

/** Visit the timesteps in sight with the middle and width of their columns. */
function eachColumn({ view, scene }, width, visit) {
  const pitch = width / (view[1] - view[0]);
  for (let t = Math.floor(view[0]); t < Math.min(view[1], scene.timesteps); t += 1) visit(t, (t + 0.5 - view[0]) * pitch, pitch);
}

function drawTokens(pen, stage, box) {
  const { scene, view, colours } = stage;
  const pitch = box.width / (view[1] - view[0]);
  if (pitch < SYMBOL_WIDTH) return; // the symbols around now are spelled out instead
  pen.font = `500 ${Math.min(17, Math.max(11, pitch * 0.75))}px ${stage.codeFont}`;
  pen.fillStyle = colours.ink;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  eachColumn(stage, box.width, (t, x, width) => {
    const token = visible(tokenAt(scene, t));
    pen.fillText(shortened(pen, token, width + 1), x, box.height / 2);
  });
}

/** A text cut to a width, with an ellipsis where something is missing. */
function shortened(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  const letters = [...text];
  while (letters.length && pen.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return letters.length ? `${letters.join("")}…` : "·";
}

function drawPredicted(pen, stage, box) {
  const { scene, view, colours } = stage;
  const pitch = box.width / (view[1] - view[0]);
  if (pitch < SYMBOL_WIDTH) return drawWrong(pen, stage, box);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  eachColumn(stage, box.width, (t, x, width) => {
    const tile = exactTile(scene, t);
    if (!tile) return;
    const verdict = verdictAt(tile, t);
    const text = predictedAt(scene, t);
    drawVerdict(pen, { text, verdict, x, width, height: box.height, colours, font: stage.codeFont });
  });
}

/** What the network expects after t, made visible; "" where it expects nothing. */
function predictedAt(scene, t) {
  const tile = exactTile(scene, t);
  return [...(tile?.strip.predicted?.[t - tile.start] ?? "")].map(visible).join("");
}

/** 1 right, 0 wrong, -1 unknown; they travel as 2, 1, 0. */
function verdictAt(tile, t) {
  return tile.strip.verdicts[t - tile.start] - 1;
}

/** Right is green; wrong is a filled box with a bar under it, so that colour is not alone. */
function drawVerdict(pen, { text, verdict, x, width, height, colours, font }) {
  const middle = height / 2;
  if (verdict === 0) {
    pen.fillStyle = colours.bad;
    pen.fillRect(x - width / 2 + 0.5, 2, width - 1, height - 4);
  }
  pen.fillStyle = verdict === 0 ? colours.page : verdict === 1 ? colours.good : colours.muted;
  for (const size of [12, 11, 10, 9]) {
    pen.font = `600 ${size}px ${font}`;
    if (pen.measureText(text).width <= width - 3) return pen.fillText(text, x, middle + 0.5);
  }
  pen.beginPath(); // no room for the letters: a dot, hollow where wrong
  pen.arc(x, middle, Math.min(3, width / 3), 0, 2 * Math.PI);
  pen.fill();
}

/** Where letters do not fit: a tick for every wrong prediction. */
function drawWrong(pen, stage, box) {
  const { scene, view, colours } = stage;
  pen.fillStyle = colours.bad;
  pixelColumns(scene, view, Math.round(box.width)).forEach(({ tile, from, to }, x) => {
    const wrong = tile.strip.wrong;
    for (let k = from; k < to; k += 1) {
      if (wrong[k]) {
        pen.fillRect(x, box.height / 2 - 4, 1, 8);
        return;
      }
    }
  });
}

const MOST_COLUMNS = 3; // of numbers that get a line of their own

function numberRows(scene) {
  const { columns, ranges, titles, unit } = scene.strip;
  const rows = columns.slice(0, MOST_COLUMNS).map((title, k) => ({
    title,
    read: true,
    more: k === MOST_COLUMNS - 1 ? Math.max(0, columns.length - MOST_COLUMNS) : 0,
    unit,
    height: 34,
    range: ranges.values[k],
    draw: (pen, stage, box) => drawLine(pen, stage, box, "values", k, ranges.values[k], "ink"),
    now: (t) => lineAt(scene, "values", k, t),
  }));
  const outcome = ["truth", "predicted"].filter((name) => ranges[name]);
  if (outcome.length) rows.push(outcomeRow(scene, outcome, ranges, titles, unit));
  return rows;
}

/** One chart for prediction against truth, on one range. */
function outcomeRow(scene, names, ranges, titles, unit) {
  const range = roomy([
    Math.min(...names.map((name) => ranges[name][0][0])),
    Math.max(...names.map((name) => ranges[name][0][1])),
  ]);
  const styles = { truth: "muted", predicted: "good" };
  return {
    title: names.map((name) => titles[name]).reverse().join(" and "),
    unit,
    key: names.map((name) => ({ text: titles[name], style: styles[name] })).reverse(),
    height: 48,
    range,
    draw: (pen, stage, box) => {
      for (const name of names) drawLine(pen, stage, box, name, 0, range, styles[name]);
    },
    now: (t) => lineAt(scene, names[names.length - 1], 0, t),
  };
}

/** A range that does not blow two almost equal numbers up to the whole height. */
function roomy([low, high]) {
  const middle = (low + high) / 2;
  const reach = Math.max((high - low) / 2, Math.abs(middle) / 2);
  return [middle - reach, middle + reach];
}

function lineAt(scene, name, column, t) {
  const tile = exactTile(scene, t);
  const line = tile?.strip[name];
  if (!line) return "…";
  const value = line.low[(t - tile.start) * line.width + column];
  return Number.isNaN(value) ? "–" : written(value);
}

/** A line through the middle of each column; where a column is many timesteps, their range. */
function drawLine(pen, stage, box, name, column, [low, high], style) {
  const { view, colours } = stage;
  const span = high - low || 1;
  const y = (value) => box.height - 4 - ((value - low) / span) * (box.height - 8);
  const alone = [];
  pen.strokeStyle = colours[style];
  pen.fillStyle = colours[style];
  pen.lineWidth = 1.4;
  pen.beginPath();
  let drawing = false;
  const pitch = box.width / (view[1] - view[0]);
  const visit = (x, least, most) => {
    if (Number.isNaN(least)) return void (drawing = false);
    if (!drawing) alone.push({ x, value: most, length: 0 });
    alone[alone.length - 1].length += 1;
    if (drawing) pen.lineTo(x, y(most));
    else pen.moveTo(x, y(most));
    if (most !== least) pen.lineTo(x, y(least));
    if (pitch > 12) pen.rect(x - 0.8, y(most) - 0.8, 1.6, 1.6);
    pen.moveTo(x, y(least));
    drawing = true;
  };
  walkLine(stage, box.width, name, column, visit);
  pen.stroke();
  for (const { x, value, length } of alone) if (length === 1) markAlone(pen, x, y(value), name, value, box);
}

/** A number with none beside it (an answer at the end) is a dot: truth a ring, with its value. */
function markAlone(pen, x, y, name, value, box) {
  const at = Math.min(box.width - 7, Math.max(7, x));
  pen.lineWidth = 2;
  pen.beginPath();
  pen.arc(at, y, name === "truth" ? 6 : 3.2, 0, 2 * Math.PI);
  name === "truth" ? pen.stroke() : pen.fill();
  pen.font = "600 11px sans-serif";
  pen.textBaseline = "middle";
  pen.textAlign = at > box.width / 2 ? "right" : "left";
  const beside = at > box.width / 2 ? at - 12 : at + 12;
  pen.fillText(`${name} ${written(value)}`, beside, Math.min(box.height - 7, Math.max(7, y + (name === "truth" ? 8 : -8))));
}

function walkLine({ scene, view }, width, name, column, visit) {
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

/** The symbols around now, spelled out where the strip has no room for letters. */
function contextAround(scene, t) {
  const tokens = [];
  for (let k = t - CONTEXT; k <= t + CONTEXT; k += 1) {
    const inside = k >= 0 && k < scene.timesteps;
    tokens.push(inside ? visible(tokenAt(scene, k)).slice(0, 12) || " " : " ");
  }
  return { before: tokens.slice(0, CONTEXT), now: tokens[CONTEXT], after: tokens.slice(CONTEXT + 1) };
}
