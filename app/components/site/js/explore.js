// The page of one network: a sequence and a cell are chosen, the stage plays their run.

import { playScene } from "../../stage/js/host.js";
import { readAddress, writeAddress } from "./address.js";
import { elementOf, sayProblem, showOnly } from "./page.js";
import { fetchScene } from "./runs.js";

/** @import { Setting } from "./address.js" */

/**
 * @typedef {object} Run
 * @property {string} sequence
 * @property {string} cell
 * @property {string} scene - the address of its file
 * @property {number} t - where there is something to see
 * @property {number} unit
 *
 * @typedef {object} ExplorePage
 * @property {"explore"} kind
 * @property {Record<string, Setting>} settings
 * @property {Run[]} runs
 */

/**
 * @typedef {object} Explored
 * @property {ExplorePage} page
 * @property {HTMLFormElement} form
 * @property {Run} run - what plays
 * @property {Record<string, unknown>} settings - of the stage, as it reported them last
 */

/**
 * Play what is chosen, and follow the choices.
 *
 * @param {ExplorePage} page
 */
export function explore(page) {
  const form = /** @type {HTMLFormElement} */ (elementOf("#choices"));
  const explored = { page, form, run: page.runs[0], settings: {} };
  form.addEventListener("change", () => takeChoice(explored));
  window.addEventListener("popstate", () => openRun(explored));
  openRun(explored);
}

/**
 * The run of a sequence in a cell.
 *
 * @param {Explored} explored
 * @param {{ sequence: string, cell: string }} wanted
 */
function runOf({ page }, { sequence, cell }) {
  return page.runs.find((one) => one.sequence === sequence && one.cell === cell);
}

/** @param {Run} run */
function choicesOf({ sequence, cell }) {
  return { sequence, cell };
}

/**
 * Show what the address says; what it does not say is the first of each.
 *
 * @param {Explored} explored
 */
function openRun(explored) {
  const { said, settings } = readAddress(explored.page.settings);
  const [first] = explored.page.runs;
  const wanted = { ...choicesOf(first), ...said };
  explored.run =
    runOf(explored, wanted) ?? runOf(explored, { ...wanted, cell: first.cell }) ?? first;
  const { t, unit } = explored.run;
  explored.settings = { t, unit, ...settings };
  playRun(explored, explored.settings);
}

/**
 * Another sequence begins where there is something to see; another cell goes on at this timestep.
 *
 * @param {Explored} explored
 */
function takeChoice(explored) {
  const data = new FormData(explored.form);
  const before = explored.run;
  const wanted = { ...choicesOf(before), ...Object.fromEntries(data) };
  explored.run = runOf(explored, /** @type {Run} */ (wanted)) ?? before;
  const { sequence, t, unit } = explored.run;
  const moment = sequence === before.sequence ? {} : { t, unit };
  explored.settings = { ...explored.settings, ...moment };
  writeAddress(explored.page.settings, choicesOf(explored.run), explored.settings, true);
  playRun(explored, moment);
}

/**
 * Play the chosen run, with settings that are wanted.
 *
 * @param {Explored} explored
 * @param {Record<string, unknown>} wanted
 */
async function playRun(explored, wanted) {
  const { run, page, form } = explored;
  const report = (/** @type {Record<string, unknown>} */ heard) => {
    if (run !== explored.run) return; // of the run before, which has come to rest
    explored.settings = heard;
    writeAddress(page.settings, choicesOf(run), heard);
  };
  for (const [name, value] of Object.entries(choicesOf(run))) {
    const control = form.elements.namedItem(name);
    if (control && "value" in control) control.value = value;
  }
  showOnly(".about", `about-${page.runs.indexOf(run)}`);
  const scene = await fetchScene(run.scene);
  sayProblem(!scene);
  if (scene && run === explored.run) {
    playScene(elementOf(".st-key-stage"), scene, wanted, { report });
  }
}
