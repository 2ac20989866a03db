// A card as a picture: always laid out for one width, so that its type has the same size on every
// page that it is put into.

import { setSharpness } from "../canvas.js";
import { button, element, shape } from "../elements.js";
import { say } from "../words.js";
import { pngFile, SHARPNESS, saveFile, svgFile } from "./file.js";
import { svgOf } from "./trace.js";

/** @typedef {"png" | "svg"} PictureKind */

const WIDTH = 960; // pixels: 10 inches, where type of 12 pixels has 9 points
const SKIPPED = ".live, dialog, button, .tooltip, .parts, .pull, .bead"; // of what is laid out

/**
 * A card as it is now, as a drawing. `redraw` fits what is in it to its width.
 *
 * @param {HTMLElement} root
 * @param {() => void} redraw
 * @param {{ title: string, description: string }} said
 */
export function takePicture(root, redraw, { title, description }) {
  const { width } = root.style;
  root.style.width = `${WIDTH}px`;
  root.classList.add("pictured");
  setSharpness(SHARPNESS);
  try {
    redraw();
    const drawing = svgOf(root, { skipped: SKIPPED });
    drawing.prepend(shape("title", {}, title), shape("desc", {}, description));
    return drawing;
  } finally {
    setSharpness(0);
    root.classList.remove("pictured");
    root.style.width = width;
    redraw();
  }
}

/**
 * Save a drawing as a file, whose name has the kind at its end.
 *
 * @param {SVGSVGElement} drawing
 * @param {string} name
 * @param {PictureKind} kind
 */
export async function savePicture(drawing, name, kind) {
  saveFile(kind === "svg" ? svgFile(drawing) : await pngFile(drawing), `${name}.${kind}`);
}

/**
 * The buttons that save a picture.
 *
 * @param {(kind: PictureKind) => void} save
 */
export function pictureButtons(save) {
  const one = (/** @type {PictureKind} */ kind) => {
    const name = kind.toUpperCase();
    const label = say("save_picture", { kind: name });
    return button(`save-${kind}`, label, [name], () => save(kind));
  };
  const label = element("span", { "aria-hidden": "true" }, say("picture"));
  const named = { class: "pictures", role: "group", "aria-label": say("pictures") };
  return element("span", named, label, one("png"), one("svg"));
}
