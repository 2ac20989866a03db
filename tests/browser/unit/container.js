import { readContainer, readDocument } from "../../../app/components/shared/js/container.js";
import { equal, holds } from "./expect.js";

/** @import { Given } from "./types.d.ts" */

/**
 * The same bytes at another place in memory.
 *
 * @param {Uint8Array} bytes
 * @param {number} by
 */
function shifted(bytes, by) {
  const buffer = new Uint8Array(bytes.length + by);
  buffer.set(bytes, by);
  return buffer.subarray(by);
}

export default {
  "the document of a buffer can be read alone"(/** @type {Given} */ { scene }) {
    equal(readDocument(scene), readContainer(scene).document);
    equal(readDocument(scene).timesteps, 40);
  },

  "an array is what Python packed, with its shape"(/** @type {Given} */ { scene, expected }) {
    const { document, array, shape } = readContainer(scene);
    const name = document.tiles[0].exact.cell_state;
    equal(shape(name), [40, 8]);
    equal(array(name), Float32Array.from(expected.cell_state.flat()));
  },

  "an array is the same wherever the buffer lies"(/** @type {Given} */ { scene }) {
    const contents = readContainer(scene);
    const name = contents.document.tiles[0].exact.cell_state;
    for (const by of [1, 2, 3, 4, 8]) {
      equal(readContainer(shifted(scene, by)).array(name), contents.array(name));
    }
  },

  "an aligned array is a view, not a copy"(/** @type {Given} */ { scene }) {
    const bytes = shifted(scene, 8);
    const { document, array } = readContainer(bytes);
    const values = array(document.tiles[0].exact.cell_state);
    holds(values.buffer === bytes.buffer, "the numbers are those of the buffer");
  },
};
