// What each kind of panel draws of what Python packed.

import { element } from "../../shared/js/elements.js";
import { timestepOf } from "../../stage/js/group.js";
import { blockSums, stateSums } from "./arithmetic.js";
import { blockCards, stateLines } from "./cards.js";
import { hereLine } from "./here.js";
import { numberTable, probabilityTable } from "./prediction.js";
import { openTable, showValues } from "./value_table.js";
import { fileButton } from "./values_file.js";

/** @import { Contents } from "../../shared/js/types.d.ts" */
/** @import { Stage } from "../../stage/js/types.d.ts" */
/** @import { Arithmetic, Panel } from "./types.d.ts" */

/** @type {Record<string, (contents: Contents<any>) => Panel["draw"]>} */
export const KINDS = {
  here: readHere,
  arithmetic: readArithmetic,
  probabilities: readProbabilities,
  numbers: readNumbers,
  values: readValues,
  values_file: readValuesFile,
};

/**
 * @param {Contents<any>} contents
 * @returns {Panel["draw"]}
 */
function readHere({ document: { here } }) {
  return (stage) => [hereLine(stage, here)];
}

/**
 * @param {Contents<any>} contents
 * @returns {Panel["draw"]}
 */
function readArithmetic({ document: { here, ...described }, array }) {
  /** @type {any} */
  const given = { ...described };
  for (const name of ["inputs", "initial", "rows", "constants"]) given[name] = array(given[name]);
  return (stage, mode) => {
    const drawn = drawArithmetic(given, stage, mode);
    return drawn && [hereLine(stage, here), ...drawn];
  };
}

/**
 * The sums and cards of a unit; null where they are about another run or unit, or on their way.
 *
 * @param {Arithmetic} given
 * @param {Stage} stage
 * @param {"light" | "dark"} mode
 */
function drawArithmetic(given, stage, mode) {
  const { scene, unit, group } = stage;
  if (unit < 0) return [element("p", { class: "note" }, given.words.choose)];
  if (scene.id !== given.scene || (given.unit !== null && given.unit !== unit)) return null;
  const t = timestepOf(stage);
  const [blocks, states] = [blockSums(given, scene, t, unit), stateSums(given, scene, t, unit)];
  if (!blocks || !states) return null;
  const notation = group.settings.notation ?? "split";
  return [...stateLines(states), blockCards(blocks, given, mode, notation)];
}

/**
 * @param {Contents<any>} contents
 * @returns {Panel["draw"]}
 */
function readProbabilities({ document: { here, truth, ...described }, array }) {
  const given = {
    ...described,
    probabilities: array(described.probabilities),
    truth: truth && { ...truth, right: array(truth.right) },
  };
  return (stage) => {
    const isOurs = stage.scene.id === given.scene;
    return isOurs ? [hereLine(stage, here), probabilityTable(given, timestepOf(stage))] : null;
  };
}

/**
 * @param {Contents<any>} contents
 * @returns {Panel["draw"]}
 */
function readNumbers({ document: { here, ...given } }) {
  return (stage) => {
    const isOurs = stage.scene.id === given.scene;
    return isOurs ? [hereLine(stage, here), numberTable(given, timestepOf(stage))] : null;
  };
}

/**
 * @param {Contents<any>} contents
 * @returns {Panel["draw"]}
 */
function readValues({ document: given }) {
  const table = openTable(given);
  return (stage) => {
    if (stage.scene.id !== given.scene) return null;
    showValues(table, stage);
    return [table.frame];
  };
}

/**
 * @param {Contents<any>} contents
 * @returns {Panel["draw"]}
 */
function readValuesFile({ document: given }) {
  /** @type {Stage} */
  let shown;
  const button = fileButton(given, () => shown);
  return (stage) => {
    if (stage.scene.id !== given.scene) return null;
    shown = stage;
    return [button];
  };
}
