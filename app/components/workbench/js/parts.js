// The workbench's elements: made once, filled by the other modules.

import { element, icon } from "../../shared/js/elements.js";
import { ICONS } from "../../shared/js/icons.js";

export function buildBench() {
  const parts = {
    root: element("section", { class: "card bench", role: "region", "aria-label": "Workbench: how the network learns" }),
    progress: element("div", { class: "progress", role: "progressbar", "aria-valuemin": 0, "aria-label": "Training" }, element("div")),
    state: element("strong", { class: "state" }),
    counted: element("span", { class: "counted" }),
    left: element("span", { class: "left" }),
    live: element("div", { class: "live", role: "status", "aria-live": "polite", "aria-atomic": "true" }),
    curves: buildCurves(),
    chooser: buildChooser(),
    watched: element("div", { class: "watched" }),
    tooltip: element("div", { class: "tooltip", role: "tooltip", hidden: true }),
  };
  const status = element("div", { class: "status" }, parts.state, parts.counted, parts.left);
  parts.root.append(status, parts.progress, parts.curves.root, parts.chooser.root, parts.watched, parts.live, parts.tooltip);
  return parts;
}

export function benchRow(kind, label, ...rest) {
  return element("div", { class: `row ${kind}` }, element("div", { class: "label" }, ...label), ...rest);
}

export function picture(name, label) {
  return element("canvas", { class: name, role: "img", "aria-label": label });
}

function buildCurves() {
  const loss = picture("loss", "Loss and gradient norm of each update, on a logarithmic axis");
  const success = picture("success", "Share of fresh sequences that the network gets right");
  const marks = element("canvas", { "aria-hidden": "true" });
  const slider = element("div", { class: "marks", role: "slider", tabindex: "0", "aria-label": "Checkpoint" }, marks);
  const axis = element("canvas", { "aria-hidden": "true" });
  const now = { loss: element("div", { class: "now" }), success: element("div", { class: "now" }) };
  const head = element("div", { class: "playhead", "aria-hidden": "true" });
  const root = element(
    "div",
    { class: "curves" },
    benchRow("tall", [element("b", { class: "key-loss" }, "Loss"), element("b", { class: "key-gradient" }, "Gradient norm"), element("small", {}, "of each update, logarithmic")], loss, now.loss),
    benchRow("short", [element("b", { class: "key-success" }, "Right"), element("small", { class: "criterion" }, "of fresh sequences")], success, now.success),
    benchRow("kept", [element("small", {}, "checkpoints")], slider, element("span")),
    benchRow("axis", [element("small", {}, "update")], axis, element("span")),
    head,
  );
  return { root, loss, success, marks, slider, axis, now, head };
}

function buildChooser() {
  const pictured = (name, picture, label, title) =>
    element("button", { type: "button", class: name, "aria-label": label, title }, icon(picture));
  const chooser = {
    first: pictured("first", ICONS.first, "First checkpoint", "First checkpoint (Home)"),
    back: pictured("back", ICONS.back, "Checkpoint before", "Checkpoint before (←)"),
    play: pictured("play", ICONS.play, "Play through training", "Play through training (space)"),
    on: pictured("on", ICONS.step, "Next checkpoint", "Next checkpoint (→)"),
    newest: element("button", { type: "button", class: "newest", "aria-pressed": "true", title: "Follow the newest (End)" }, "Newest"),
    readout: element("span", { class: "readout" }),
  };
  const { first, back, play, on, newest, readout } = chooser;
  chooser.root = element("div", { class: "chooser", role: "toolbar", "aria-label": "Which checkpoint is shown" }, first, back, play, on, newest, readout);
  return chooser;
}
