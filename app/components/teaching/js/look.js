// Where a teacher is, and what a stage that follows does about it: values in, a decision out.

/** @typedef {{ page: string, query: string }} Look  a page below the app's address, parameters */
/** @typedef {Record<string, unknown>} Settings */
/** @typedef {Look & { settings: Settings | null }} Place  null while no stage is there */

/**
 * What is known of a stage that follows.
 *
 * @typedef {object} Memory
 * @property {string | null} wanted  the screen to which it was led last
 * @property {string | null} here  what the page made of it; null on the way
 * @property {number} arrived  when it was there
 * @property {string} asked  where on the stage it was led last
 * @property {string | null} stands  where the stage stood then
 * @property {number} moved  when that was
 * @property {number} tries
 */

export const LED = ["t", "unit", "units"]; // what the browser leads a stage to by itself
// how somebody looks at a screen, and what is theirs alone
const OWN = [
  ...["session", "room", "language", "hide", "present", "details", "exercise", "place"],
  ...["order", "speed", "veil", "slow", "all_units", "scale", "notation", "specialists"],
];
const ONCE = ["train"]; // there a student's choices are their own, and a run of theirs may go on
const UNSEEN = ["model"]; // what only the reader's own session has
const GIVEN_UP = 8000; // ms after which a page that spells itself otherwise counts as reached
const AGAIN = 1000; // ms between two tries to lead a stage that stands elsewhere
const TRIES = 5;

/** @returns {Memory} */
export function freshMemory() {
  return { wanted: null, here: null, arrived: 0, asked: "", stands: null, moved: 0, tries: 0 };
}

/**
 * Where a reader is, for those who follow; null where they could not see it.
 *
 * @param {Place} place
 * @returns {Look | null}
 */
export function shownLook({ page, query, settings }) {
  const parameters = new URLSearchParams(query);
  if (UNSEEN.includes(page) || parameters.has("upload")) return null;
  for (const name of OWN) parameters.delete(name);
  for (const [name, value] of Object.entries(settings ?? {})) parameters.set(name, String(value));
  return { page, query: parameters.toString() };
}

/**
 * The parameters with which a student opens a teacher's screen: theirs, and the student's own.
 *
 * @param {Look} theirs
 * @param {string} query  the student's
 */
export function followedQuery(theirs, query) {
  const [parameters, own] = [new URLSearchParams(theirs.query), new URLSearchParams(query)];
  for (const name of OWN) {
    parameters.delete(name);
    const value = own.get(name);
    if (value !== null && name !== "room") parameters.set(name, value);
  }
  return parameters.toString();
}

/**
 * Timestep and units that a look names, of those that a stage has.
 *
 * @param {Look} look
 * @param {Settings} known
 * @returns {Settings}
 */
export function ledSettings({ query }, known) {
  const parameters = new URLSearchParams(query);
  const named = LED.filter((name) => name in known && parameters.has(name));
  const numbers = named.map((name) => (parameters.get(name) ?? "").split(",").map(Number));
  const good = named.map((name, k) => [name, numbers[k]]).filter(([, all]) => areIntegers(all));
  return Object.fromEntries(good.map(([name, all]) => [name, name === "units" ? all : all[0]]));
}

/** @param {any} numbers */
function areIntegers(numbers) {
  return numbers.every(Number.isSafeInteger);
}

/**
 * What to do so that a stage is where its teacher is.
 *
 * go     open the teacher's screen
 * move   lead the stage to the teacher's timestep and units
 * taken  nothing any more: the student has gone elsewhere
 * rest   nothing
 *
 * @param {Look} theirs
 * @param {Place} mine
 * @param {Memory} memory
 * @param {{ now: number, touched: number }} times  now, and when the student did something last
 * @returns {"go" | "move" | "taken" | "rest"}
 */
export function nextMove(theirs, mine, memory, { now, touched }) {
  const [wanted, here] = [screenOf(theirs), screenOf(mine)];
  if (memory.wanted !== wanted) {
    if (wanted !== here && theirs.page === mine.page && !mine.settings) return "rest"; // not yet
    Object.assign(memory, freshMemory(), { wanted, arrived: now, moved: now });
    if (wanted !== here) return "go";
    memory.here = here;
  }
  if (memory.here === null) {
    if (here !== wanted && now - memory.arrived < GIVEN_UP) return "rest";
    Object.assign(memory, { here, arrived: now, moved: now });
  }
  if (here !== memory.here) {
    if (touched > memory.arrived) return "taken";
    memory.here = here; // the page has spelled itself otherwise
  }
  return mine.settings ? nextOnStage(theirs, mine.settings, memory, { now, touched }) : "rest";
}

/**
 * The same on the stage alone.
 *
 * @param {Look} theirs
 * @param {Settings} settings
 * @param {Memory} memory
 * @param {{ now: number, touched: number }} times
 */
function nextOnStage(theirs, settings, memory, { now, touched }) {
  const asked = ledSettings(theirs, settings);
  const named = Object.fromEntries(Object.keys(asked).map((name) => [name, settings[name]]));
  const [wanted, stands] = [JSON.stringify(asked), JSON.stringify(named)];
  if (memory.stands !== null && stands !== memory.stands && touched > memory.moved) return "taken";
  if (wanted === stands) {
    Object.assign(memory, { asked: wanted, stands, tries: 0 });
    return "rest";
  }
  const tries = memory.asked === wanted ? memory.tries + 1 : 0;
  if (tries > TRIES || (tries && now - memory.moved < AGAIN)) return "rest";
  Object.assign(memory, { asked: wanted, moved: now, tries });
  return "move";
}

/**
 * Remember where a stage stands after it was led.
 *
 * @param {Memory} memory
 * @param {Settings} settings
 */
export function noteStand(memory, settings) {
  const names = Object.keys(JSON.parse(memory.asked));
  memory.stands = JSON.stringify(Object.fromEntries(names.map((name) => [name, settings[name]])));
}

/**
 * Which screen a look is, whatever the timestep and the unit.
 *
 * @param {Look} look
 */
function screenOf({ page, query }) {
  if (ONCE.includes(page)) return page;
  const entries = [...new URLSearchParams(query)].filter(
    ([name]) => !OWN.includes(name) && !LED.includes(name),
  );
  return JSON.stringify([page, ...entries.sort()]);
}
