// A page of the static edition: what it is stands in it, what it plays stands in files beside it.

import { redrawShown } from "../../stage/js/host.js";
import { explore } from "./explore.js";
import { lesson } from "./lesson.js";
import { elementOf } from "./page.js";

const told = JSON.parse(elementOf("#page").textContent ?? "");
if (told.kind === "explore") explore(told);
else lesson(told);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawShown);
