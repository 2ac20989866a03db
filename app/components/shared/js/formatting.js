// How numbers and tokens are written on the page.

const DIGITS = 3;

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
