// A lesson plan: a list of links in a text file, and where in it this tab of the browser is.
//
//     # Reber, where the network has to remember
//     /?demo=reber&t=4&hide=network.pages
//
// A title stands above its link. A link may begin with the server that it was made on; it leads to
// this one.

/** @typedef {{ title: string, href: string }} Screen */
/** @typedef {{ screens: Screen[], at: number }} Plan  `at` is -1 while the plan is being made */

const PLAN_KEY = "gatescope-plan";
const LONGEST = 200; // screens

/**
 * The screens that a file names; [] where it names none.
 *
 * @param {string} text
 * @returns {Screen[]}
 */
export function readPlan(text) {
  /** @type {Screen[]} */
  const screens = [];
  let title = "";
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    if (line.startsWith("#")) title = line.replace(/^#+\s*/, "");
    const href = line.startsWith("#") ? "" : pathOf(line);
    if (!href) continue;
    screens.push({ title: title || href, href });
    title = "";
  }
  return screens.slice(0, LONGEST);
}

/**
 * The file of a plan.
 *
 * @param {Screen[]} screens
 * @param {string} origin
 */
export function writePlan(screens, origin) {
  return screens.map(({ title, href }) => `# ${title}\n${origin}${href}\n`).join("\n");
}

/**
 * Path and parameters of a link, without the server; "" where it is none.
 *
 * @param {string} link
 */
function pathOf(link) {
  if (!/^(https?:\/\/|\/)\S*$/.test(link)) return "";
  try {
    const { pathname, search } = new URL(link, "file:///");
    return pathname.replace(/^\/+/, "/") + search;
  } catch {
    return "";
  }
}

/**
 * The plan of this tab.
 *
 * @returns {Plan}
 */
export function heldPlan() {
  try {
    const held = JSON.parse(sessionStorage.getItem(PLAN_KEY) ?? "");
    return { screens: readPlan(writePlan(held.screens, "")), at: Math.trunc(Number(held.at)) };
  } catch {
    return { screens: [], at: -1 };
  }
}

/**
 * Keep a plan for this tab, as long as it is open.
 *
 * @param {Plan} plan
 */
export function holdPlan(plan) {
  try {
    sessionStorage.setItem(PLAN_KEY, JSON.stringify(plan));
  } catch {
    // a browser that keeps nothing: the plan lasts as long as its page
  }
}

/**
 * Open the screen at a place of the plan; false where there is none.
 *
 * @param {Plan} plan
 * @param {number} at
 */
export function goToScreen({ screens }, at) {
  if (!screens[at]) return false;
  holdPlan({ screens, at });
  window.location.assign(window.location.origin + screens[at].href);
  return true;
}
