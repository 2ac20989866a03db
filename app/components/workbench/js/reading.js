// What the watched sequence reads: symbols, or lines of numbers.

import { element } from "../../shared/js/elements.js";
import { visible } from "../../shared/js/formatting.js";
import { pitchOf } from "./cells.js";
import { strokeLine } from "./plot.js";
import { makeRow } from "./row.js";

const STRIP = 26;
const NUMBERS = 34;
const LETTER = 9; // letters are drawn where a timestep is at least this wide

export function readRows({ run: { head } }) {
  if (head.read.kind === "symbols") {
    return [makeRow("strip", STRIP, [element("small", {}, "reads")], "The sequence that is read", paintTokens)];
  }
  return head.read.columns.map((name, k) =>
    makeRow("strip", NUMBERS, [element("small", {}, name)], `What is read: ${name}`, (pen, bench, box) => paintRead(pen, bench, box, k)),
  );
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
