// The values that several components share.

/** What Streamlit hands a component's script: at mount, and whenever data or theme changed. */
export interface Mounting<Data> {
  data: Data;
  parentElement: HTMLElement | ShadowRoot;
  setStateValue: (name: string, value: unknown) => void;
}

/** What is said, and in which language; see words.js. */
export interface Words {
  language: string;
  table: Record<string, string>;
}

export type Numbers = Float32Array | Uint8Array;

/** A decoded buffer: its document, and the arrays that the document names. */
export interface Contents<Document> {
  document: Document;
  array: (name: string) => Numbers;
  shape: (name: string) => number[];
}

/** What a scale of colours must know of a signal. */
export interface Scaled {
  low: number;
  high: number;
  typical: number;
  unbounded: boolean;
  unitLow: Float32Array;
  unitHigh: Float32Array;
}

export type Scale = "asinh" | "linear" | "per_unit";

/** A signal's colours in one mode: of its lines, and those between which its cells' are mixed. */
export interface Hue {
  line: string;
  stops: string[];
}

/** All colours of a card in one mode; see theme.py. */
export interface Colours {
  page: string;
  panel: string;
  ink: string;
  muted: string;
  line: string;
  strong_line: string;
  neutral: string;
  good: string;
  bad: string;
  below_zero: string;
  signals: Record<string, Hue>;
}

export type ColoursByMode = { light: Colours; dark: Colours };

export interface Size {
  width: number;
  height: number;
}

export type Pen = CanvasRenderingContext2D;

/** What the courier hands over: a buffer, and whom to ask for details, if anybody. */
export interface Parcel {
  data: Uint8Array;
  ask: ((details: DetailsRequest) => void) | null;
}

/** What is asked of a long run: a finer view of some signals, exact numbers, bars; null: none. */
export interface DetailsRequest {
  id: string;
  view: [first: number, end: number] | null;
  exact: [first: number, end: number] | null;
  signals: string[];
  bars: { t: number; unit: number; window: [first: number, end: number] } | null;
}

/** What was last reported under a key: the settings, and the wishes of Python granted till then. */
export interface LastReport {
  news: Record<string, unknown>;
  applied: Record<string, string>;
}

/** Settings that Python has not been told, and the wishes of Python granted till then. */
export interface Untold {
  settings: Record<string, unknown>;
  applied: Record<string, string>;
}

/**
 * Where stages, couriers and followers meet, by key: what takes a parcel, the last parcel and
 * report, what Python has not been told, who follows, and what is called whenever a stage shows
 * something else. `spell` writes settings into the address.
 */
export interface Meeting {
  stages: Map<string, Receiver>;
  waiting: Map<string, Parcel>;
  reported: Map<string, LastReport>;
  takeEarly?: (mounting: Mounting<Uint8Array>) => (() => void) | null; // see first_sight.js
  untold: Map<string, Untold>;
  followers: Map<string, Follower>;
  room?: RoomDesk; // see teaching/js/room.js
  watchers: Map<string, Set<() => void>>;
  leaving: { at: number; reported: number; path: string }; // see leaving.js
  spell: ((settings: Record<string, unknown>, defaults: Record<string, unknown>) => void) | null;
}

/** What takes a parcel, whose it is, what has it tell at once, what a follower in sight calls. */
export interface Receiver {
  (parcel: Parcel): void;
  group: unknown;
  defaults: Record<string, unknown>; // of the settings
  tell: () => void;
  place: () => { t: number; last: number };
  followed: () => void;
  guide: Guide;
}

/** Where a reader is on a stage, and how to lead them elsewhere. */
export interface Guide {
  where: () => Record<string, unknown> | null; // null for a stage that the address does not spell
  go: (settings: Record<string, unknown>) => void;
}

/** The room in which this tab leads or follows, and what can be done about it. */
export interface RoomDesk {
  state: RoomState;
  watchers: Set<() => void>; // called with every change of the state
  open: (word: string) => void;
  join: (word: string) => void;
  again: () => void;
  stop: () => void; // following, for now
  leave: () => void;
}

export interface RoomState {
  mode: "none" | "lead" | "follow";
  word: string;
  key: string; // the leader's; nobody else has it
  status: "connecting" | "waiting" | "open" | "closed" | "taken" | "full";
  alone: boolean; // a student who looks around
  students: number; // connected to this process
  shared: boolean; // whether other processes know of the room
  unseen: boolean; // whether the class cannot see what the teacher sees
}

/** A part of the page that shows some of a stage's settings, and tells Python what they are. */
export interface Follower {
  follows: string[];
  always: boolean; // also out of sight
  inSight: boolean;
  tell: (report: Record<string, unknown>) => void;
}
