// Where stages, couriers and whoever waits for them meet: one place on the window, whichever of
// them comes first.

/** @import { Meeting } from "./types.d.ts" */

const KEY = Symbol.for("gatescope");
const page = /** @type {any} */ (window);
page[KEY] ??= { stages: new Map(), waiting: new Map(), reported: new Map() };

/** @type {Meeting} */
export const meeting = page[KEY];
