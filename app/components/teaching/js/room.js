// The room of this tab: it leads a class or follows its teacher, over one connection to the server,
// whichever page is open. Where the teacher is goes from browser to browser; the server keeps
// nothing of it, and Streamlit hears of it only where another screen is opened.

import { meeting } from "../../shared/js/meeting.js";
import { connection } from "./connection.js";
import { guideNow, openScreen, placeNow } from "./here.js";
import { freshMemory, ledSettings, nextMove, noteStand, shownLook } from "./look.js";
import { heldRoom, holdRoom, newKey } from "./room_word.js";

/** @import { RoomDesk, RoomState } from "../../shared/js/types.d.ts" */
/** @import { Look, Memory } from "./look.js" */

/**
 * What stands behind a desk.
 *
 * @typedef {object} Room
 * @property {RoomState} state
 * @property {Set<() => void>} watchers
 * @property {ReturnType<typeof connection> | null} line
 * @property {string} sent  what the class was told last
 * @property {Look | null} theirs  where the teacher is
 * @property {Memory} memory
 * @property {number} touched  when the reader did something last
 * @property {ReturnType<typeof setInterval> | undefined} looking  while the tab is in a room
 */

const EVERY = 200; // ms between two looks at where the reader is

/** @type {RoomState} */
const NOWHERE = {
  mode: "none",
  word: "",
  key: "",
  status: "connecting",
  alone: false,
  students: 0,
  shared: false,
  unseen: false,
};

/**
 * The room of this tab, the same for all who ask.
 *
 * @returns {RoomDesk}
 */
export function roomDesk() {
  meeting.room ??= openDesk();
  return meeting.room;
}

/** @returns {RoomDesk} */
function openDesk() {
  /** @type {Room} */
  const room = {
    state: { ...NOWHERE },
    watchers: new Set(),
    line: null,
    sent: "",
    theirs: null,
    memory: freshMemory(),
    touched: 0,
    looking: undefined,
  };
  const before = heldRoom();
  if (before.mode) enter(room, before);
  for (const kind of ["pointerdown", "keydown"]) {
    window.addEventListener(kind, (event) => noteTouch(room, event), { capture: true });
  }
  return {
    state: room.state,
    watchers: room.watchers,
    open: (word) => enter(room, { mode: "lead", word, key: newKey() }),
    join: (word) => join(room, word),
    again: () => again(room),
    stop: () => change(room, { alone: true }),
    leave: () => leave(room),
  };
}

/**
 * @param {Room} room
 * @param {Partial<RoomState>} news
 */
function change(room, news) {
  Object.assign(room.state, news);
  holdRoom(room.state);
  for (const tell of room.watchers) tell();
}

/**
 * @param {Room} room
 * @param {Partial<RoomState>} who
 */
function enter(room, who) {
  room.line?.end();
  Object.assign(room, { theirs: null, sent: "", memory: freshMemory() });
  change(room, { ...NOWHERE, ...who });
  const { mode, word, key } = room.state;
  const lost = () => {
    room.sent = "";
    change(room, { status: "connecting" });
  };
  const said = mode === "lead" ? { lead: word, key } : { follow: word };
  room.line = connection(said, (news) => hear(room, news), lost);
  room.looking ??= setInterval(() => lookAround(room), EVERY);
}

/**
 * @param {Room} room
 * @param {any} said  by the server, see app/server/rooms/endpoint.py
 */
function hear(room, said) {
  if ("led" in said) change(room, { status: "open", students: said.led, shared: said.shared });
  if ("look" in said) {
    const [page, query] = said.look ?? [];
    room.theirs = said.look && { page: String(page), query: String(query) };
    const status = room.theirs ? "open" : "waiting";
    if (status !== room.state.status) change(room, { status });
  }
  if (said.refused || said.closed) {
    room.line?.end();
    change(room, { status: said.refused ?? "closed" });
  }
}

/**
 * A teacher who opens the link to their own room stays its teacher.
 *
 * @param {Room} room
 * @param {string} word
 */
function join(room, word) {
  const { mode, word: there } = room.state;
  if (mode === "none" || there !== word) enter(room, { mode: "follow", word });
}

/** @param {Room} room */
function again(room) {
  if (room.state.status === "closed") enter(room, { mode: "follow", word: room.state.word });
  room.memory = freshMemory();
  change(room, { alone: false });
}

/** @param {Room} room */
function leave(room) {
  if (room.state.mode === "lead") room.line?.say({ close: true });
  room.line?.end();
  room.line = null;
  clearInterval(room.looking);
  room.looking = undefined;
  change(room, NOWHERE);
}

/**
 * @param {Room} room
 * @param {Event} event
 */
function noteTouch(room, event) {
  const path = event.composedPath();
  const onBar = path.some((node) => node instanceof Element && node.matches(".class-room"));
  if (!onBar) room.touched = Date.now();
}

/** @param {Room} room */
function lookAround(room) {
  if (room.state.mode === "lead") lead(room);
  else if (room.state.mode === "follow" && room.theirs && !room.state.alone) {
    follow(room, room.theirs);
  }
}

/** @param {Room} room */
function lead(room) {
  const look = shownLook(placeNow());
  if (room.state.unseen !== !look) change(room, { unseen: !look });
  const told = look && [look.page, look.query];
  const text = JSON.stringify(told);
  if (!told || text === room.sent || document.hidden) return;
  if (room.line?.say({ look: told })) room.sent = text;
}

/**
 * @param {Room} room
 * @param {Look} theirs
 */
function follow(room, theirs) {
  const mine = placeNow();
  const times = { now: Date.now(), touched: room.touched };
  const move = nextMove(theirs, mine, room.memory, times);
  if (move === "taken") change(room, { alone: true });
  if (move === "go") openScreen(theirs, mine);
  const guide = move === "move" ? guideNow() : undefined;
  if (guide) {
    guide.go(ledSettings(theirs, mine.settings ?? {}));
    noteStand(room.memory, guide.where() ?? {});
  }
}
