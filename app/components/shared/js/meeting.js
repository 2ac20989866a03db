// Where stages, couriers and whoever waits for them meet: one place on the window, whichever of
// them comes first.

/**
 * stages: key -> what takes a parcel; waiting: key -> the last parcel; reported: key -> what was
 * last reported there, for a stage that is mounted anew.
 */
export const meeting = (window[Symbol.for("gatescope")] ??= {
  stages: new Map(),
  waiting: new Map(),
  reported: new Map(),
});
