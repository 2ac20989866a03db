// A table of values as CSV, letter by letter as pandas writes it in Python.

import { element } from "../../shared/js/elements.js";
import { saveFile } from "../../shared/js/picture/file.js";
import { valueRows } from "./values.js";

/** @import { Stage } from "../../stage/js/types.d.ts" */
/** @import { ValueContent } from "./types.d.ts" */

/**
 * The button that hands out the table as it is when it is pressed.
 *
 * @param {ValueContent & { label: string, stem: string }} given
 * @param {() => Stage} stageNow
 */
export function fileButton(given, stageNow) {
  const button = element("button", { type: "button", class: "take-table" }, given.label);
  button.addEventListener("click", () => {
    const { name, text } = tableFile(given, stageNow());
    saveFile(new Blob([text], { type: "text/csv" }), `${given.stem}-${name}.csv`);
  });
  return button;
}

/**
 * What the file is called, behind the network's name, and what is in it.
 *
 * @param {ValueContent} given
 * @param {Stage} stage
 */
export function tableFile(given, stage) {
  const { kind, name, count, texts, textsOf, numbersOf } = valueRows(given, stage);
  const head = [given.index[kind], ...texts, ...given.columns].map(({ title }) => inField(title));
  const rows = Array.from({ length: count }, (_, k) =>
    [String(k), ...textsOf(k).map(inField), ...numbersOf(k).map(floatText)].join(","),
  );
  return { name, text: [head.join(","), ...rows, ""].join("\n") };
}

/**
 * A text as a field, in quotation marks where it must be.
 *
 * @param {string} text
 */
function inField(text) {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A number of 32 bits as NumPy writes it: the fewest digits that are this number's and no other's.
 * NaN is nothing.
 *
 * @param {number} value
 */
export function floatText(value) {
  if (Number.isNaN(value)) return "";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const size = Math.abs(value);
  if (size === Infinity) return `${sign}inf`;
  const digits = fewestDigits(size);
  if (size === 0 || (size >= 1e-4 && size < 1e6)) {
    const text = String(Number(digits));
    return sign + text + (text.includes(".") ? "" : ".0");
  }
  const [mantissa, power] = digits.split("e");
  return `${sign}${mantissa}e${power[0]}${power.slice(1).padStart(2, "0")}`;
}

/**
 * The shortest text d.ddde±d that reads as this number of 32 bits, and the nearest of these.
 *
 * @param {number} size
 */
function fewestDigits(size) {
  for (let places = 0; ; places += 1) {
    const [mantissa, power] = nearestDigits(size, places);
    const above = (Number(mantissa) + 10 ** -places).toFixed(places); // of a power of two
    for (const text of [`${mantissa}e${power}`, `${above}e${power}`]) {
      if (Math.fround(Number(text)) === size) return text;
    }
  }
}

/**
 * A number with so many places behind the point, as mantissa and power; a half goes to the even
 * digit.
 *
 * @param {number} size
 * @param {number} places
 */
function nearestDigits(size, places) {
  const [mantissa, power] = size.toExponential(places).split("e");
  const finer = size.toExponential(places + 1);
  const isHalf = Number(finer) === size && finer.split("e")[0].endsWith("5");
  const last = Number(mantissa.at(-1));
  const isEven = last % 2 === 0;
  return [isHalf && !isEven ? `${mantissa.slice(0, -1)}${last - 1}` : mantissa, power];
}
