// How the page's own figures write numbers: words/formatting.py says the same in Python, and the
// tests hold both to the same texts.

/**
 * A number with three decimals, from 100 on with one, and a true minus; powers of ten beyond reach.
 *
 * @param {number} value
 */
export function pageNumber(value) {
  const size = Math.abs(value);
  const beyond = (size > 0 && size < 0.0005) || size >= 1e6;
  return (value < 0 ? "−" : "") + (beyond ? powerText(size) : grouped(size, size < 100 ? 3 : 1));
}

/**
 * A probability in percent; what is not quite 0 or 1 never reads as if it were.
 *
 * @param {number} share
 */
export function percentText(share) {
  if (share > 0 && share < 0.001) return "< 0.1 %";
  if (share > 0.999 && share < 1) return "> 99.9 %";
  return `${evenText(100 * share, 1)} %`;
}

/**
 * A size as Python's format writes it: a half goes to the even neighbour.
 *
 * @param {number} size
 * @param {number} digits
 */
export function evenText(size, digits) {
  const scale = 10 ** digits;
  const isHalf = Number.isInteger(size * 2 ** (digits + 1)) && (size * 2 * scale) % 2 === 1;
  if (!isHalf) return size.toFixed(digits);
  const below = Math.floor(size * scale);
  return ((below + (below % 2)) / scale).toFixed(digits);
}

/**
 * A size with a comma before every three digits.
 *
 * @param {number} size
 * @param {number} digits
 */
function grouped(size, digits) {
  return evenText(size, digits).replace(/\B(?=(\d{3})+(?!\d)(?=\.|$))/g, ",");
}

/**
 * A size as a power of ten: 1.2e−05.
 *
 * @param {number} size
 */
function powerText(size) {
  const [digits, power] = size.toExponential(1).split("e");
  const exponent = power.slice(1).padStart(2, "0");
  return `${digits}e${power.startsWith("-") ? "−" : "+"}${exponent}`;
}
