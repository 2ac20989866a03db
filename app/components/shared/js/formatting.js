// How numbers and tokens are written on the page.

export const DIGITS = 3;

/**
 * A number as the page writes it: a real minus, no minus zero, powers of ten beyond reach.
 *
 * @param {number} value
 * @param {number} [digits]
 */
export function written(value, digits = DIGITS) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "…" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size >= 1e5) return value.toExponential(2).replace("-", "−");
  const places = size >= 1000 ? Math.min(digits, 1) : size >= 100 ? Math.min(digits, 2) : digits;
  const text = size.toFixed(places);
  return (value < 0 && Number(text) !== 0 ? "−" : "") + text;
}

/**
 * A factor in a product: negative numbers in brackets.
 *
 * @param {number} value
 * @param {number} [digits]
 */
export function factor(value, digits = DIGITS) {
  const text = written(value, digits);
  return text.startsWith("−") ? `(${text})` : text;
}

/**
 * How many digits it takes until the rounded numbers add up before the reader's eyes; or null.
 *
 * @param {number[]} terms
 * @param {number} sum
 */
export function digitsThatAddUp(terms, sum) {
  for (let digits = DIGITS; digits <= 6; digits += 1) {
    const round = (/** @type {number} */ value) =>
      Math.round(Number(value.toFixed(digits)) * 10 ** digits);
    if (terms.reduce((total, term) => total + round(term), 0) === round(sum)) return digits;
  }
  return null;
}

const STAND_INS = new Map([
  ["", "∅"],
  [" ", "␣"],
  ["\n", "↵"],
  ["\t", "⇥"],
  ["\r", "␍"],
  ["\u00a0", "⍽"],
]);

/**
 * A token that can be seen: white space gets a stand-in. Text only; never markup.
 *
 * @param {string} token
 */
export function visible(token) {
  const whole = STAND_INS.get(token);
  if (whole) return whole;
  return token.replace(/[\n\t\r]/g, (c) => STAND_INS.get(c) ?? c).replace(/\p{Cc}|\p{Cf}/gu, "�");
}
