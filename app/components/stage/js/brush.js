// The mark over a stretch of time that the reader has brushed, or that the page has chosen.

/** @import { Brush, Group } from "./types.d.ts" */

/**
 * What Python says of it: null where no stretch is asked for, [] where none is marked. What it said
 * before changes nothing: the reader may be about to mark another.
 *
 * @param {Group} group
 * @param {number[] | null | undefined} wanted
 */
export function takeBrush(group, wanted) {
  const said = JSON.stringify(wanted ?? null);
  if (said === (group.brush?.said ?? "null")) return;
  const range = /** @type {Brush["range"]} */ (wanted?.length ? wanted : null);
  const { anchor, head } = group.brush ?? { anchor: -1, head: -1 };
  clearTimeout(group.brush?.timer);
  group.brush = wanted ? { range, anchor, head, said } : null;
  placeBrush(group);
}

/**
 * Draw the mark where the view has it.
 *
 * @param {Group} group
 */
export function placeBrush({ members, brush, view }) {
  for (const { overlay, widths } of members) {
    if (!overlay) continue; // before its first board
    const node = overlay.brushed;
    node.style.display = brush?.range ? "" : "none";
    if (!brush?.range) continue;
    const [first, last] = brush.range;
    const pitch = widths.plot / (view[1] - view[0]);
    const left = Math.max(-2, (first - view[0]) * pitch);
    const right = Math.min(widths.plot + 2, (last + 1 - view[0]) * pitch);
    node.style.display = right > left ? "" : "none";
    node.style.transform = `translateX(${left}px)`;
    node.style.width = `${Math.max(right - left, 4)}px`;
  }
}
