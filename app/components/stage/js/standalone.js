// The stage in one file: what the file holds is played, in the colours of the reader's system.

import { embeddedBytes } from "../../shared/js/embedded.js";
import { playScene, redrawShown } from "./host.js";

const place = /** @type {HTMLElement} */ (document.querySelector(".st-key-stage"));
playScene(place, embeddedBytes("scene"), {}, { parcel: embeddedBytes("parcel") });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawShown);
