// The forms that curves are drawn with: rules, labels, bands, lines, ticks.

export const LABEL_AT = 14; // beside the playhead where it stands at the beginning

/** A rule for every power of ten; return what labels them, once the lines are there. */
export function paintDecades(pen, bench, low, high, y, width) {
  const every = Math.ceil((high - low) / 5);
  const labels = [];
  let free = -Infinity; // where the last label stands
  for (let power = high; power >= low; power -= every) {
    const at = y(10 ** power);
    pen.fillStyle = bench.colours.line;
    pen.fillRect(0, Math.round(at), width, 1);
    const label = power - every < low ? at - 7 : at + 7;
    if (label - free < 12) continue;
    labels.push([powerText(power), label]);
    free = label;
  }
  return () => labels.forEach(([text, at]) => writeOver(pen, bench, text, at));
}

/** A number of an axis: it can be read where a line passes behind it. */
export function writeOver(pen, bench, text, y) {
  pen.font = `11px ${bench.font}`;
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  pen.lineJoin = "round";
  pen.lineWidth = 4;
  pen.strokeStyle = bench.colours.panel;
  pen.fillStyle = bench.colours.muted;
  pen.strokeText(text, LABEL_AT, y);
  pen.fillText(text, LABEL_AT, y);
}

/** 0.01 where that is short, else 10⁻⁶. */
function powerText(power) {
  if (power >= -3 && power <= 3) return String(Number((10 ** power).toFixed(3)));
  return `10${[...String(power)].map((c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c] ?? "⁻").join("")}`;
}

/** A sentence in lines that are no wider than this, where its words allow it. */
export function wrapped(pen, text, width) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

export function paintBand(pen, xs, low, high, y) {
  pen.beginPath();
  xs.forEach((x, k) => high[k] > 0 && pen.lineTo(x, y(high[k])));
  for (let k = xs.length - 1; k >= 0; k -= 1) if (low[k] > 0) pen.lineTo(xs[k], y(low[k]));
  pen.fill();
}

/** A line through the positive finite numbers; a lone one is a dot. */
export function strokeLine(pen, xs, values, y, colour, width) {
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = width;
  pen.lineJoin = "round";
  pen.beginPath();
  let shown = 0;
  for (let k = 0; k < xs.length; k += 1) {
    if (!Number.isFinite(y(values[k]))) continue;
    pen.lineTo(xs[k], y(values[k]));
    shown += 1;
  }
  pen.stroke();
  if (shown < 12) for (let k = 0; k < xs.length; k += 1) if (Number.isFinite(y(values[k]))) dot(pen, xs[k], y(values[k]), 2.2);
}

export function dot(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}

export function paintTicks(pen, bench, ticks, toX, colours) {
  pen.font = `11px ${bench.font}`;
  pen.fillStyle = colours.muted;
  pen.textBaseline = "top";
  pen.textAlign = "center";
  for (const tick of ticks) {
    const text = tick.toLocaleString("en");
    const half = pen.measureText(text).width / 2;
    pen.fillRect(toX(tick) - 0.5, 0, 1, 4);
    pen.fillText(text, Math.min(bench.widths.plot - half, Math.max(half, toX(tick))), 7);
  }
}
