// The address of a static page: where the reader is, in the same words as the app's.

/**
 * @typedef {object} Setting
 * @property {number | boolean | string} default
 * @property {string[]} [choices] - of a word
 * @property {number} [low] - of a number
 * @property {number} [high]
 * @property {boolean} [whole]
 */

/**
 * What the address says of a page's choices, each a text, and of the stage's settings; nonsense is
 * left out.
 *
 * @param {Record<string, Setting>} table
 */
export function readAddress(table) {
  const said = Object.fromEntries(new URLSearchParams(window.location.search));
  /** @type {Record<string, number | boolean | string>} */
  const settings = {};
  for (const [name, line] of Object.entries(table)) {
    const value = name in said ? readValue(line, said[name]) : undefined;
    if (value !== undefined) settings[name] = value;
  }
  return { said, settings };
}

/**
 * The value that a text spells; undefined where it spells none.
 *
 * @param {Setting} line
 * @param {string} text
 */
function readValue(line, text) {
  if (typeof line.default === "boolean") return { 0: false, 1: true }[text];
  if (typeof line.default === "string") return line.choices?.includes(text) ? text : undefined;
  const number = text.trim() === "" ? NaN : Number(text);
  const { low = -Infinity, high = Infinity, whole } = line;
  const fits = number >= low && number <= high && (!whole || Number.isInteger(number));
  return fits ? number : undefined;
}

/**
 * Write choices, and settings that are not as they are at first. A choice that `isNew` makes an
 * entry in the browser's history, so that going back undoes it.
 *
 * @param {Record<string, Setting>} table
 * @param {Record<string, string>} choices
 * @param {Record<string, unknown>} settings
 * @param {boolean} [isNew]
 */
export function writeAddress(table, choices, settings, isNew = false) {
  const words = new URLSearchParams(choices);
  for (const [name, line] of Object.entries(table)) {
    const value = settings[name];
    const named = name === "t" || name === "unit";
    if (value === undefined || (value === line.default && !named)) continue;
    words.set(name, typeof value === "boolean" ? String(Number(value)) : String(value));
  }
  const address = `?${words}`;
  if (isNew) window.history.pushState(null, "", address);
  else window.history.replaceState(null, "", address);
}
