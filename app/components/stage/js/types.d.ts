// What the stage works with: what Python sent, and what stands on the page.

import type {
  Colours,
  ColoursByMode,
  Numbers,
  Parcel,
  Pen,
  Scale,
  Scaled,
  Size,
} from "../../shared/js/types.d.ts";
import type { CaptionWords, Terms } from "./caption/types.d.ts";
import type { Easel } from "./drawing/easel.js";

// ---- what Python sends ----

/** A stretch of the run that is in sight, in timesteps: [start, stop), not always whole. */
export type View = [start: number, stop: number];

/** Lowest and highest of each bin; where a bin is one timestep, twice the same. */
export interface Sides<Values extends Numbers = Numbers> {
  low: Values;
  high: Values;
}

/** Numbers of the strip, `width` of them at each timestep. */
export interface Line extends Sides {
  width: number;
}

/** The strip of a tile. Texts are there only where each timestep stands alone. */
export interface TileStrip {
  lines: Record<string, Line>;
  wrong?: Numbers; // 1 where a prediction is wrong
  verdicts?: Numbers; // 2 right, 1 wrong, 0 unknown
  tokens?: string[];
  times?: string[]; // time stamps, where the timesteps have some
  predicted?: string[];
  expected?: string[][]; // the same, each symbol apart
  legal?: string[][]; // what is right
  labels?: string[][]; // of each extra row
}

/** Timesteps start..stop-1, exact or pooled by `factor`; planes are time-major. */
export interface Tile {
  start: number;
  stop: number;
  factor: number;
  columns: number;
  exact?: Record<string, Numbers>;
  coarse?: Record<string, Sides>;
  strip: TileStrip;
  levels: Map<string, Uint8Array>; // of the signals' colours, computed once per scale
}

export interface Signal extends Scaled {
  name: string;
  title: string;
  symbol: string;
  meaning: string;
  rows: number;
  role: string;
  unitMean: Float32Array;
}

export interface Share {
  title: string;
  note: string;
  reference: number | null;
  signal: string;
}

export interface SymbolStrip {
  kind: "symbols";
  titles: [read: string, predicted: string];
  asks: "" | "follow" | "guess" | "answer";
  known: boolean; // whether the task makes such a sequence, so that it is known what is right
  extra: Share[];
}

export interface NumberStrip {
  kind: "numbers";
  titles: Record<string, string>;
  columns: string[];
  unit: string;
  output: string;
  tolerance: number | null;
  ranges: Record<string, [low: number, high: number][]>;
  extra: Share[];
}

/** The options of a cell that change its drawing; see describe_cell in scene.py. */
export interface CellDescription {
  activation: string;
  recurrent_activation: string;
  output_activation: string;
  forget: "gate" | "coupled" | "none";
  peephole: boolean;
  projection: boolean;
  reset_after: boolean;
}

/** One trace, as the browser holds it. */
export interface Scene {
  id: string;
  kind: "lstm" | "gru" | "rnn";
  title: string;
  note: string;
  timesteps: number;
  reverse: boolean;
  hidden_size: number;
  detail_timesteps: number;
  cell: CellDescription;
  signals: Signal[];
  orders: Record<string, Int32Array>; // which unit stands in which row
  places: Record<string, Int32Array>; // in which row each unit stands
  strip: SymbolStrip | NumberStrip;
  captions: CaptionWords;
  cards: Cards;
  events: [timestep: number, label: string][]; // the timesteps that matter, in order
  colours: ColoursByMode;
  placesRead: Int32Array | null; // the timestep that is read at each place of an alignment, or -1
  byPlace: boolean; // its axis counts places, not timesteps of a run
  gaps: [first: number, stop: number][]; // the places at which nothing is read
  tiles: Tile[]; // the whole run first, then details
  bars: Bars | null; // what the server last added up; it comes with details
  held: Held[]; // while the cell runs
  changed: Changed | null; // null where nothing can be pulled
}

/**
 * How much of each timestep's write is in a unit's memory at t, or in all units'. See
 * memory_bars.py; places begin at `start`, and `factor` timesteps share one.
 */
export interface Bars {
  t: number;
  unit: number;
  start: number;
  stop: number;
  factor: number;
  low: ArrayLike<number>;
  high: ArrayLike<number>;
  largest: number; // of the whole run
  total: number; // of all sizes
  signed: boolean; // some go down
}

/** A signal that is held at a value: units null are all of them, last null the end. */
export interface Held {
  signal: string;
  units: number[] | null;
  first: number;
  last: number | null;
}

/** What a changed run is beside the run as it was. */
export interface Changed {
  base: string; // names the run as it was
  spelled: string; // all changes, as an address says them
  language: string; // in which the scene speaks
  before: Numbers | null; // the memory as it was, time-major; NaN where something else was read
}

/** What the glossary says of a word; see cards.py. */
export interface CardTexts {
  title: string;
  purpose: string;
  elsewhere: string;
  misreading: string;
}

/** A part of the drawing: `phase` is the one whose arithmetic it has, equations are by notation. */
export interface CardPart extends CardTexts {
  id: string;
  phase: string;
  equations: Record<string, string>;
}

export interface Cards {
  words: Record<string, string>;
  notations: string[];
  parts: CardPart[];
  around: CardTexts[];
}

/** What to show on one stage: `signals` are drawn, null is all of them with the drawing. */
export interface Member {
  scene: Scene;
  title: string;
  signals: string[] | null;
  reads: boolean; // what it reads stands above it, though it is not the first
}

// ---- what the reader looks at ----

/** What a group has in common and Python knows; settings.py says what each means. */
export interface Settings {
  t: number;
  order: string;
  speed: number;
  veil: boolean;
  scale: Scale;
  slow?: boolean; // a stage alone has these four
  all_units?: boolean;
  present?: boolean;
  notation?: string;
}

/** A run of playing: `due` is how much of the next step is due, `counted` when that was found. */
export interface Playing {
  along: 1 | -1;
  due: number;
  counted: number | null;
}

/** Stages that play in step; one alone is a group of one. */
export interface Group {
  parts: Shell;
  controls: Controls;
  compact: boolean; // several: without drawings
  oneUnit: boolean; // all stages show the same unit
  place: Element;
  key: string;
  members: Stage[];
  id: string | null; // of the scenes that are shown
  alive: boolean;
  generation: number;

  defaults: Record<string, unknown>; // all settings that Python knows, those of stages among them
  settings: Settings;
  view: View;
  phase: number | null; // of slow motion
  playing: Playing | null;
  scrubbing: boolean;
  entered: boolean; // the reader's last click or focus was in it
  clicked: Stage | null; // the stage that was last clicked

  known: Record<string, string>; // the settings as Python knows them, in JSON
  applied: Record<string, string>; // its wishes that were granted
  setStateValue: (name: string, value: unknown) => void;
  takeScenes: (bytes: Uint8Array) => void; // show what Python packed
  takeDetails: (bytes: Uint8Array) => void; // show what Python cut
  ask: Parcel["ask"] | null;
  asked: { text: string; when: number; answered: boolean } | null;
  unserved: string | null; // the scenes of which the server itself has no details
  moved: number; // when a view was last chosen
  told: number; // when Python was last reported to

  theme: string;
  drawnWidth: number;
  magnification: number; // more than 1 where the stage stands alone
  stale: boolean; // to be painted at the next pause
  painting: number | null; // the frame that will paint
  spoken: number; // when something was last said while playing
  followed: boolean; // something on the page follows, and tells Python
  brush: Brush | null; // null where the page asks for no stretch of time
  restTimer?: number;
  retryTimer?: number;
  hiding?: number;
  stop: () => void; // listen no more
}

/** A stretch of time, both ends included, and where keys began it and have come to. */
export interface Brush {
  range: [first: number, last: number] | null;
  anchor: number;
  head: number;
  said: string; // what Python said last, in JSON
  timer?: number;
}

/** One stage: its scene, its unit, and what is drawn. */
export interface Stage extends Member {
  group: Group;
  parts: Parts;
  unit: number; // MEAN, or one of the scene's
  unitChoice: HTMLSelectElement;
  strip: BuiltRow[];
  panels: Panel[]; // all of the stage's signals
  shown: Panel[]; // those that are on the board
  folded: boolean; // the board shows the chosen unit alone
  axis: HTMLCanvasElement;
  overlay: Overlay;
  widths: Widths;
  plotBox: { left: number; top: number; bottom: number };
  drawing: Drawing;
  easel: Easel | null;
  colours: Colours;
  font: string;
  codeFont: string;
  numbers: TimestepNumbers;
  terms: Terms; // the same as text
}

/** Values of one timestep by name: signals, and what the drawing computes from them. */
export type TimestepNumbers = Record<string, number>;

// ---- what stands on the page ----

export interface Shell {
  root: HTMLElement;
  transport: HTMLElement;
  choices: HTMLElement;
  fold: HTMLElement;
  footnote: HTMLElement;
  live: HTMLElement;
  help: HTMLDialogElement;
  card: HTMLDialogElement;
  glossary: HTMLDialogElement;
}

export interface Parts extends Shell {
  note: HTMLElement;
  stands: HTMLElement; // at which timestep one of several is
  drawing: HTMLElement;
  caption: HTMLElement;
  numbers: HTMLElement;
  equations: HTMLElement;
  board: HTMLElement;
}

export interface Controls {
  first: HTMLButtonElement;
  back: HTMLButtonElement;
  play: HTMLButtonElement;
  step: HTMLButtonElement;
  scrub: HTMLInputElement;
  marks: HTMLElement; // of the events, on the scrubber
  readout: HTMLElement;
  speed: HTMLSelectElement;
  slow: HTMLButtonElement;
  veil: HTMLButtonElement;
  order: HTMLSelectElement;
  scale: HTMLSelectElement;
  zoom: HTMLElement;
  whole: HTMLButtonElement;
  stretch: HTMLElement;
  fold: HTMLButtonElement;
  present: HTMLButtonElement;
  help: HTMLButtonElement;
}

export interface Widths {
  narrow: boolean;
  width: number;
  label: number;
  now: number;
  plot: number;
}

export interface Box extends Size {
  left: number;
  top: number;
}

/** A row of the strip: what it is called, how it is drawn, and what it says at a timestep. */
export interface StripRow {
  title: string;
  height: number;
  draw: (pen: Pen, stage: Stage, size: Size) => void;
  now: (t: number) => string;
  said?: string; // what it shows, for those who listen
  follows?: boolean; // what it shows depends on the unit or on now
  steady?: boolean; // it follows the unit alone: a step does not change it
  needs?: string; // the signal that must be known before it is, in slow motion
  control?: HTMLElement; // stands beside the title
  read?: boolean; // what was read: the same for all stages of a group
  extra?: boolean;
  note?: string;
  hue?: string;
  unit?: string;
  range?: [low: number, high: number];
  more?: number; // columns that have no line of their own
  key?: { text: string; style: string }[];
}

export interface BuiltRow extends StripRow {
  canvas: HTMLCanvasElement;
  nowText: HTMLElement;
  box: Box;
  shows: { unit: number; tiles: Tile[] } | null; // what a steady row was painted of
}

export interface Legend {
  root: HTMLElement;
  bar: HTMLCanvasElement;
  low: HTMLElement;
  middle: HTMLElement;
  high: HTMLElement;
}

/** One signal on the board: its heatmap and its column of now. */
export interface Panel {
  signal: Signal;
  row: HTMLElement;
  canvas: HTMLCanvasElement;
  nowCanvas: HTMLCanvasElement;
  nowNumber: HTMLElement;
  legend: Legend;
  scratch: HTMLCanvasElement;
  width: number;
  height: number;
  nowWidth: number;
  box: Box;
  table: Uint32Array; // the colour of each level, for pixels
  css: string[]; // the same for pens
}

export interface Overlay {
  root: HTMLElement;
  plot: HTMLElement;
  veil: HTMLElement;
  cursor: HTMLElement;
  brushed: HTMLElement;
  covers: HTMLElement[];
  outlines: HTMLElement[];
  context: HTMLElement;
  event: HTMLElement;
  tooltip: HTMLElement;
}

/** What lies under a point of the board: a timestep, and on a heatmap a unit, too. */
export interface Cell {
  t: number;
  panel: Panel | null;
  unit: number | null;
}

// ---- the drawing of the cell ----

/** A stretch of slow motion, and the signals that come to be in it. */
export interface Phase {
  name: string;
  lights: string[];
}

/**
 * The arithmetic of a phase of slow motion: its equation in symbols, and in numbers part by part
 * ("0.989", "× 2.537", "= 2.509"). Over all units it is the mean of `term`, or `meanSymbols` say
 * what holds. `place` is where it stands in the drawing, else the phase's own. `makes` is the state
 * that comes of it, unless that is held at a value.
 */
export interface Arithmetic {
  phase: string;
  place?: string;
  symbols: string;
  meanSymbols?: string;
  parts: (terms: Terms) => string[];
  term?: string;
  makes?: StateMade;
}

/** A state that an equation makes, by its name and its symbol. */
export interface StateMade {
  signal: string;
  symbol: string;
}

/** Where it stands: the middle of its height, and how wide it may be. */
export interface BesideLit {
  at: Point;
  room: number;
  anchor?: "start" | "end";
}

/** An equation: in symbols, in numbers, and the phase of slow motion that it belongs to. */
export type Equation = [symbols: string, filled: string, phase?: string];

export interface Drawing {
  height: number;
  phases: Phase[];
  equations: (terms: Terms, isMean: boolean) => Equation[];
  journeys?: Record<string, Journey[]>; // of values, by phase
}

/** The way of a value through the drawing: places, and the number that it is at each. */
export interface Journey {
  signal: string; // whose colour it has
  places: { at: Point; number: string }[];
}

export type Point = [x: number, y: number];
