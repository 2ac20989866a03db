// Pictures as files: SVG as it is, PNG with so many dots per inch that print needs no more.

import { penOf } from "../canvas.js";
import { element } from "../elements.js";

const DOTS_PER_INCH = 300;
const PIXELS_PER_INCH = 96; // of the page
export const SHARPNESS = DOTS_PER_INCH / PIXELS_PER_INCH; // dots of a pixel of the page
const DOTS_PER_METRE = Math.round(DOTS_PER_INCH / 0.0254);
const SIGNATURE = 8; // bytes before a PNG's first chunk
const HEAD = 25; // bytes of the first chunk, the size

/**
 * A drawing as the text of a file.
 *
 * @param {SVGSVGElement} drawing
 */
export function svgFile(drawing) {
  const text = new XMLSerializer().serializeToString(drawing);
  return new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}`], { type: "image/svg+xml" });
}

/**
 * A drawing as dots: of 300 per inch where a pixel of the page is 1/96 of an inch.
 *
 * @param {SVGSVGElement} drawing
 */
export async function pngFile(drawing) {
  const text = new XMLSerializer().serializeToString(drawing);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = element("canvas", {
    width: Math.round(Number(drawing.getAttribute("width")) * SHARPNESS),
    height: Math.round(Number(drawing.getAttribute("height")) * SHARPNESS),
  });
  penOf(canvas).drawImage(image, 0, 0, canvas.width, canvas.height);
  const plain = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  return withResolution(/** @type {Blob} */ (plain));
}

/**
 * Hand a file to the reader.
 *
 * @param {Blob} file
 * @param {string} name
 */
export function saveFile(file, name) {
  const href = URL.createObjectURL(file);
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // once it has surely been read
}

/**
 * The same PNG, which says how many dots an inch has, so that it is as large on paper as on screen.
 *
 * @param {Blob} plain
 */
async function withResolution(plain) {
  const bytes = new Uint8Array(await plain.arrayBuffer());
  const chunk = new Uint8Array(21);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, 9);
  chunk.set(new TextEncoder().encode("pHYs"), 4);
  view.setUint32(8, DOTS_PER_METRE);
  view.setUint32(12, DOTS_PER_METRE);
  chunk[16] = 1; // the unit is the metre
  view.setUint32(17, checksum(chunk.subarray(4, 17)));
  const place = SIGNATURE + HEAD;
  return new Blob([bytes.subarray(0, place), chunk, bytes.subarray(place)], { type: "image/png" });
}

/**
 * CRC-32, as PNG has it.
 *
 * @param {Uint8Array} bytes
 */
function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
