// One buffer for text and numbers, in the layout of safetensors: what Python packs (container.py).

const ARRAY_TYPES = { F32: Float32Array, U8: Uint8Array };
const LENGTH_BYTES = 8;

/**
 * Decode a buffer: its document, array(name), the typed array of that name, and shape(name). An
 * array that is not aligned in memory is copied; all others are views of the buffer.
 */
export function readContainer(bytes) {
  const { header, start } = readHeader(bytes);
  const array = (name) => {
    const { dtype, data_offsets: offsets } = header[name];
    const ArrayType = ARRAY_TYPES[dtype];
    const [from, to] = offsets.map((offset) => start + offset);
    const aligned = (bytes.byteOffset + from) % ArrayType.BYTES_PER_ELEMENT === 0;
    const { buffer, byteOffset } = aligned ? bytes.subarray(from, to) : bytes.slice(from, to);
    return new ArrayType(buffer, byteOffset, (to - from) / ArrayType.BYTES_PER_ELEMENT);
  };
  return { document: documentOf(header), array, shape: (name) => header[name].shape };
}

/** The document of a buffer alone; cheap, so that a rerun with the same scene costs nothing. */
export function readDocument(bytes) {
  return documentOf(readHeader(bytes).header);
}

function documentOf(header) {
  return JSON.parse(header.__metadata__.document);
}

function readHeader(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const start = LENGTH_BYTES + Number(length);
  return { header: JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, start))), start };
}
