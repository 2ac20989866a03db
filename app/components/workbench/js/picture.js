// The workbench as a picture, and its curves as numbers.

import { button } from "../../shared/js/elements.js";
import { saveFile } from "../../shared/js/picture/file.js";
import { pictureButtons, savePicture, takePicture } from "../../shared/js/picture/take.js";
import { say } from "../../shared/js/words.js";
import { shownUpdate } from "./chosen.js";
import { layOut } from "./layout.js";

/** @import { Bench } from "./types.d.ts" */

/**
 * The buttons that save the workbench as it is now, and its curves.
 *
 * @param {Bench} bench
 */
export function saveButtons(bench) {
  const buttons = pictureButtons((kind) => {
    const { root, chooser } = bench.parts;
    const said = { title: bench.run.head.heading, description: chooser.readout.textContent ?? "" };
    savePicture(
      takePicture(root, () => layOut(bench), said),
      nameOf(bench),
      kind,
    );
  });
  const label = say("save_curves");
  const csv = button("save-csv", label, ["CSV"], () =>
    saveFile(new Blob([curveTable(bench)], { type: "text/csv" }), `${nameOf(bench)}.csv`),
  );
  buttons.append(csv);
  return buttons;
}

/**
 * What the files are called.
 *
 * @param {Bench} bench
 */
function nameOf(bench) {
  return `training-update-${shownUpdate(bench)}`;
}

/**
 * The curves as they are drawn: a row for each point, those of the success after those of the loss.
 *
 * @param {Bench} bench
 */
function curveTable({ run }) {
  const { updates, loss, gradient_norm: gradients, tested, right } = run.curves;
  const losses = Array.from(updates, (update, k) => [update, loss[k], gradients[k], ""]);
  const successes = Array.from(tested, (update, k) => [update, "", "", right[k]]);
  const rows = [["update", "loss", "gradient_norm", "right"], ...losses, ...successes];
  return rows.map((row) => `${row.join(",")}\r\n`).join("");
}
