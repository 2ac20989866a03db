// Says below an uploader why a file did not arrive; see ../__init__.py.

import { hidePlace } from "../../shared/js/place.js";

/** @import { Mounting } from "../../shared/js/types.d.ts" */

// What Streamlit calls them
const UPLOADER = '[data-testid="stFileUploader"]';
const FILE = '[data-testid="stFileChip"]';
const NAME = '[data-testid="stFileChipName"]';
const FAILED = `${FILE}[aria-invalid="true"]`;
const OURS = "upload-problem"; // the class of our sentences, see screens/shared/uploads.css

const EVERY = 300; // ms between two looks, while files are on their way or have failed
const PATIENCE = 20; // looks without either until nobody looks any more

/** @type {Record<string, string>} */
let sentences = {}; // for what happened, see `causeOf`; in the language of the page
let watching = 0; // looks that are left

/**
 * Streamlit calls this at mount, and with every rerun.
 *
 * @param {Mounting<Record<string, string>>} mounting
 */
export default function gatescopeUploading({ data, parentElement }) {
  hidePlace(parentElement);
  sentences = data;
  if (document.documentElement.dataset.watchesUploads) return;
  document.documentElement.dataset.watchesUploads = "true";
  for (const happening of ["change", "drop"]) document.addEventListener(happening, watch, true);
}

/** @param {Event} event */
function watch({ target }) {
  if (!(target instanceof Element) || !target.closest(UPLOADER)) return;
  const asleep = watching === 0;
  watching = PATIENCE;
  if (asleep) window.setTimeout(look, EVERY);
}

function look() {
  const uploaders = [...document.querySelectorAll(UPLOADER)];
  const changing = uploaders.map(sayBelow).some(Boolean);
  watching = changing ? PATIENCE : watching - 1;
  if (watching > 0) window.setTimeout(look, EVERY);
}

/**
 * Say below an uploader what happened to its files; whether one is on its way or has failed.
 *
 * @param {Element} uploader
 */
function sayBelow(uploader) {
  const failed = [...uploader.querySelectorAll(FAILED)];
  const said = failed.map((file) => sentences[causeOf(file)].replace("{name}", () => nameOf(file)));
  const text = said.join(" ");
  const ours = uploader.parentElement?.querySelector(`.${OURS}`);
  if (text === "") ours?.remove();
  else if (ours?.textContent !== text) {
    const place = ours ?? uploader.parentElement?.appendChild(newSentence());
    if (place) place.textContent = text;
  }
  return failed.length > 0 || uploader.querySelector('[data-testid$="IconSpinner"]') !== null;
}

/**
 * What happened by what Streamlit says: the number of an answer, "kind", or "".
 *
 * @param {Element} file
 */
function causeOf(file) {
  const told = document.getElementById(file.getAttribute("aria-describedby") ?? "");
  const text = told?.textContent ?? "";
  if (/or smaller/.test(text)) return "413";
  if (/not allowed/.test(text)) return "kind";
  const answered = /status code (\d+)/.exec(text)?.[1] ?? "";
  return answered in sentences ? answered : "";
}

/** @param {Element} file */
function nameOf(file) {
  const name = file.querySelector(NAME);
  return name?.getAttribute("title") ?? name?.textContent ?? "";
}

function newSentence() {
  const sentence = document.createElement("p");
  sentence.className = OURS;
  sentence.setAttribute("role", "alert");
  return sentence;
}
