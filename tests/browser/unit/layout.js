import { axisTicks } from "../../../app/components/shared/js/layout.js";
import {
  boardWidths,
  compactHeight,
  panelHeight,
} from "../../../app/components/stage/js/board_layout.js";
import { pixelColumns } from "../../../app/components/stage/js/heatmap.js";
import {
  clampedView,
  firstView,
  pitchOf,
  viewAround,
  zoomed,
} from "../../../app/components/stage/js/view.js";
import { logarithmic, wrapped } from "../../../app/components/workbench/js/plot.js";
import { equal, holds, near, random, standIn } from "./expect.js";

/** @import { View } from "../../../app/components/stage/js/types.d.ts" */

const RUN = 100;

/** Views of a run of 100 timesteps, anywhere. @returns {View[]} */
function views() {
  const shares = random(120);
  return Array.from({ length: 60 }, (_, k) => {
    const width = 4 + 96 * shares[2 * k];
    const start = (RUN - width) * shares[2 * k + 1];
    return [start, start + width];
  });
}

/**
 * @param {View} view
 */
function isInside([start, stop]) {
  return start >= 0 && stop <= RUN + 1e-9 && stop > start;
}

export default {
  "the labels of an axis are round, in sight, and have room"() {
    for (const [start, stop] of views()) {
      const ticks = axisTicks([start, stop], 600, 60);
      holds(
        ticks.every((t) => Number.isInteger(t) && t >= start && t <= stop),
        "in sight",
      );
      const step = ticks[1] - ticks[0];
      if (ticks.length < 2) continue;
      holds((step / (stop - start)) * 600 >= 60 - 1e-6, "as far apart as is asked");
      holds([1, 2, 5, 10, 20, 50, 100].includes(step), "one, two or five times a power of ten");
    }
  },

  "a board's columns fill its width, wide or narrow"() {
    for (const width of [1200, 640, 639, 390]) {
      const { narrow, label, now, plot } = boardWidths(width);
      equal(label + now + plot, width);
      equal(narrow, width < 640);
    }
    equal(boardWidths(100).plot, 80);
  },

  "a heatmap has whole pixels for each unit where that fits"() {
    for (const rows of [1, 3, 8, 20, 60]) {
      equal(panelHeight(standIn({ rows }), false, 5) % rows, 0);
      equal(compactHeight(standIn({ rows }), true) % rows, 0);
    }
    equal(panelHeight(standIn({ rows: 133 }), false, 5), 132);
    equal(panelHeight(standIn({ rows: 1000 }), true, 5), 256);
    equal(panelHeight(standIn({ rows: 1000 }), true, 1), 300);
    equal(compactHeight(standIn({ rows: 1000 }), false), 96);
  },

  "a view that is clamped is in the run and keeps its width"() {
    for (const [start, stop] of views()) {
      for (const by of [-80, 0, 80]) {
        const view = clampedView([start + by, stop + by], RUN);
        holds(isInside(view), "inside");
        near(view[1] - view[0], stop - start);
      }
    }
    equal(clampedView([-5, 500], RUN), [0, RUN]);
  },

  "zooming leaves what it is about where it is"() {
    for (const view of views()) {
      const about = (view[0] + view[1]) / 2;
      const closer = zoomed(view, about, 0.5, RUN);
      holds(isInside(closer), "inside");
      near((closer[0] + closer[1]) / 2, about);
      near(closer[1] - closer[0], Math.max(4, (view[1] - view[0]) / 2));
    }
    equal(zoomed([0, 100], 50, 3, RUN), [0, RUN]);
    equal(zoomed([0, 2], 1, 0.1, 2), [0, 2]);
  },

  "the view around a timestep has it in sight, and stays where it already is"() {
    for (const view of views()) {
      for (const t of [0, 17, 50, 99]) {
        const moved = viewAround(view, t, RUN);
        holds(isInside(moved), "inside");
        holds(t >= moved[0] - 1e-9 && t + 1 <= moved[1] + 1e-9, `${t} is in sight`);
        if (t >= view[0] && t + 1 <= view[1]) equal(moved, view);
      }
    }
  },

  "a step out of sight moves the view by a quarter, not by a pixel"() {
    equal(viewAround([20, 40], 40, RUN), [25, 45]);
    equal(viewAround([20, 40], 19, RUN), [15, 35]);
    equal(viewAround([20, 40], 90, RUN), [80, 100]);
  },

  "a new scene is in sight as a whole, on a phone as much as is legible"() {
    const [page, phone] = [boardWidths(1200), boardWidths(390)];
    const scene = (/** @type {number} */ timesteps) => standIn({ timesteps });
    equal(firstView(scene(300), page, 0), [0, 300]);
    equal(firstView(scene(300), phone, 0), [0, 20]);
    equal(firstView(scene(20), phone, 0), [0, 20]);
    equal(firstView(scene(401), phone, 0), [0, 401]);
    holds(firstView(scene(300), phone, 200)[0] > 180, "now is in sight");
  },

  "a timestep takes its share of the pixels"() {
    equal(pitchOf([10, 20], 300), 30);
  },

  "the pixels of a view show every column once, and nothing beyond the run"() {
    const tile = { start: 0, stop: 40, factor: 4, columns: 10 };
    const scene = standIn({ timesteps: 40, tiles: [tile] });
    const shown = pixelColumns(scene, [0, 40], 10).map(({ from, to }) => [from, to]);
    equal(
      shown,
      Array.from({ length: 10 }, (_, k) => [k, k + 1]),
    );
    equal(pixelColumns(scene, [0, 40], 5)[4].to, 10);
    equal(pixelColumns(scene, [0, 80], 10).length, 5);
  },

  "a logarithmic axis has its powers of ten at its ends"() {
    const y = logarithmic([-3, 1], 100);
    near(y(10), 6);
    near(y(0.001), 94);
    near(y(0.1), 50);
    equal(y(0), Infinity);
  },

  "a sentence is cut between words only"() {
    const pen = standIn({ measureText: (/** @type {string} */ text) => ({ width: text.length }) });
    equal(
      wrapped(pen, "one two three four", 9),
      ["one two", "three", "four"].slice(0, 1).concat("three", "four"),
    );
    equal(wrapped(pen, "unbreakable", 3), ["unbreakable"]);
  },
};
