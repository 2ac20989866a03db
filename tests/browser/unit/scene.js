import { readContainer } from "../../../app/components/shared/js/container.js";
import { eventAt, nextEvent } from "../../../app/components/stage/js/events.js";
import { paintHeatmap, pixelColumns } from "../../../app/components/stage/js/heatmap.js";
import { levelsOf, meanLevels } from "../../../app/components/stage/js/levels.js";
import {
  binAt,
  columnAt,
  exactTile,
  MEAN,
  memorySignal,
  orderOf,
  paintTile,
  signalNamed,
  tokenAt,
  valueAt,
} from "../../../app/components/stage/js/lookup.js";
import { addDetails, readMembers, readScene } from "../../../app/components/stage/js/scene.js";
import { predictedAt, verdictAt } from "../../../app/components/stage/js/strip/symbols.js";
import { numbersAt, panelNumbers } from "../../../app/components/stage/js/timestep_numbers.js";
import { equal, holds, near, random, standIn } from "./expect.js";

/** @import { Scene } from "../../../app/components/stage/js/types.d.ts" */
/** @import { Given } from "./types.d.ts" */

/**
 * @param {Scene} scene
 * @param {string} order
 */
function inOrder(scene, order) {
  return standIn({ scene, group: { settings: { order } } });
}

export default {
  "every number of every unit is the trace's own"(/** @type {Given} */ given) {
    const scene = readScene(given.scene);
    given.expected.cell_state.forEach((values, t) => {
      equal(columnAt(scene, "cell_state", t), Float32Array.from(values));
      near(valueAt(scene, "cell_state", t, 3), values[3]);
      const mean = values.reduce((a, b) => a + b) / values.length;
      near(valueAt(scene, "cell_state", t, MEAN), mean);
    });
  },

  "where each unit stands is the inverse of which unit stands where"(/** @type {Given} */ given) {
    const { orders, places } = readScene(given.scene);
    equal(Object.keys(orders), ["file", "time_scale", "similarity"]);
    for (const [name, order] of Object.entries(orders)) {
      for (const [place, unit] of order.entries()) equal(places[name][unit], place);
      equal([...order].sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
    }
  },

  "a signal whose rows are not the units stands in file order"(/** @type {Given} */ given) {
    const scene = readScene(given.scene);
    const projected = { ...signalNamed(scene, "hidden_state"), rows: 3 };
    equal(orderOf(inOrder(scene, "similarity"), projected), [0, 1, 2]);
    const own = orderOf(inOrder(scene, "similarity"), memorySignal(scene));
    equal(own, scene.orders.similarity);
  },

  "an order that nobody knows is the file's"(/** @type {Given} */ given) {
    const scene = readScene(given.scene);
    equal(orderOf(inOrder(scene, "none"), memorySignal(scene)), scene.orders.file);
  },

  "the memory is the cell state, or the hidden state where there is none"(
    /** @type {Given} */ given,
  ) {
    equal(memorySignal(readScene(given.scene)).name, "cell_state");
    equal(memorySignal(readScene(given.gru)).name, "hidden_state");
  },

  "tokens, predictions and verdicts are Python's"(/** @type {Given} */ given) {
    const scene = readScene(given.scene);
    const { tokens } = given.expected;
    equal(
      tokens.map((_, t) => tokenAt(scene, t)),
      tokens,
    );
    equal(
      tokens.map((_, t) => predictedAt(scene, t)),
      [...tokens].reverse(),
    );
    equal(
      [2, 3, 4].map((t) => verdictAt(scene.tiles[0], t)),
      [1, 0, 1],
    );
    equal(tokenAt(readScene(given.numbers), 0), "");
  },

  "an extra row has a number for each timestep, and words"(/** @type {Given} */ given) {
    const { strip } = readScene(given.scene).tiles[0];
    equal(strip.lines.extra.low, Float32Array.from(given.expected.extra));
    equal(strip.lines.extra.width, 1);
    equal(strip.labels?.[0].slice(0, 2), ["T", "P"]);
  },

  "a pooled run has no exact numbers, and bins that hold them"(/** @type {Given} */ given) {
    const scene = readScene(given.long);
    const signal = signalNamed(scene, "cell_state");
    equal(exactTile(scene, 1000), undefined);
    equal(valueAt(scene, "cell_state", 1000, 0), NaN);
    given.expected.long_cell_state.forEach((values, k) => {
      const bin = binAt(scene, signal, 1000 + k, 2);
      const slack = (signal.unitHigh[2] - signal.unitLow[2]) / 255;
      holds(bin && bin.start <= 1000 + k && bin.stop > 1000 + k, "the timestep is in its bin");
      holds(bin && bin.low - slack <= values[2], "the bin's lowest is not higher");
      holds(bin && bin.high + slack >= values[2], "the bin's highest is not lower");
    });
  },

  "a pooled number is between the unit's lowest and its highest"() {
    const tile = { start: 0, stop: 10, factor: 4, coarse: { gate: { low: [0], high: [255] } } };
    const signal = standIn({ name: "gate", rows: 1, unitLow: [-2], unitHigh: [3] });
    const bin = binAt(standIn({ tiles: [tile] }), signal, 3, 0);
    equal(bin, { low: -2, high: 3, start: 0, stop: 4 });
  },

  "a timestep is painted from what is exact, else from what is pooled least"() {
    const tile = (/** @type {object} */ more) => ({ start: 0, stop: 100, ...more });
    const [whole, finer, exact] = [{ factor: 8 }, { factor: 2 }, { factor: 1, exact: {} }].map(
      tile,
    );
    const factorOf = (/** @type {object[]} */ tiles) => paintTile(standIn({ tiles }), 5).factor;
    equal(factorOf([whole]), 8);
    equal(factorOf([whole, finer]), 2);
    equal(factorOf([whole, exact, finer]), 1);
    equal(factorOf([tile({ factor: 1 }), finer]), 1);
    equal(paintTile(standIn({ tiles: [whole, { ...exact, start: 6 }] }), 5).factor, 8);
  },

  "details bring exact numbers, and others take their place"(/** @type {Given} */ given) {
    const scene = readScene(given.long);
    const details = readContainer(given.details);
    addDetails(scene, details);
    addDetails(scene, details);
    equal(scene.tiles.length, 1 + details.document.tiles.length);
    given.expected.long_cell_state.forEach((values, k) => {
      equal(columnAt(scene, "cell_state", 1000 + k), Float32Array.from(values));
      holds(paintTile(scene, 1000 + k).exact, "what is exact is painted first");
    });
    equal(exactTile(scene, 999), undefined);
    equal(exactTile(scene, 1040), undefined);
    equal(paintTile(scene, 2999).coarse !== undefined, true);
  },

  "a group's scenes are those of its members"(/** @type {Given} */ given) {
    const members = readMembers(given.group);
    equal(
      members.map(({ title }) => title),
      ["one", "two"],
    );
    equal(
      members.map(({ signals }) => signals),
      [["cell_state"], ["hidden_state"]],
    );
    equal(members[0].scene.id, readScene(given.scene).id);
    const [alone] = readMembers(given.scene);
    equal([alone.title, alone.signals], ["", null]);
  },

  "of an LSTM what is retained and what is written are the cell state"(
    /** @type {Given} */ { scene: bytes, expected },
  ) {
    const scene = readScene(bytes);
    for (let t = 0; t < 40; t += 1) {
      for (const unit of [MEAN, 0, 7]) {
        const n = numbersAt(scene, t, unit);
        near((n?.retained ?? NaN) + (n?.written ?? NaN), n?.cell_state ?? NaN, 1e-5);
      }
      const sum = expected.cell_state[t].reduce((a, b) => a + b);
      near(numbersAt(scene, t, MEAN)?.cell_state ?? NaN, sum / 8, 1e-5);
      near(numbersAt(scene, t, 5)?.retained ?? NaN, expected.retained[t][5], 1e-5);
      near(numbersAt(scene, t, 5)?.written ?? NaN, expected.written[t][5], 1e-5);
    }
  },

  "of a GRU what is retained and what is written are the hidden state"(
    /** @type {Given} */ { gru },
  ) {
    const scene = readScene(gru);
    for (let t = 0; t < scene.timesteps; t += 1) {
      const n = numbersAt(scene, t, 1);
      near((n?.retained ?? NaN) + (n?.written ?? NaN), n?.hidden_state ?? NaN, 1e-5);
    }
  },

  "numbers that are on their way are null"(/** @type {Given} */ { long }) {
    const scene = readScene(long);
    equal(numbersAt(scene, 5, 0), null);
    equal(panelNumbers(standIn({ scene, panels: [], unit: 0 }), 5), null);
  },

  "a stage without a drawing says the numbers of its panels"(/** @type {Given} */ given) {
    const scene = readScene(given.scene);
    const panels = [{ signal: memorySignal(scene) }];
    const numbers = panelNumbers(standIn({ scene, panels, unit: 2 }), 7);
    equal(Object.keys(numbers ?? {}), ["cell_state"]);
    near(numbers?.cell_state ?? NaN, given.expected.cell_state[7][2]);
  },

  "the levels of a pooled tile keep the side that is further from the mean"() {
    const signal = standIn({
      ...{ name: "gate", rows: 1, low: 0, high: 1, typical: 0.5, unbounded: false },
      ...{ unitLow: [0], unitHigh: [1], unitMean: [0.5] },
    });
    const coarse = { gate: { low: new Uint8Array([100, 10]), high: new Uint8Array([240, 140]) } };
    equal(levelsOf(standIn({ coarse, levels: new Map() }), signal, "asinh"), [240, 10]);
  },

  "levels are computed once for each scale of the cell state, and once for a gate"(
    /** @type {Given} */ { scene: bytes },
  ) {
    const scene = readScene(bytes);
    const [tile] = scene.tiles;
    const [cellState, gate] = [memorySignal(scene), signalNamed(scene, "forget_gate")];
    const bent = levelsOf(tile, cellState, "asinh");
    const straight = levelsOf(tile, cellState, "linear");
    equal(levelsOf(tile, cellState, "asinh") === bent, true);
    equal(bent === straight, false);
    equal(levelsOf(tile, gate, "asinh") === levelsOf(tile, gate, "linear"), true);
  },

  "a pixel shows the cell that is furthest from its unit's mean, of all that it stands for"() {
    const [rows, columns, shares] = [6, 20, random(240)];
    const signal = standIn({
      name: "gate",
      rows,
      low: 0,
      high: 1,
      unitMean: shares.slice(0, rows),
    });
    const gate = Float32Array.from(shares.slice(0, rows * columns));
    const tile = { start: 0, stop: columns, factor: 1, columns, exact: { gate } };
    const levels = levelsOf(standIn({ ...tile, levels: new Map() }), signal, "linear");
    const middles = meanLevels(signal, "linear");
    const order = Int32Array.from([3, 0, 5, 1, 4, 2]);
    const table = Uint32Array.from({ length: 256 }, (_, level) => (255 << 24) | level);
    for (const height of [3, 6]) {
      for (const [start, stop] of [
        [0, 20],
        [2, 5],
        [7, 19],
      ]) {
        const [canvas, scratch] = [0, 1].map(() => document.createElement("canvas"));
        const panel = standIn({ canvas, scratch, signal, width: 9, height, table });
        const scene = standIn({ timesteps: columns, tiles: [{ ...tile, levels: new Map() }] });
        paintHeatmap(panel, scene, [start, stop], order, "linear");
        const { width, height: down } = scratch;
        const { data } = scratch.getContext("2d")?.getImageData(0, 0, width, down) ?? { data: [] };
        pixelColumns(scene, [start, stop], width, "gate").forEach(({ from, to }, x) => {
          for (let row = 0; row < down; row += 1) {
            const units = order.slice((row * rows) / down, ((row + 1) * rows) / down);
            const cells = [...units].flatMap((unit) =>
              Array.from({ length: to - from }, (_, k) => [levels[(from + k) * rows + unit], unit]),
            );
            const far = cells.map(([level, unit]) => Math.abs(level - middles[unit]));
            equal(data[4 * (row * width + x)], cells[far.indexOf(Math.max(...far))][0]);
          }
        });
      }
    }
  },

  "the next event is the nearest ahead, and none where there is no more"() {
    /** @type {Scene} */
    const scene = standIn({
      events: [
        [1, "T to remember"],
        [7, "T again"],
      ],
    });
    equal(
      [0, 1, 6, 7].map((t) => nextEvent(scene, t, 1)),
      [1, 7, 7, null],
    );
    equal(
      [1, 2, 7, 9].map((t) => nextEvent(scene, t, -1)),
      [null, 1, 1, 7],
    );
    equal(
      [1, 2].map((t) => eventAt(scene, t)),
      ["T to remember", ""],
    );
    equal(nextEvent(standIn({ events: [] }), 3, 1), null);
  },
};
