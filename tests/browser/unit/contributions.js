import {
  contributionSizesAt,
  contributionsAt,
} from "../../../app/components/stage/js/caption/source.js";
import { readScene } from "../../../app/components/stage/js/scene.js";
import { equal, holds, near } from "./expect.js";

/** @import { Given } from "./types.d.ts" */

const TOLERANCE = 1e-5;

export default {
  "the bars are what Python's contributions are, whatever the cell"(/** @type {Given} */ given) {
    const cells = given.expected.contributions;
    holds(cells.length === 10, "every kind of cell is there");
    for (const { payload, kind, t, first, written, initial } of cells) {
      const scene = readScene(Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0)));
      written[0].forEach((_, unit) => {
        const parts = contributionsAt(scene, t, unit);
        if (!parts) throw new Error(`${kind}: nothing is said of unit ${unit}`);
        for (const [k, row] of written.entries()) {
          near(parts.written[first + k], row[unit], TOLERANCE);
        }
        near(parts.initial, initial[unit], TOLERANCE);
      });
      const sizes = contributionSizesAt(scene, t) ?? [];
      for (const [k, row] of written.entries()) {
        const size = row.reduce((sum, value) => sum + Math.abs(value), 0);
        near(sizes[first + k], size, TOLERANCE * row.length);
      }
    }
  },

  "no more is added up than exact numbers reach, however long the run"(
    /** @type {Given} */ { scene },
  ) {
    const read = { ...readScene(scene), timesteps: 1_000_000 };
    const { stop } = read.tiles[0];
    equal(contributionsAt(read, 5, 0)?.written.length, stop);
    equal(contributionSizesAt(read, 5)?.length, stop);
  },
};
