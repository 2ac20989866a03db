// What a case holds: a sentence that fails says what was there and what was expected.

/**
 * Two values are the same: numbers (NaN is itself), texts, lists of any kind, plain records.
 *
 * @param {unknown} actual
 * @param {unknown} expected
 */
export function equal(actual, expected) {
  const [is, should] = [spelled(actual), spelled(expected)];
  if (is !== should) throw new Error(`is ${is}: expected ${should}`);
}

/**
 * Something holds.
 *
 * @param {unknown} condition
 * @param {string} sentence
 */
export function holds(condition, sentence) {
  if (!condition) throw new Error(`does not hold: ${sentence}`);
}

/**
 * A number is near another.
 *
 * @param {number} actual
 * @param {number} expected
 * @param {number} [tolerance]
 */
export function near(actual, expected, tolerance = 1e-6) {
  if (!(Math.abs(actual - expected) <= tolerance)) {
    throw new Error(`is ${actual}: expected ${expected} within ${tolerance}`);
  }
}

/**
 * Numbers in [0, 1) that look random and are the same every time.
 *
 * @param {number} count
 * @param {number} [seed]
 */
export function random(count, seed = 1) {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}

/**
 * Something in the place of a larger value of which a case needs only some fields.
 *
 * @param {unknown} value
 * @returns {any}
 */
export function standIn(value) {
  return value;
}

/**
 * @param {unknown} value
 */
function spelled(value) {
  return JSON.stringify(value, (_, inner) => {
    if (ArrayBuffer.isView(inner)) return Array.from(/** @type {Uint8Array} */ (inner));
    if (inner instanceof Map) return [...inner];
    return typeof inner === "number" && !Number.isFinite(inner) ? String(inner) : inner;
  });
}
