// The stage as a picture: drawing, sentence and board at this moment, as SVG or PNG.

import { savePicture, takePicture } from "../../shared/js/picture/take.js";
import { leader, timestepOf } from "./group.js";
import { isPresenting } from "./present.js";
import { redraw } from "./redraw.js";

/** @import { PictureKind } from "../../shared/js/picture/take.js" */
/** @import { Group } from "./types.d.ts" */

/**
 * Save the stage as a file. One that stands alone, enlarged, is saved as it is within the page.
 *
 * @param {Group} group
 * @param {PictureKind} kind
 */
export function saveStage(group, kind) {
  const presents = isPresenting(group);
  const { scene } = leader(group);
  const t = timestepOf(leader(group));
  const captions = group.members.map(({ parts }) => parts.caption.textContent);
  const said = { title: `${scene.title}, timestep ${t}`, description: captions.join(" ").trim() };
  group.settings.present = false;
  const drawing = takePicture(group.parts.root, () => redraw(group), said);
  group.settings.present = presents;
  if (presents) redraw(group);
  savePicture(drawing, `${scene.kind}-timestep-${t}`, kind);
}
