// The phases of one timestep in slow motion, as each cell's drawing names them.

export const NO_DRAWING = { phases: [] }; // of a stage of several: nothing moves within a timestep

/** Which signals are lit in the current phase: a function name -> done | lit | ahead; or null. */
export function phaseState(stage) {
  if (stage.phase === null) return null;
  const { phases } = stage.drawing;
  return (name) => {
    const k = phases.findIndex((phase) => phase.lights.includes(name));
    return k < 0 || k < stage.phase ? "done" : k === stage.phase ? "lit" : "ahead";
  };
}

export function phaseName(stage) {
  return stage.phase === null ? "complete" : stage.drawing.phases[stage.phase].name;
}

export function phaseText(stage) {
  return stage.phase === null ? "" : ` · ${stage.phase + 1} of ${stage.drawing.phases.length}: ${stage.drawing.phases[stage.phase].title}`;
}
