// One buffer for text and numbers, in the layout of safetensors: what Python packs (container.py).

/** @import { Contents } from "./types.d.ts" */

/**
 * @typedef {object} Place
 * @property {keyof typeof ARRAY_TYPES} dtype
 * @property {number[]} shape
 * @property {[number, number]} data_offsets
 */

const ARRAY_TYPES = { F32: Float32Array, U8: Uint8Array };
const LENGTH_BYTES = 8;

/**
 * Decode a buffer: its document, array(name), the typed array of that name, and shape(name). An
 * array that is not aligned in memory is copied; all others are views of the buffer.
 *
 * @param {Uint8Array} bytes
 * @returns {Contents<any>}
 */
export function readContainer(bytes) {
  const { document, places, start } = readHeader(bytes);
  const array = (/** @type {string} */ name) => {
    const { dtype, data_offsets: offsets } = places[name];
    const ArrayType = ARRAY_TYPES[dtype];
    const [from, to] = offsets.map((offset) => start + offset);
    const aligned = (bytes.byteOffset + from) % ArrayType.BYTES_PER_ELEMENT === 0;
    const { buffer, byteOffset } = aligned ? bytes.subarray(from, to) : bytes.slice(from, to);
    return new ArrayType(
      /** @type {ArrayBuffer} */ (buffer),
      byteOffset,
      (to - from) / ArrayType.BYTES_PER_ELEMENT,
    );
  };
  return { document: JSON.parse(document), array, shape: (name) => places[name].shape };
}

/**
 * A buffer that was packed into another.
 *
 * @param {Contents<any>} contents
 * @param {string} name
 */
export function bytesOf({ array }, name) {
  return /** @type {Uint8Array} */ (array(name));
}

/**
 * The document of a buffer alone; cheap, so that a rerun with the same scene costs nothing.
 *
 * @param {Uint8Array} bytes
 */
export function readDocument(bytes) {
  return JSON.parse(readHeader(bytes).document);
}

/**
 * The document as text, where each array stands, and the byte at which the arrays begin.
 *
 * @param {Uint8Array} bytes
 * @returns {{ document: string, places: Record<string, Place>, start: number }}
 */
function readHeader(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const start = LENGTH_BYTES + Number(length);
  const text = new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, start));
  const { __metadata__: metadata, ...places } = JSON.parse(text);
  return { document: metadata.document, places, start };
}

/**
 * A buffer of a document alone, without arrays.
 *
 * @param {object} document
 */
export function packDocument(document) {
  const header = { __metadata__: { document: JSON.stringify(document) } };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(LENGTH_BYTES + text.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, LENGTH_BYTES);
  return bytes;
}
