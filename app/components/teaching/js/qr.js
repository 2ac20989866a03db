// A QR code of a text (ISO/IEC 18004): bytes, error correction of level M, all 40 sizes.

const LARGEST = 40; // version
const LEVEL_BITS = 0; // how a code says that its level is M
const MASKS = 8;
// of each version, in level M: codewords of error correction in a block, and blocks
const CORRECTION = [
  ...[10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26],
  ...[26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28],
];
const BLOCKS = [
  ...[1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16],
  ...[17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49],
];

/** @typedef {{ size: number, dark: boolean[][], fixed: boolean[][] }} Grid */

/**
 * The modules of the code, rows from top to bottom, true for dark; null where the text is too long.
 * `mask` is that whose pattern is the most even, unless it is given.
 *
 * @param {string} text
 * @param {number} [mask]
 * @returns {boolean[][] | null}
 */
export function qrCode(text, mask) {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length);
  if (!version) return null;
  const codewords = withCorrection(dataCodewords(bytes, version), version);
  const masks = mask === undefined ? [...Array(MASKS).keys()] : [mask];
  const drawn = masks.map((k) => drawCode(codewords, version, k));
  const penalties = drawn.map(penaltyOf);
  return drawn[penalties.indexOf(Math.min(...penalties))];
}

/**
 * The smallest version that holds so many bytes; 0 where none does.
 *
 * @param {number} length
 */
function versionFor(length) {
  for (let version = 1; version <= LARGEST; version += 1) {
    if (4 + lengthBits(version) + 8 * length <= 8 * dataSize(version)) return version;
  }
  return 0;
}

/** @param {number} version */
function lengthBits(version) {
  return version < 10 ? 8 : 16;
}

/**
 * How many codewords a version has in all.
 *
 * @param {number} version
 */
function codewordsIn(version) {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const aligned = Math.floor(version / 7) + 2;
    modules -= (25 * aligned - 10) * aligned - 55;
  }
  if (version >= 7) modules -= 36;
  return Math.floor(modules / 8);
}

/**
 * How many of them are data.
 *
 * @param {number} version
 */
function dataSize(version) {
  return codewordsIn(version) - CORRECTION[version - 1] * BLOCKS[version - 1];
}

/**
 * Mode, length and bytes, filled up to the size of the version.
 *
 * @param {Uint8Array} bytes
 * @param {number} version
 */
function dataCodewords(bytes, version) {
  /** @type {number[]} */
  const bits = [];
  const put = (/** @type {number} */ value, /** @type {number} */ count) => {
    for (let k = count - 1; k >= 0; k -= 1) bits.push((value >>> k) & 1);
  };
  const size = dataSize(version);
  put(0b0100, 4); // the mode of bytes
  put(bytes.length, lengthBits(version));
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, 8 * size - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < 8 * size; pad ^= 0xec ^ 0x11) put(pad, 8);
  return Array.from({ length: size }, (_, k) =>
    bits.slice(8 * k, 8 * k + 8).reduce((byte, bit) => 2 * byte + bit, 0),
  );
}

/**
 * Data and correction of all blocks, one codeword of each after the other.
 *
 * @param {number[]} data
 * @param {number} version
 */
function withCorrection(data, version) {
  const [count, correction] = [BLOCKS[version - 1], CORRECTION[version - 1]];
  const long = codewordsIn(version) % count; // blocks at the end that have one more
  const short = Math.floor(codewordsIn(version) / count) - correction;
  const divisor = generator(correction);
  /** @type {{ block: number[], rest: number[] }[]} */
  const blocks = [];
  for (let k = 0, start = 0; k < count; k += 1) {
    const length = short + (k < count - long ? 0 : 1);
    const block = data.slice(start, start + length);
    blocks.push({ block, rest: remainder(block, divisor) });
    start += length;
  }
  const longest = Array.from({ length: short + 1 }, (_, k) => k);
  const spread = longest.flatMap((k) => blocks.flatMap(({ block }) => block.slice(k, k + 1)));
  const rests = Array.from({ length: correction }, (_, k) => blocks.map(({ rest }) => rest[k]));
  return [...spread, ...rests.flat()];
}

/**
 * The product of two elements of GF(2^8), modulo x^8 + x^4 + x^3 + x^2 + 1.
 *
 * @param {number} a
 * @param {number} b
 */
function product(a, b) {
  let result = 0;
  for (let k = 7; k >= 0; k -= 1) {
    result = (result << 1) ^ ((result >>> 7) * 0x11d);
    result ^= ((b >>> k) & 1) * a;
  }
  return result;
}

/**
 * The polynomial with the roots 2^0 to 2^(degree - 1), without its first coefficient, 1.
 *
 * @param {number} degree
 */
function generator(degree) {
  const polynomial = [...Array(degree - 1).fill(0), 1];
  for (let k = 0, root = 1; k < degree; k += 1, root = product(root, 2)) {
    for (let j = 0; j < degree; j += 1) {
      polynomial[j] = product(polynomial[j], root) ^ (polynomial[j + 1] ?? 0);
    }
  }
  return polynomial;
}

/**
 * What is left of a block divided by the generator: its correction.
 *
 * @param {number[]} block
 * @param {number[]} divisor
 */
function remainder(block, divisor) {
  const rest = divisor.map(() => 0);
  for (const codeword of block) {
    const factor = codeword ^ /** @type {number} */ (rest.shift());
    rest.push(0);
    divisor.forEach((coefficient, k) => {
      rest[k] ^= product(coefficient, factor);
    });
  }
  return rest;
}

/**
 * @param {number[]} codewords
 * @param {number} version
 * @param {number} mask
 */
function drawCode(codewords, version, mask) {
  const size = 4 * version + 17;
  const blank = () => Array.from({ length: size }, () => Array(size).fill(false));
  /** @type {Grid} */
  const grid = { size, dark: blank(), fixed: blank() };
  drawPatterns(grid, version);
  drawFormat(grid, mask);
  drawVersion(grid, version);
  drawCodewords(grid, codewords, mask);
  return grid.dark;
}

/**
 * @param {Grid} grid
 * @param {number} row
 * @param {number} column
 * @param {boolean} dark
 */
function fix({ dark: modules, fixed }, row, column, dark) {
  modules[row][column] = dark;
  fixed[row][column] = true;
}

/**
 * What is alike in every code of a version: by it a reader finds and straightens the code.
 *
 * @param {Grid} grid
 * @param {number} version
 */
function drawPatterns(grid, version) {
  const { size } = grid;
  for (let k = 0; k < size; k += 1) {
    fix(grid, 6, k, k % 2 === 0);
    fix(grid, k, 6, k % 2 === 0);
  }
  drawSquares(grid, 3, 3, 4);
  drawSquares(grid, 3, size - 4, 4);
  drawSquares(grid, size - 4, 3, 4);
  const places = alignments(version, size);
  const last = places.length - 1;
  places.forEach((row, i) => {
    places.forEach((column, j) => {
      const isFinder = (!i && !j) || (!i && j === last) || (i === last && !j);
      if (!isFinder) drawSquares(grid, row, column, 2);
    });
  });
}

/**
 * Squares around a middle: dark and light in turns.
 *
 * @param {Grid} grid
 * @param {number} row
 * @param {number} column
 * @param {number} reach
 */
function drawSquares(grid, row, column, reach) {
  for (let i = -reach; i <= reach; i += 1) {
    for (let j = -reach; j <= reach; j += 1) {
      const [y, x] = [row + i, column + j];
      const far = Math.max(Math.abs(i), Math.abs(j));
      const dark = reach === 4 ? far !== 2 && far !== 4 : far !== 1;
      if (y >= 0 && y < grid.size && x >= 0 && x < grid.size) fix(grid, y, x, dark);
    }
  }
}

/**
 * The rows, and columns, of the small squares.
 *
 * @param {number} version
 * @param {number} size
 */
function alignments(version, size) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const pitch = version === 32 ? 26 : Math.ceil((4 * version + 4) / (2 * count - 2)) * 2;
  const others = Array.from({ length: count - 1 }, (_, k) => size - 7 - k * pitch);
  return [6, ...others.reverse()];
}

/**
 * Which level and which mask a code has, twice.
 *
 * @param {Grid} grid
 * @param {number} mask
 */
function drawFormat(grid, mask) {
  const data = (LEVEL_BITS << 3) | mask;
  let rest = data;
  for (let k = 0; k < 10; k += 1) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
  const bits = ((data << 10) | rest) ^ 0x5412;
  const bit = (/** @type {number} */ k) => Boolean((bits >>> k) & 1);
  const { size } = grid;
  const along = [0, 1, 2, 3, 4, 5, 7, 8]; // past the line at 6
  along.forEach((row, k) => {
    fix(grid, row, 8, bit(k));
  });
  [7, 5, 4, 3, 2, 1, 0].forEach((column, k) => {
    fix(grid, 8, column, bit(8 + k));
  });
  for (let k = 0; k < 8; k += 1) fix(grid, 8, size - 1 - k, bit(k));
  for (let k = 8; k < 15; k += 1) fix(grid, size - 15 + k, 8, bit(k));
  fix(grid, size - 8, 8, true);
}

/**
 * A large code says which version it is, twice.
 *
 * @param {Grid} grid
 * @param {number} version
 */
function drawVersion(grid, version) {
  if (version < 7) return;
  let rest = version;
  for (let k = 0; k < 12; k += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let k = 0; k < 18; k += 1) {
    const dark = Boolean((bits >>> k) & 1);
    const [far, near] = [grid.size - 11 + (k % 3), Math.floor(k / 3)];
    fix(grid, far, near, dark);
    fix(grid, near, far, dark);
  }
}

/** Which modules a mask turns over: those for which this is 0. */
const MASK_RULES = [
  (/** @type {number} */ y, /** @type {number} */ x) => (x + y) % 2,
  (/** @type {number} */ y) => y % 2,
  (/** @type {number} */ _, /** @type {number} */ x) => x % 3,
  (/** @type {number} */ y, /** @type {number} */ x) => (x + y) % 3,
  (/** @type {number} */ y, /** @type {number} */ x) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (/** @type {number} */ y, /** @type {number} */ x) => ((x * y) % 2) + ((x * y) % 3),
  (/** @type {number} */ y, /** @type {number} */ x) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (/** @type {number} */ y, /** @type {number} */ x) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/**
 * The places for codewords: upwards and downwards in columns of two from the right, past the line.
 *
 * @param {Grid} grid
 */
function freePlaces({ size, fixed }) {
  const pairs = Array.from({ length: (size - 1) / 2 }, (_, k) => size - 1 - 2 * k);
  return pairs.flatMap((pair, k) => {
    const right = pair <= 6 ? pair - 1 : pair;
    const rows = Array.from({ length: size }, (_, y) => (k % 2 === 0 ? size - 1 - y : y));
    const places = rows.flatMap((y) => [right, right - 1].map((x) => ({ y, x })));
    return places.filter(({ y, x }) => !fixed[y][x]);
  });
}

/**
 * The codewords, masked.
 *
 * @param {Grid} grid
 * @param {number[]} codewords
 * @param {number} mask
 */
function drawCodewords(grid, codewords, mask) {
  freePlaces(grid).forEach(({ y, x }, k) => {
    const bit = ((codewords[k >>> 3] ?? 0) >>> (7 - (k & 7))) & 1;
    grid.dark[y][x] = Boolean(bit) !== (MASK_RULES[mask](y, x) === 0);
  });
}

/**
 * How hard a code is to read: long runs, blocks, what looks like a corner, more dark than light.
 *
 * @param {boolean[][]} dark
 */
function penaltyOf(dark) {
  const columns = dark.map((_, x) => dark.map((row) => row[x]));
  const lines = [...dark, ...columns].map((line) => line.map(Number).join(""));
  const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) ?? []);
  const corners = lines.map((line) => line.match(/(?=00001011101|10111010000)/g)?.length ?? 0);
  let blocks = 0;
  for (let y = 1; y < dark.length; y += 1) {
    for (let x = 1; x < dark.length; x += 1) {
      const here = dark[y][x];
      if (here === dark[y - 1][x] && here === dark[y][x - 1] && here === dark[y - 1][x - 1])
        blocks += 1;
    }
  }
  const share = dark.flat().filter(Boolean).length / dark.length ** 2;
  const sum = (/** @type {number[]} */ values) => values.reduce((a, b) => a + b, 0);
  const unequal = 10 * Math.floor(Math.abs(20 * share - 10));
  return sum(runs.map((run) => run.length - 2)) + 3 * blocks + 40 * sum(corners) + unequal;
}
