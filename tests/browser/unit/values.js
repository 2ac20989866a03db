import { KINDS } from "../../../app/components/panels/js/kinds.js";
import { floatText, tableFile } from "../../../app/components/panels/js/values_file.js";
import { readContainer } from "../../../app/components/shared/js/container.js";
import { readScene } from "../../../app/components/stage/js/scene.js";
import { equal, holds, standIn } from "./expect.js";

/** @import { Given } from "./types.d.ts" */

const MORE_THAN_REST = 400; // ms

/**
 * @param {string} text
 */
function bytesFrom(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/**
 * A stage that plays a scene and stands here.
 *
 * @param {string} scene
 * @param {number} t
 * @param {number} unit
 */
function stageAt(scene, t, unit) {
  return standIn({ scene: readScene(bytesFrom(scene)), unit, group: { settings: { t } } });
}

/**
 * What stands in the cells of a table, row by row.
 *
 * @param {ParentNode} frame
 */
function textsIn(frame) {
  const rows = [...frame.querySelectorAll("tr")];
  return rows.map((row) => Array.from(row.cells, (cell) => cell.textContent));
}

/**
 * The frame of a table, and what has it show a stage.
 *
 * @param {string} panel
 */
function openedTable(panel) {
  const draw = KINDS.values(readContainer(bytesFrom(panel)));
  return (/** @type {any} */ stage) => /** @type {HTMLElement} */ (draw(stage, "light")?.[0]);
}

/**
 * A column of a table as it stands there.
 *
 * @param {HTMLElement} frame
 * @param {number} column
 */
function columnOf(frame, column) {
  return textsIn(frame)
    .slice(1)
    .map((row) => Number(row[column]));
}

export default {
  "a table shows the numbers that the page's figures have"(/** @type {Given} */ { expected }) {
    for (const { scene, panel, shown } of expected.values.tables) {
      const show = openedTable(panel);
      for (const { t, unit, head, rows } of shown) {
        const frame = show(stageAt(scene, t, unit));
        equal(textsIn(frame), [head, ...rows]);
      }
    }
  },

  "its file has the name and the text that Python gives it"(/** @type {Given} */ { expected }) {
    for (const { scene, file, shown } of expected.values.tables) {
      const { document } = readContainer(bytesFrom(file));
      for (const { t, unit, name, text } of shown) {
        const made = tableFile(document, stageAt(scene, t, unit));
        equal(`${document.stem}-${made.name}.csv`, name);
        equal(made.text, text);
      }
    }
  },

  "a number of 32 bits is written as NumPy writes it"(/** @type {Given} */ { expected }) {
    const { bits, texts } = expected.values;
    const numbers = new Float32Array(Uint32Array.from(bits).buffer);
    equal(Array.from(numbers, floatText), texts);
  },

  "the row where the stage stands is marked, and no other"(/** @type {Given} */ { expected }) {
    for (const { scene, panel, shown } of expected.values.tables) {
      const show = openedTable(panel);
      for (const { t, unit, rows } of shown) {
        const marked = show(stageAt(scene, t, unit)).querySelectorAll("[aria-current]");
        const heads = Array.from(marked, (row) => row.querySelector("th")?.textContent);
        const current = rows.length === 8 ? unit : t; // of units, or of timesteps
        equal(heads, current < 0 ? [] : [String(current)]);
      }
    }
  },

  "a press on a head sorts up, then down, then not at all, while the numbers change"(
    /** @type {Given} */ { expected },
  ) {
    const [{ scene, panel }] = expected.values.tables;
    const show = openedTable(panel);
    const frame = show(stageAt(scene, 5, 0));
    const heads = [...frame.querySelectorAll("th[scope=col]")];
    const press = () => heads[1].querySelector("button")?.click();
    const isUp = () => columnOf(frame, 1).every((value, k, all) => !k || value >= all[k - 1]);
    const isDown = () => columnOf(frame, 1).every((value, k, all) => !k || value <= all[k - 1]);
    press();
    equal(heads[1].getAttribute("aria-sort"), "ascending");
    holds(isUp(), "sorted up");
    show(stageAt(scene, 17, 0));
    holds(isUp(), "sorted up at another timestep");
    press();
    equal(heads[1].getAttribute("aria-sort"), "descending");
    holds(isDown(), "sorted down");
    press();
    equal(heads[1].getAttribute("aria-sort"), "none");
    equal(columnOf(frame, 0), [0, 1, 2, 3, 4, 5, 6, 7]);
  },

  "what is no number stands last, sorted either way"(/** @type {Given} */ { expected }) {
    const [{ scene, panel }] = expected.values.tables;
    const stage = stageAt(scene, 5, 0);
    for (const at of [40, 43]) stage.scene.tiles[0].exact.cell_state[at] = NaN; // units 0 and 3
    const frame = openedTable(panel)(stage);
    const [, head] = frame.querySelectorAll("th[scope=col] button");
    for (let turn = 0; turn < 2; turn += 1) {
      /** @type {HTMLElement} */ (head).click();
      equal(columnOf(frame, 0).slice(-2), [0, 3]);
    }
  },

  "of a long table the first rows are written at once, and all at rest"(
    /** @type {Given} */ { expected },
  ) {
    const { scene, panel, shown } = expected.values.tables[1];
    const stage = stageAt(scene, 0, 3);
    const times = 3; // as long
    const [tile] = stage.scene.tiles;
    for (const [name, values] of Object.entries(tile.exact)) {
      tile.exact[name] = Float32Array.from({ length: times * values.length }, (_, k) => {
        return values[k % values.length];
      });
    }
    Object.assign(stage.scene, { timesteps: times * 40 });
    tile.stop = times * 40;
    const frame = openedTable(panel)(stage);
    const first = shown[0].rows.map((row) => row.slice(2));
    const written = () => textsIn(frame).map((row) => row.slice(2));
    equal(written().slice(1, 41), first);
    equal(written()[120].join(""), "");
    return new Promise((resolve) => setTimeout(resolve, MORE_THAN_REST)).then(() => {
      equal(written().slice(81), first);
    });
  },

  "a number under the pointer says all its digits until it changes"(
    /** @type {Given} */ { expected },
  ) {
    const [{ scene, panel }] = expected.values.tables;
    const show = openedTable(panel);
    const stage = stageAt(scene, 5, 0);
    const cell = /** @type {HTMLElement} */ (show(stage).querySelector("td.number"));
    cell.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
    equal(Math.fround(Number(cell.title)), stage.scene.tiles[0].exact.cell_state[40]);
    show(stageAt(scene, 6, 0));
    equal(cell.title, "");
  },
};
