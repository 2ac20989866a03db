// A lesson: its steps are told one at a time, beside the stage, and finished by doing something.

import { playScene } from "../../stage/js/host.js";
import { readAddress, writeAddress } from "./address.js";
import { elementOf, sayProblem, showOnly } from "./page.js";
import { fetchScene } from "./runs.js";

/** @import { Setting } from "./address.js" */

/**
 * @typedef {object} LessonStep
 * @property {string} scene - the address of its file
 * @property {number} t - where it begins
 * @property {number} unit
 * @property {number | null} until_timestep
 * @property {number | null} until_unit
 * @property {{ right: string, reveal: number } | null} question
 *
 * @typedef {object} LessonPage
 * @property {"lesson"} kind
 * @property {Record<string, Setting>} settings
 * @property {LessonStep[]} steps
 */

/**
 * @typedef {object} Told
 * @property {LessonPage} page
 * @property {number} place - of the step that is told
 * @property {Set<number>} finished - the places of those that were done
 * @property {Record<string, unknown>} settings - of the stage, as it reported them last
 */

/**
 * Tell the lesson, beginning where the address says.
 *
 * @param {LessonPage} page
 */
export function lesson(page) {
  /** @type {Told} */
  const told = { page, place: 0, finished: new Set(), settings: {} };
  for (const node of document.querySelectorAll(".step")) {
    node.addEventListener("change", () => takeAnswer(told));
  }
  const last = page.steps.length - 1;
  elementOf("#back").addEventListener("click", () => go(told, told.place - 1));
  elementOf("#on").addEventListener("click", () =>
    go(told, told.place < last ? told.place + 1 : 0),
  );
  window.addEventListener("popstate", () => openStep(told));
  openStep(told);
}

/**
 * Show the step that the address says.
 *
 * @param {Told} told
 */
function openStep(told) {
  const { said, settings } = readAddress(told.page.settings);
  const { steps } = told.page;
  const step = Number(said.step ?? 0);
  told.place = Number.isInteger(step) && step >= 0 ? Math.min(step, steps.length - 1) : 0;
  const { t, unit } = steps[told.place];
  told.settings = { t, unit, ...settings };
  playStep(told, told.settings);
}

/**
 * Go to a step, which begins at its own timestep and unit.
 *
 * @param {Told} told
 * @param {number} place
 */
function go(told, place) {
  const { t, unit } = told.page.steps[place];
  told.place = place;
  told.settings = { ...told.settings, t, unit };
  writeStep(told, true);
  playStep(told, { t, unit });
}

/**
 * Say whether an answer is right, and have the stage show what is so.
 *
 * @param {Told} told
 */
function takeAnswer(told) {
  const { question } = told.page.steps[told.place];
  if (!question) return;
  const right = answerOf(sectionOf(told)) === question.right;
  const verdict = `verdict-${told.place}-${right ? "right" : "wrong"}`;
  showOnly(`#step-${told.place} .verdict`, verdict);
  told.settings = { ...told.settings, t: question.reveal };
  writeStep(told);
  playStep(told, { t: question.reveal });
}

/** @param {Told} told */
function sectionOf({ place }) {
  return elementOf(`#step-${place}`);
}

/**
 * Write the address.
 *
 * @param {Told} told
 * @param {boolean} [isNew]
 */
function writeStep({ page, place, settings }, isNew = false) {
  writeAddress(page.settings, { step: String(place) }, settings, isNew);
}

/**
 * Tell the step, and play its run with settings that are wanted.
 *
 * @param {Told} told
 * @param {Record<string, unknown>} wanted
 */
async function playStep(told, wanted) {
  const { place, page } = told;
  const report = (/** @type {Record<string, unknown>} */ heard) => {
    if (place !== told.place) return; // of the step before, which has come to rest
    told.settings = heard;
    writeStep(told);
    noteFinished(told);
  };
  showOnly(".step", `step-${place}`);
  showButtons(told);
  noteFinished(told);
  const scene = await fetchScene(page.steps[place].scene);
  sayProblem(!scene);
  if (scene && place === told.place) {
    playScene(elementOf(".st-key-stage"), scene, wanted, { report });
  }
}

/**
 * What leads on and back from the step that is told.
 *
 * @param {Told} told
 */
function showButtons({ place, page }) {
  const on = elementOf("#on");
  const isLast = place === page.steps.length - 1;
  elementOf("#back").toggleAttribute("disabled", place === 0);
  on.textContent = (isLast ? on.dataset.again : on.dataset.on) ?? "";
  elementOf("#last").hidden = !isLast;
}

/**
 * Say that the step is done once it is; it stays so.
 *
 * @param {Told} told
 */
function noteFinished(told) {
  const { place, page, finished, settings } = told;
  const section = sectionOf(told);
  if (isFinished(page.steps[place], settings, answerOf(section))) finished.add(place);
  const done = finished.has(place);
  const mark = section.querySelector(".done");
  if (mark instanceof HTMLElement) mark.hidden = !done;
  elementOf("#on").classList.toggle("primary", done);
}

/**
 * What the reader answered to the question of a step; "" where nothing yet.
 *
 * @param {HTMLElement} section
 */
function answerOf(section) {
  const chosen = section.querySelector("input:checked");
  return chosen instanceof HTMLInputElement ? chosen.value : "";
}

/**
 * Whether the reader has done what the step asks for.
 *
 * @param {LessonStep} step
 * @param {Record<string, unknown>} settings
 * @param {string} answer
 */
function isFinished(step, { t, unit }, answer) {
  if (step.question) return answer !== "";
  if (step.until_timestep !== null) return Number(t) >= step.until_timestep;
  return step.until_unit === null || unit === step.until_unit;
}
