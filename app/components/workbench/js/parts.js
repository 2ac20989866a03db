// The workbench's elements: made once, filled by the other modules.

import { element, icon } from "../../shared/js/elements.js";
import { ICONS } from "../../shared/js/icons.js";
import { say } from "../../shared/js/words.js";

/** @import { Chooser, Curves, Parts } from "./types.d.ts" */

const LIVE = { role: "status", "aria-live": "polite", "aria-atomic": "true" };

/**
 * The whole card.
 *
 * @returns {Parts}
 */
export function buildBench() {
  const label = { role: "region", "aria-label": say("region") };
  const training = { role: "progressbar", "aria-valuemin": 0, "aria-label": say("progress") };
  const done = element("div");
  const parts = {
    root: element("section", { class: "card bench", ...label }),
    progress: element("div", { class: "progress", ...training }, done),
    done,
    state: element("strong", { class: "state" }),
    counted: element("span", { class: "counted" }),
    left: element("span", { class: "left" }),
    live: element("div", { class: "live", ...LIVE }),
    curves: buildCurves(),
    chooser: buildChooser(),
    watched: element("div", { class: "watched" }),
    tooltip: element("div", { class: "tooltip", role: "tooltip", hidden: true }),
  };
  const { root, progress, curves, chooser, watched, live, tooltip } = parts;
  const status = element("div", { class: "status" }, parts.state, parts.counted, parts.left);
  root.append(status, progress, curves.root, chooser.root, watched, live, tooltip);
  return parts;
}

/**
 * A row of the card: its label at the left, then what it shows.
 *
 * @param {string} kind
 * @param {Node[]} label
 * @param {...Node} rest
 */
export function benchRow(kind, label, ...rest) {
  const left = element("div", { class: "label" }, ...label);
  return element("div", { class: `row ${kind}` }, left, ...rest);
}

/**
 * A canvas that a screen reader names, or passes by where there is no label.
 *
 * @param {string} name
 * @param {string} label
 */
export function picture(name, label) {
  const heard = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return element("canvas", { class: name, ...heard });
}

/**
 * The curves of the run, one above the other.
 *
 * @returns {Curves}
 */
function buildCurves() {
  const loss = picture("loss", say("loss_picture"));
  const success = picture("success", say("success_picture"));
  const marks = element("canvas", { "aria-hidden": "true" });
  const axis = element("canvas", { "aria-hidden": "true" });
  const handle = { role: "slider", tabindex: "0", "aria-label": say("checkpoint") };
  const slider = element("div", { class: "marks", ...handle }, marks);
  const now = { loss: element("div", { class: "now" }), success: element("div", { class: "now" }) };
  const head = element("div", { class: "playhead", "aria-hidden": "true" });
  const losses = [
    element("b", { class: "key-loss" }, say("loss")),
    element("b", { class: "key-gradient" }, say("gradient_norm")),
    element("small", {}, say("of_each_update")),
  ];
  const successes = [
    element("b", { class: "key-success" }, say("right")),
    element("small", { class: "criterion" }, say("of_fresh_sequences")),
  ];
  const rows = [
    benchRow("tall", losses, loss, now.loss),
    benchRow("short", successes, success, now.success),
    benchRow("kept", [element("small", {}, say("checkpoints"))], slider, element("span")),
    benchRow("axis", [element("small", {}, say("update"))], axis, element("span")),
  ];
  const root = element("div", { class: "curves" }, ...rows, head);
  return { root, loss, success, marks, slider, axis, now, head };
}

/**
 * The buttons that choose a checkpoint.
 *
 * @returns {Chooser}
 */
function buildChooser() {
  const label = { role: "toolbar", "aria-label": say("which_checkpoint") };
  const newest = { class: "newest", "aria-pressed": "true", title: say("newest_key") };
  const buttons = {
    first: pictured("first", ICONS.first, say("first"), say("first_key")),
    back: pictured("back", ICONS.back, say("back"), say("back_key")),
    play: pictured("play", ICONS.play, say("play"), say("play_key")),
    on: pictured("on", ICONS.step, say("on"), say("on_key")),
    newest: element("button", { type: "button", ...newest }, say("newest")),
  };
  const readout = element("span", { class: "readout" });
  const root = element("div", { class: "chooser", ...label }, ...Object.values(buttons), readout);
  return { root, ...buttons, readout };
}

/**
 * A button with a picture on it.
 *
 * @param {string} name
 * @param {string} path
 * @param {string} label
 * @param {string} title
 */
function pictured(name, path, label, title) {
  const own = { type: "button", class: name, "aria-label": label, title };
  return element("button", own, icon(path));
}
