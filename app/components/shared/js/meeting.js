// Where stages, couriers and whoever waits for them meet: one place on the window, whichever of
// them comes first.

/** @import { Meeting } from "./types.d.ts" */

const MEETING = Symbol.for("gatescope");
const root = /** @type {any} */ (window);
root[MEETING] ??= {
  stages: new Map(),
  waiting: new Map(),
  reported: new Map(),
  untold: new Map(),
  followers: new Map(),
  watchers: new Map(),
  spell: null,
};

/** @type {Meeting} */
export const meeting = root[MEETING];
