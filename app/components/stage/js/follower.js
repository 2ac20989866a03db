// What follows the stage on the page, such as the details below it: while it is in sight it is from
// here that Python hears where the reader came to rest, so that it runs anew and nothing else.

import { whileHere } from "../../shared/js/leaving.js";
import { meeting } from "../../shared/js/meeting.js";
import { hidePlace, hostOf } from "../../shared/js/place.js";

/** @import { Follower, Mounting } from "../../shared/js/types.d.ts" */

/**
 * @typedef {object} Following
 * @property {string} stage  the key of the stage that is followed
 * @property {string[]} follows  the settings that it shows
 * @property {boolean} always  whether it follows out of sight, too
 */

/** @type {WeakMap<Node, Follower & { stop: () => void }>} */
const mounted = new WeakMap(); // place -> who follows from there

/**
 * Streamlit calls this at mount, and whenever the part of the page around it has run.
 *
 * @param {Mounting<Following>} mounting
 */
export default function gatescopeFollower({ data, parentElement, setStateValue }) {
  hidePlace(parentElement);
  const follower = mounted.get(parentElement) ?? watch(parentElement, data.stage);
  mounted.set(parentElement, follower);
  follower.follows = data.follows;
  follower.always = data.always;
  const report = whileHere(setStateValue);
  follower.tell = (told) => report("report", told);
  meeting.followers.set(data.stage, follower);
  return () => {
    follower.stop();
    mounted.delete(parentElement);
    if (meeting.followers.get(data.stage) === follower) meeting.followers.delete(data.stage);
  };
}

/**
 * A follower that knows whether the part of the page around it is in sight, and has the stage tell
 * it when it comes there.
 *
 * @param {HTMLElement | ShadowRoot} parentElement
 * @param {string} stage
 */
function watch(parentElement, stage) {
  const host = hostOf(parentElement);
  const part = host.closest('[data-testid="stVerticalBlock"]') ?? host;
  const observer = new IntersectionObserver((entries) => {
    follower.inSight = entries.some((entry) => entry.isIntersecting);
    if (follower.inSight) meeting.stages.get(stage)?.followed();
  });
  const follower = {
    follows: /** @type {string[]} */ ([]),
    always: false,
    inSight: false,
    tell: (/** @type {Record<string, unknown>} */ _) => {},
    stop: () => observer.disconnect(),
  };
  observer.observe(part);
  return follower;
}
