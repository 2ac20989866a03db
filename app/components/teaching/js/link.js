// Where a teacher makes a lesson link: what is left out, the link, its QR code, the lesson plan.

import { button, element, setText, shape } from "../../shared/js/elements.js";
import { goToScreen, heldPlan, holdPlan, readPlan, writePlan } from "./plan.js";
import { qrCode } from "./qr.js";

/** @import { Mounting } from "../../shared/js/types.d.ts" */

/**
 * @typedef {object} Lesson
 * @property {Record<string, string>} controls  what can be left out, by name
 * @property {string} title  of the screen
 * @property {Record<string, string>} words
 * @property {string} language
 */

const QUIET = 4; // modules of margin around a QR code
const PRIVATE = "session"; // the parameter that leads to the reader's own files
const LOCAL = /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/;
const SCREENLESS = ["present"]; // a class opens the page, not the projector's view of it

/** @type {WeakMap<Node, Set<string>>} */
const leftOut = new WeakMap(); // place -> what is left out

/**
 * Streamlit calls this at mount, and with every rerun.
 *
 * @param {Mounting<Lesson>} mounting
 */
export default function gatescopeLessonLink({ data, parentElement }) {
  const root = parentElement.querySelector(".lesson-link");
  if (!(root instanceof HTMLElement)) return;
  const hidden = leftOut.get(root) ?? hiddenNow();
  leftOut.set(root, hidden);
  const { words } = data;
  const field = element("input", { type: "text", readonly: true, "aria-label": words.link });
  const code = element("div", { class: "code" });
  const note = element("p", { class: "note" });
  const status = element("span", { role: "status" });
  const write = () => {
    const link = lessonLink(hidden);
    field.value = link;
    showCode(code, link, words);
    setText(note, LOCAL.test(window.location.hostname) ? words.local : "");
  };
  const copy = button("copy", words.copy, [words.copy], async () => {
    write();
    field.select();
    const copied = await copyText(field.value);
    setText(status, copied ? words.copied : words.failed);
  });
  root.lang = data.language;
  root.replaceChildren(
    choices(data, hidden, write),
    element("div", { class: "row" }, field, copy),
    status,
    code,
    note,
    planPart(data, () => lessonLink(hidden)),
  );
  write();
  root.onpointerenter = write; // the reader may have stepped since
}

/** What the screen itself leaves out already. */
function hiddenNow() {
  const named = new URL(window.location.href).searchParams.get("hide") ?? "";
  return new Set(named.split(".").filter(Boolean));
}

/**
 * @param {Lesson} data
 * @param {Set<string>} hidden
 * @param {() => void} changed
 */
function choices({ controls, words }, hidden, changed) {
  const boxes = Object.entries(controls).map(([name, label]) => {
    const box = element("input", { type: "checkbox" });
    box.checked = hidden.has(name);
    box.addEventListener("change", () => {
      if (box.checked) hidden.add(name);
      else hidden.delete(name);
      changed();
    });
    return element("label", {}, box, label);
  });
  return element("fieldset", {}, element("legend", {}, words.hide), ...boxes);
}

/**
 * The address of this screen for a class.
 *
 * @param {Set<string>} hidden
 */
function lessonLink(hidden) {
  const link = new URL(window.location.href);
  link.hash = "";
  for (const name of [PRIVATE, ...SCREENLESS, "hide"]) link.searchParams.delete(name);
  if (hidden.size) link.searchParams.set("hide", [...hidden].join("."));
  return link.href;
}

/**
 * @param {HTMLElement} place
 * @param {string} link
 * @param {Record<string, string>} words
 */
function showCode(place, link, words) {
  const dark = qrCode(link);
  if (!dark) {
    place.replaceChildren(element("p", { class: "note" }, words.too_long));
    return;
  }
  const large = element(
    "dialog",
    { "aria-label": words.code },
    drawn(dark, words.code),
    element("p", { class: "large-link" }, link),
  );
  large.append(button("close", words.close, [words.close], () => large.close()));
  const enlarge = button("enlarge", words.enlarge, [words.enlarge], () => large.showModal());
  place.replaceChildren(drawn(dark, words.code), enlarge, large);
}

/**
 * A QR code as a picture: always dark on light.
 *
 * @param {boolean[][]} dark
 * @param {string} label
 */
function drawn(dark, label) {
  const size = dark.length + 2 * QUIET;
  const path = dark
    .flatMap((row, y) => row.map((on, x) => (on ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")))
    .join("");
  return shape(
    "svg",
    { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label },
    shape("rect", { width: size, height: size, fill: "#fff" }),
    shape("path", { d: path, fill: "#000", "shape-rendering": "crispEdges" }),
  );
}

/**
 * The lesson plan that is being made: its screens, and the file.
 *
 * @param {Lesson} data
 * @param {() => string} link
 */
function planPart({ title, words }, link) {
  const list = element("ol", {});
  const status = element("p", { class: "note", role: "status" });
  const show = () => {
    const { screens } = heldPlan();
    const entries = screens.map((screen, k) => {
      const label = words.remove.replace("{title}", screen.title);
      const remove = button("remove", label, ["×"], () => {
        change(screens.filter((_, j) => j !== k));
      });
      return element("li", {}, element("a", { href: screen.href }, screen.title), " ", remove);
    });
    list.replaceChildren(...entries);
    setText(status, screens.length ? "" : words.empty);
    for (const node of [save, play]) node.disabled = !screens.length;
  };
  const change = (/** @type {import("./plan.js").Screen[]} */ screens) => {
    holdPlan({ screens, at: -1 });
    show();
  };
  const add = button("add", words.add, [words.add], () => {
    const { pathname, search, searchParams } = new URL(link());
    const t = searchParams.get("t") ?? "0";
    const called = words.step.replace("{title}", title).replace("{t}", t);
    change([...heldPlan().screens, { title: called, href: pathname + search }]);
  });
  const save = button("save", words.save, [words.save], () => {
    saveText(writePlan(heldPlan().screens, window.location.origin), "lesson-plan.txt");
  });
  const file = element("input", {
    type: "file",
    accept: ".txt,text/plain",
    "aria-label": words.open,
  });
  file.addEventListener("change", async () => {
    const screens = readPlan((await file.files?.[0]?.text()) ?? "");
    if (screens.length) change(screens);
    else setText(status, words.bad);
  });
  const opened = element("label", { class: "file" }, words.open, file);
  const play = button("play", words.play, [words.play], () => goToScreen(heldPlan(), 0));
  show();
  const buttons = element("div", { class: "row" }, add, save, opened, play);
  return element("section", {}, element("h2", {}, words.plan), list, status, buttons);
}

/**
 * @param {string} text
 * @param {string} name
 */
function saveText(text, name) {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}

/**
 * Put a text into the clipboard; whether that worked.
 *
 * @param {string} text
 */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy"); // the field is selected
  }
}
