// How numbers stand in a sentence: rounded half up, a true minus, as many digits as add up.
// captions/digits.py says the same in Python, and the tests hold both to the same sentences.

const MOST_DIGITS = 7; // beyond that a number of float32 has no more to say
const LARGEST = 1e5; // from here on numbers are written as powers of ten
const MORE_DIGITS = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
  [2, 1],
  [2, 2],
  [3, 3],
  [4, 4],
]; // how many decimals two factors may have beyond those of their product; the fewest come first
const EXACT = 1e-5; // a number that is this near to a shorter one is written as that

/**
 * A number with so many decimals: -0.126 with two is "−0.13"; never "−0.00".
 *
 * @param {number} value
 * @param {number} digits
 */
export function fixedText(value, digits) {
  const size = Math.abs(value);
  const text = size >= LARGEST ? size.toExponential(2) : size.toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/**
 * The number that `fixedText` wrote.
 *
 * @param {string} text
 */
export function numberOf(text) {
  return Number(text.replace("−", "-"));
}

/**
 * A number as it stands behind a sign: a negative one in brackets.
 *
 * @param {string} text
 */
export function inBrackets(text) {
  return text.startsWith("−") ? `(${text})` : text;
}

/**
 * How many decimals numbers of this size have on the page: 3, from 100 on 2 or 1.
 *
 * @param {number[]} values
 */
export function leastDigits(values) {
  const size = Math.max(...values.map(Math.abs));
  return size >= 1000 ? 1 : size >= 100 ? 2 : 3;
}

/**
 * The fewest decimals, at least `least`, with which the rounded terms add up; null for none.
 *
 * @param {number[]} terms
 * @param {number} total
 * @param {number} least
 */
export function digitsOfSum(terms, total, least) {
  for (let digits = least; digits <= MOST_DIGITS; digits += 1) {
    const rounded = (/** @type {number} */ value) =>
      Math.round(numberOf(fixedText(value, digits)) * 10 ** digits);
    if (terms.reduce((sum, term) => sum + rounded(term), 0) === rounded(total)) return digits;
  }
  return null;
}

/**
 * Two factors as they are written, and whether they make their written product: it has `digits`
 * decimals, and they as few as it takes to multiply out.
 *
 * @param {number} first
 * @param {number} second
 * @param {number} digits
 */
export function factorTexts(first, second, digits) {
  const product = fixedText(first * second, digits);
  for (const [moreFirst, moreSecond] of MORE_DIGITS) {
    const one = fixedText(first, digits + moreFirst);
    const other = fixedText(second, digits + moreSecond);
    if (fixedText(numberOf(one) * numberOf(other), digits) === product) {
      return { one, other, multiplies: true };
    }
  }
  return { one: fixedText(first, digits), other: fixedText(second, digits), multiplies: false };
}

/**
 * A written share in percent, without its sign: "0.989" is "98.9", "1.000" is "100".
 *
 * @param {string} share
 */
export function percentage(share) {
  const value = numberOf(share);
  const [, decimals = ""] = share.split(".");
  const whole = value === 0 || value === 1;
  return fixedText(100 * value, whole ? 0 : Math.max(decimals.length - 2, 0));
}

/**
 * A number that stands for itself, without decimals that say nothing: 11, 20.6.
 *
 * @param {number} value
 */
export function plainText(value) {
  const least = leastDigits([value]);
  for (let digits = 0; digits < least; digits += 1) {
    const text = fixedText(value, digits);
    if (Math.abs(numberOf(text) - value) <= EXACT) return text;
  }
  return fixedText(value, least);
}
