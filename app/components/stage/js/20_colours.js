// From numbers to colours: a level 0..255 for every cell, and the colour of every level.

const LEVELS = 256;

/** The 256 colours of a signal as little-endian RGBA, straight between the theme's stops. */
function colourTable(stops) {
  const channels = stops.map((hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16)));
  const table = new Uint32Array(LEVELS);
  for (let level = 0; level < LEVELS; level += 1) {
    const place = (level / (LEVELS - 1)) * (stops.length - 1);
    const k = Math.min(stops.length - 2, Math.floor(place));
    const [r, g, b] = channels[k].map((low, c) => Math.round(low + (channels[k + 1][c] - low) * (place - k)));
    table[level] = (255 << 24) | (b << 16) | (g << 8) | r;
  }
  return table;
}

function cssColour(table, level) {
  const c = table[level];
  return `rgb(${c & 255} ${(c >> 8) & 255} ${(c >> 16) & 255})`;
}

/**
 * Where a value stands on its signal's scale, 0..1 (signed signals: zero is at 0.5).
 * Only a signal without a range of its own (the belt) has a choice of scale: a signed
 * asinh, x = asinh(v / typical) / asinh(high / typical); linear; or each unit's own reach.
 */
function positionOf(signal, scale) {
  const { low, high, typical } = signal;
  if (!(low < 0)) return (value) => (value - low) / (high - low);
  if (!signal.unbounded || scale === "linear") return (value) => 0.5 + value / (2 * high);
  if (scale === "per_unit") return (value, unit) => 0.5 + value / (2 * unitReach(signal, unit));
  const end = Math.asinh(high / typical);
  return (value) => 0.5 + Math.asinh(value / typical) / (2 * end);
}

function unitReach(signal, unit) {
  return Math.max(Math.abs(signal.unitLow[unit]), Math.abs(signal.unitHigh[unit])) || 1;
}

function toLevel(position) {
  return position <= 0 ? 0 : position >= 1 ? LEVELS - 1 : Math.round(position * (LEVELS - 1)) || 0;
}

/** The level of every cell of a tile, time-major (columns, rows); computed once per scale. */
function levelsOf(tile, signal, scale) {
  const key = signal.unbounded ? `${signal.name} ${scale}` : signal.name;
  if (!tile.levels.has(key)) tile.levels.set(key, computeLevels(tile, signal, scale));
  return tile.levels.get(key);
}

function computeLevels(tile, signal, scale) {
  const position = positionOf(signal, scale);
  const rows = signal.rows;
  if (tile.exact) {
    const values = tile.exact[signal.name];
    const levels = new Uint8Array(values.length);
    for (let k = 0; k < values.length; k += 1) levels[k] = toLevel(position(values[k], k % rows));
    return levels;
  }
  return coarseLevels(tile, signal, position);
}

/** Of a bin's lowest and highest value the one further from the unit's mean: spikes stay. */
function coarseLevels(tile, signal, position) {
  const { low, high } = tile.coarse[signal.name];
  const rows = signal.rows;
  const table = new Uint8Array(rows * LEVELS);
  const meanByte = new Float32Array(rows);
  for (let unit = 0; unit < rows; unit += 1) {
    const bottom = signal.unitLow[unit];
    const width = signal.unitHigh[unit] - bottom;
    meanByte[unit] = width > 0 ? ((signal.unitMean[unit] - bottom) / width) * 255 : 0;
    for (let byte = 0; byte < LEVELS; byte += 1) {
      table[unit * LEVELS + byte] = toLevel(position(bottom + (byte / 255) * width, unit));
    }
  }
  const levels = new Uint8Array(low.length);
  for (let k = 0; k < low.length; k += 1) {
    const unit = k % rows;
    const byte = high[k] - meanByte[unit] >= meanByte[unit] - low[k] ? high[k] : low[k];
    levels[k] = table[unit * LEVELS + byte];
  }
  return levels;
}

/** The level of each unit's mean: what a pixel that stands for many cells should differ from. */
function meanLevels(signal, scale) {
  const position = positionOf(signal, scale);
  return Uint8Array.from(signal.unitMean, (value, unit) => toLevel(position(value, unit)));
}
