// The container that Python packs: a JSON header and arrays in one buffer.

const ARRAY_TYPES = { float32: Float32Array, uint8: Uint8Array };

/** Decode a buffer: {header, array}, where array(place) is the typed array that place describes. */
export function readPayload(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const body = bytes.slice(8 + length).buffer; // a copy, so that offsets are aligned
  const array = ({ at, shape, type }) =>
    new ARRAY_TYPES[type](body, at, shape.reduce((a, b) => a * b, 1));
  return { header, array };
}

/** The header of a buffer alone; cheap, so that a rerun with the same scene costs nothing. */
export function payloadHeader(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
}
