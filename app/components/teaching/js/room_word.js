// What is kept of a room in this tab: its word, and the key of whoever leads it.

/** @import { RoomState } from "../../shared/js/types.d.ts" */

const HELD = "gatescope-room"; // in the tab's storage
const WORD = /^[\p{L}\p{N}-]{3,24}$/u;
const CONSONANTS = "bdfgklmnprstvz";
const VOWELS = "aeiou";
const SYLLABLES = 3;

/**
 * A room's word as it is compared, or "" for what is none.
 *
 * @param {string} typed
 */
export function roomWord(typed) {
  const word = typed.trim().normalize("NFKC").toLowerCase();
  return WORD.test(word) ? word : "";
}

/** A word that nobody has thought of, to be read aloud. */
export function newWord() {
  const drawn = crypto.getRandomValues(new Uint8Array(2 * SYLLABLES));
  const letters = [...drawn].map((n, k) => (k % 2 ? VOWELS[n % 5] : CONSONANTS[n % 14]));
  return letters.join("");
}

/** The key of a new room: 32 hexadecimal digits that nobody can guess. */
export function newKey() {
  const drawn = crypto.getRandomValues(new Uint8Array(16));
  return [...drawn].map((n) => n.toString(16).padStart(2, "0")).join("");
}

/**
 * What this tab remembers of its room.
 *
 * @returns {Partial<RoomState>}
 */
export function heldRoom() {
  try {
    const { mode, word, key, alone } = JSON.parse(sessionStorage.getItem(HELD) ?? "");
    const known = ["lead", "follow"].includes(mode) && roomWord(String(word));
    return known ? { mode, word: known, key: String(key), alone: Boolean(alone) } : {};
  } catch {
    return {};
  }
}

/**
 * Remember a room for this tab, as long as it is open.
 *
 * @param {RoomState} state
 */
export function holdRoom({ mode, word, key, alone }) {
  try {
    if (mode === "none") sessionStorage.removeItem(HELD);
    else sessionStorage.setItem(HELD, JSON.stringify({ mode, word, key, alone }));
  } catch {
    // a browser that keeps nothing: the room lasts as long as its page
  }
}
