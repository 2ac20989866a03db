// How numbers stand in a sentence: rounded half up, a true minus, as many digits as add up.
// captions/digits.py says the same in Python, and the tests hold both to the same sentences.

const MOST_DIGITS = 7; // beyond that a number of float32 has no more to say
const LARGEST = 1e5; // from here on numbers are written as powers of ten
const FACTOR_DIGITS = 4; // how many digits a factor may have beyond those of its product
const MORE_DIGITS = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
]; // of a percentage and of what it is of
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
 * How many decimals numbers of this size need at least: 3 below 1, 1 from 100 on.
 *
 * @param {number[]} values
 */
export function leastDigits(values) {
  const size = Math.max(...values.map(Math.abs));
  return size >= 100 ? 1 : size >= 1 ? 2 : 3;
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
 * Two factors and their product, written with the fewest digits that multiply out.
 *
 * @param {number} first
 * @param {number} second
 * @param {number} digits
 */
export function factorTexts(first, second, digits) {
  const product = fixedText(first * second, digits);
  for (let more = digits; more <= digits + FACTOR_DIGITS; more += 1) {
    const [one, other] = [fixedText(first, more), fixedText(second, more)];
    if (fixedText(numberOf(one) * numberOf(other), digits) === product) {
      return [one, other, product];
    }
  }
  return [fixedText(first, digits), fixedText(second, digits), product];
}

/**
 * How many decimals a percentage has: one near 0 and 100 %, else none.
 *
 * @param {number} share
 */
export function percentDigits(share) {
  return share === 0 || share === 1 || (share >= 0.01 && share <= 0.99) ? 0 : 1;
}

/**
 * A percentage and what it is of, if few digits are enough to make the kept part; or null.
 *
 * @param {number} share
 * @param {number} whole
 * @param {number} digits
 */
export function keptOf(share, whole, digits) {
  const kept = fixedText(share * whole, digits);
  const least = percentDigits(share);
  for (const [moreShare, moreWhole] of MORE_DIGITS) {
    const percent = fixedText(100 * share, least + moreShare);
    const text = fixedText(whole, digits + moreWhole);
    if (fixedText((numberOf(percent) * numberOf(text)) / 100, digits) === kept) {
      return { percent, whole: text };
    }
  }
  return null;
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
