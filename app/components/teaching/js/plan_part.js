// Where a lesson plan is made: its screens, and the file.

import { button, element, setText } from "../../shared/js/elements.js";
import { goToScreen, heldPlan, holdPlan, readPlan, writePlan } from "./plan.js";

/**
 * The lesson plan that is being made: its screens, and the file.
 *
 * @param {{ title: string, words: Record<string, string> }} data
 * @param {() => string} link
 */
export function planPart({ title, words }, link) {
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
    const t = searchParams.get("t");
    const called = t ? words.step.replace("{title}", title).replace("{t}", t) : title;
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
