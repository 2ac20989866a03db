import { readContainer } from "../../../app/components/shared/js/container.js";
import { isMissing, wantDetails, wantFinerView } from "../../../app/components/stage/js/details.js";
import { paintTile } from "../../../app/components/stage/js/lookup.js";
import { addDetails, readScene } from "../../../app/components/stage/js/scene.js";
import { walkLine } from "../../../app/components/stage/js/strip/lines.js";
import { equal, holds, standIn } from "./expect.js";

/** @import { Given } from "./types.d.ts" */

/**
 * A group with this scene alone, and what it asked for.
 *
 * @param {Uint8Array} bytes
 * @param {object} [more]
 */
function groupWith(bytes, more = {}) {
  const scene = { ...readScene(bytes), detail_timesteps: 200 };
  /** @type {any[]} */
  const asked = [];
  const ask = (/** @type {any} */ details) => asked.push(details);
  const state = {
    playing: null,
    view: [0, scene.timesteps],
    asked: null,
    alive: false,
    moved: 0,
    told: 0,
  };
  const settings = { t: 1020, speed: 4 };
  const group = standIn({ id: scene.id, ask, settings, ...state, ...more });
  group.members = [{ group, scene, shown: [] }];
  return { group, scene, asked };
}

/**
 * @typedef {object} Request
 * @property {any} asked
 * @property {(bytes: Uint8Array | string | null) => Promise<void>} answer - a text is a page
 */

/**
 * Have a server stand in for the app's while something is done; it is given what it was asked.
 *
 * @param {(requests: Request[]) => Promise<void>} act
 */
async function withServer(act) {
  const { fetch } = window;
  const page = /** @type {any} */ (window);
  /** @type {Request[]} */
  const requests = [];
  page.__streamlit = { BACKEND_BASE_URL: "http://localhost/base/" };
  page.fetch = (/** @type {URL} */ url) =>
    new Promise((done) => {
      equal(url.pathname, "/base/run-details");
      requests.push({
        asked: JSON.parse(url.searchParams.get("asked") ?? ""),
        answer: async (bytes) => {
          const page = typeof bytes === "string";
          const type = page ? "text/html; charset=utf-8" : "application/octet-stream";
          const arrayBuffer = async () => (page ? new ArrayBuffer(9) : bytes?.slice().buffer);
          done({ ok: bytes !== null, headers: new Headers({ "content-type": type }), arrayBuffer });
          await new Promise((later) => setTimeout(later));
        },
      });
    });
  try {
    await act(requests);
  } finally {
    page.fetch = fetch;
    page.__streamlit = undefined;
  }
}

/**
 * A group that takes what the server cut, and may be asked again.
 *
 * @param {Uint8Array} bytes
 * @param {object} [more]
 */
function liveGroup(bytes, more) {
  const made = groupWith(bytes, { alive: true, ...more });
  made.group.takeDetails = (/** @type {Uint8Array} */ cut) =>
    addDetails(made.scene, readContainer(cut));
  return made;
}

export default {
  async "the server itself is asked, and Python where it has nothing"(/** @type {Given} */ given) {
    await withServer(async (requests) => {
      const { group, asked } = liveGroup(given.long);
      wantDetails(group);
      equal([requests.length, asked.length], [1, 0]);
      equal(requests[0].asked.exact, [920, 1120]);
      await requests[0].answer(null);
      equal(asked, [requests[0].asked]);
      group.view = [1000, 1200];
      group.asked = null;
      wantDetails(group);
      equal([requests.length, asked.length], [1, 2]); // it has no such scene
    });
  },

  async "a page in place of an answer is no answer: a server that knows no such request sends one"(
    /** @type {Given} */ given,
  ) {
    await withServer(async (requests) => {
      const { group, asked } = liveGroup(given.long);
      wantDetails(group);
      await requests[0].answer("<!doctype html>");
      equal(asked, [requests[0].asked]);
    });
  },

  async "an answer to what is no longer wanted is dropped, and the next is taken at once"(
    /** @type {Given} */ given,
  ) {
    await withServer(async (requests) => {
      const { group, scene } = liveGroup(given.long);
      wantDetails(group);
      group.asked = null;
      group.settings.t = 1030;
      wantDetails(group);
      await requests[0].answer(given.details);
      equal(scene.tiles.length, 1);
      await requests[1].answer(given.details);
      equal([scene.tiles.length, group.asked?.answered], [2, true]);
      group.view = [1000, 1200];
      wantDetails(group);
      equal([requests.length, requests[2].asked.exact], [3, null]);
    });
  },

  "a single zoom is followed at once, one of a gesture once it has paused"(
    /** @type {Given} */ { long },
  ) {
    const { group, asked } = groupWith(long, { view: [1000, 1200], moved: -1000 });
    wantFinerView(group);
    equal(asked.length, 1);
    group.asked = null;
    group.view = [1000, 1100];
    wantFinerView(group);
    equal(asked.length, 1);
    clearTimeout(group.retryTimer);
  },

  "beside a view fewer exact numbers are asked for"(/** @type {Given} */ { long }) {
    const { group, asked } = groupWith(long, { view: [1000, 1200] });
    wantDetails(group);
    equal(asked[0].exact, [995, 1045]);
  },

  "nothing is asked in one batch with a report"(/** @type {Given} */ { long }) {
    const { group, asked } = groupWith(long, { told: performance.now() });
    wantDetails(group);
    equal(asked.length, 0);
    clearTimeout(group.retryTimer);
  },

  "exact numbers around now are asked for where they are not here"(/** @type {Given} */ { long }) {
    const { group, scene, asked } = groupWith(long);
    wantDetails(group);
    const [{ id, view, exact, signals }] = asked;
    equal(id, scene.id);
    equal(exact[1] - exact[0], scene.detail_timesteps);
    equal(Math.round((exact[0] + exact[1]) / 2), 1020);
    equal([view, signals], [null, ["cell_state"]]);
  },

  "the same is not asked again before an answer can have come"(/** @type {Given} */ { long }) {
    const { group, asked } = groupWith(long);
    wantDetails(group);
    wantDetails(group);
    equal(asked.length, 1);
    clearTimeout(group.retryTimer);
  },

  "nothing is asked of a run that is here as it is"(/** @type {Given} */ { scene }) {
    const { group, asked } = groupWith(scene);
    wantDetails(group);
    equal(asked, []);
  },

  "nothing is asked where the numbers around now are here"(/** @type {Given} */ given) {
    const { group, scene, asked } = groupWith(given.long);
    addDetails(scene, readContainer(given.details));
    equal(
      [isMissing(group, 999), isMissing(group, 1020), isMissing(group, 1040)],
      [true, false, true],
    );
    wantDetails(group);
    equal(asked, []);
  },

  "when playing what comes soon is asked for, and most of it lies ahead"(
    /** @type {Given} */ given,
  ) {
    const playing = { along: 1, due: 0, counted: null };
    const { group, scene, asked } = groupWith(given.long, { playing });
    addDetails(scene, readContainer(given.details));
    group.settings.t = 1035;
    wantDetails(group);
    const [first, end] = asked[0].exact;
    holds(first <= 1035 && 1035 - first < end - 1035, "more ahead than behind");
  },

  "a view that was zoomed into is asked for with a margin"(/** @type {Given} */ { long }) {
    const { group, asked } = groupWith(long, { view: [1000, 1200] });
    wantDetails(group);
    equal(asked[0].view, [975, 1225]);
  },

  "of a view is asked what is not here: neither exact numbers again nor what came for as much"(
    /** @type {Given} */ given,
  ) {
    const { group, scene, asked } = groupWith(given.long, { view: [1000, 1200] });
    addDetails(scene, readContainer(given.details));
    wantDetails(group);
    equal([asked[0].view, asked[0].exact], [[975, 1225], null]);
    const [whole] = scene.tiles;
    const cell = { cell_state: whole.coarse?.cell_state };
    const finer = { ...whole, start: 975, stop: 1225, factor: 2, coarse: cell };
    scene.tiles.push(/** @type {any} */ (finer));
    group.asked = null;
    wantDetails(group);
    equal(asked.length, 1);
    equal(
      ["cell_state", "hidden_state"].map((name) => paintTile(scene, 1100, name).factor),
      [2, whole.factor],
    );
    group.members[0].shown = /** @type {any} */ ([{ signal: { name: "hidden_state" } }]);
    wantDetails(group);
    equal(asked[1].signals, ["hidden_state"]);
    group.asked = null;
    group.view = [1050, 1150];
    group.members[0].shown = [];
    wantDetails(group);
    equal(asked.length, 3);
  },

  "a line in many timesteps a pixel is the range of each pixel"(/** @type {Given} */ { long }) {
    const { group, scene } = groupWith(long);
    const low = Float32Array.from({ length: 1000 }, (_, k) => (k % 10 === 3 ? NaN : k % 10));
    const [tile] = scene.tiles;
    tile.strip.lines.test = { low, high: low.map((value) => value + 0.5), width: 1 };
    /** @type {number[][]} */
    const visited = [];
    const stage = standIn({ scene, group });
    walkLine(stage, tile.columns / 10, "test", 0, (...point) => visited.push(point));
    equal(visited[0], [0.5, 0, 9.5]);
    equal(visited.length, tile.columns / 10);
    low.fill(NaN);
    tile.strip.lines.test.high.fill(NaN);
    walkLine(stage, tile.columns / 10, "test", 0, (_, least) => equal(least, NaN));
  },
};
