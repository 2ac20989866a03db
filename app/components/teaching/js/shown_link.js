// A link as a class gets it: a field with a button that copies it, and its QR code.

import { button, element, setText, shape } from "../../shared/js/elements.js";
import { qrCode } from "./qr.js";

const QUIET = 4; // modules of margin around a QR code
const LOCAL = /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/;

/**
 * A field with a link, and what copies it; `link` is asked for whenever it is written or copied.
 *
 * @param {() => string} link
 * @param {Record<string, string>} words
 * @param {string} label
 */
export function shownLink(link, words, label) {
  const field = element("input", { type: "text", readonly: true, "aria-label": label });
  const code = element("div", { class: "code" });
  const note = element("p", { class: "note" });
  const status = element("span", { role: "status" });
  const write = () => {
    field.value = link();
    showCode(code, field.value, words);
    setText(note, LOCAL.test(window.location.hostname) ? words.local : "");
  };
  const copy = button("copy", words.copy, [words.copy], async () => {
    write();
    field.select();
    const copied = await copyText(field.value);
    setText(status, copied ? words.copied : words.failed);
  });
  const parts = [element("div", { class: "row" }, field, copy), status, code, note];
  return { parts, write };
}

/**
 * Show the QR code of a link, and a way to see it large.
 *
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
