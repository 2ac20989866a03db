// The stage as a widget of a notebook (anywidget): what the reader looks at are traits of Python's,
// and what a long run needs is asked of the kernel.

import { element } from "../../shared/js/elements.js";
import { effectiveBackground, isDark } from "../../shared/js/theme.js";
import { bringDetails, playScene, redrawShown } from "./host.js";

/**
 * What anywidget hands over.
 *
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {() => void} save_changes
 * @property {(message: object) => void} send
 * @property {(event: string, act: (...heard: any[]) => void) => void} on
 * @property {(event: string, act: (...heard: any[]) => void) => void} off
 */

let places = 0; // how many were made: each has a name of its own

/**
 * Show the widget in `el`; return what takes it away again.
 *
 * @param {{ model: Model, el: HTMLElement }} given
 */
function render({ model, el }) {
  places += 1;
  // Keys that the stage takes are not the notebook's meanwhile.
  const place = element("div", {
    class: `st-key-widget-${places}`,
    "data-lm-suppress-shortcuts": "true",
  });
  const shadow = place.attachShadow({ mode: "open" });
  shadow.append(element("style", {}, model.get("_style")), element("div", { class: "gatescope" }));
  el.append(place);
  const stopColours = followColours(place, model.get("_themes"));

  /** @type {string[]} */
  const names = model.get("_settings");
  const scene = bytesOfView(model.get("_scene"));
  let reporting = false;

  /** @param {Record<string, unknown>} news */
  function report(news) {
    reporting = true; // what comes from here is not to go back
    for (const name of names) if (name in news) model.set(name, news[name]);
    reporting = false;
    model.save_changes();
  }
  const ask = (/** @type {object} */ details) => model.send({ details });
  const wanted = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const play = () => playScene(place, scene, wanted(), { report, ask });
  const follow = () => {
    if (!reporting) play();
  };
  const take = (/** @type {object} */ _message, /** @type {DataView[]} */ [details]) => {
    if (details) bringDetails(place, bytesOfView(details));
  };
  const stop = play();
  for (const name of names) model.on(`change:${name}`, follow);
  model.on("msg:custom", take);
  return () => {
    for (const name of names) model.off(`change:${name}`, follow);
    model.off("msg:custom", take);
    stopColours();
    stop();
    place.remove();
  };
}

/**
 * Bytes as they come from a kernel.
 *
 * @param {DataView | Uint8Array} view
 */
function bytesOfView({ buffer, byteOffset, byteLength }) {
  return new Uint8Array(/** @type {ArrayBuffer} */ (buffer), byteOffset, byteLength);
}

/**
 * Give a place the colours that fit the page around it, now and when these change; return what
 * follows them no more.
 *
 * @param {HTMLElement} place
 * @param {{ light: string, dark: string }} themes
 */
function followColours(place, themes) {
  const choose = () => {
    const theme = isDark(effectiveBackground(place.parentElement)) ? themes.dark : themes.light;
    if (place.getAttribute("style") === theme) return;
    place.setAttribute("style", theme);
    redrawShown();
  };
  const observer = new MutationObserver(choose);
  for (const node of [document.documentElement, document.body]) {
    observer.observe(node, { attributes: true });
  }
  requestAnimationFrame(choose); // once it stands on the page
  choose();
  return () => observer.disconnect();
}

export default { render };
