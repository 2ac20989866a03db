// What the workbench works with: what Python sent, and what stands on the page.

import type {
  Colours,
  ColoursByMode,
  Contents,
  Numbers,
  Pen,
  Size,
  Words,
} from "../../shared/js/types.d.ts";

// ---- what Python sends ----

export interface Signal {
  name: string;
  title: string;
  symbol: string;
  meaning: string;
  low: number;
  high: number;
  unbounded: boolean;
  memory: boolean;
}

/** What the watched sequence reads: symbols, or lines of numbers, (columns, names). */
export type Read =
  | { kind: "symbols"; tokens: string[]; rare: string[] }
  | { kind: "numbers"; columns: string[]; ranges: [low: number, high: number][]; values: Numbers };

/** What is predicted; `once` is the only timestep at which it is asked, or -1. */
export interface Asked {
  kind: "labels" | "numbers";
  labels: string[];
  title: string;
  legend: string;
  once: number;
  truth: Numbers; // (columns, labels or 1)
}

/** What is the same at every checkpoint of a run. */
export interface Head {
  run: string;
  words: Words;
  heading: string;
  empty: string;
  note: string;
  timesteps: number;
  factor: number; // timesteps in a column of the pictures
  columns: number;
  units: number[];
  signals: Signal[];
  read: Read;
  asked: Asked;
  colours: ColoursByMode;
}

/** What has changed since Python was last heard. */
export interface Feed {
  state: string;
  state_words: string;
  counted: string;
  left: string;
  update: number;
  updates: number;
}

/** The pictures of one checkpoint by name: signals, predictions, gradient. */
export interface Snapshot {
  update: number;
  planes: Record<string, Numbers>;
}

/** A decoded buffer. */
export interface Sent {
  head: { run: string; words: Words; [name: string]: unknown }; // with the names of its arrays
  feed: Feed;
  curves: Record<string, Numbers>;
  kept: Numbers;
  snapshots: Snapshot[];
  array: Contents<unknown>["array"];
}

/** What the browser holds of one training run. */
export interface Run {
  head: Head;
  feed: Feed;
  curves: Record<string, Numbers>;
  kept: number[]; // the updates of all checkpoints
  held: Map<number, Snapshot>; // those whose pictures are here
  reach: Record<string, number>; // of the signals that have no range of their own
  gradients?: Range; // over all checkpoints
  numbers?: Range;
  decades?: Range; // powers of ten on the axis of the loss
}

export type Range = [low: number, high: number];

// ---- what stands on the page ----

export interface Curves {
  root: HTMLElement;
  loss: HTMLCanvasElement;
  success: HTMLCanvasElement;
  marks: HTMLCanvasElement;
  slider: HTMLElement;
  axis: HTMLCanvasElement;
  head: HTMLElement;
  now: { loss: HTMLElement; success: HTMLElement };
}

export interface Chooser {
  root: HTMLElement;
  first: HTMLButtonElement;
  back: HTMLButtonElement;
  play: HTMLButtonElement;
  on: HTMLButtonElement;
  newest: HTMLButtonElement;
  readout: HTMLElement;
}

export interface Parts {
  root: HTMLElement;
  progress: HTMLElement;
  done: HTMLElement; // the part of the progress that is done
  state: HTMLElement;
  counted: HTMLElement;
  left: HTMLElement;
  live: HTMLElement;
  curves: Curves;
  chooser: Chooser;
  watched: HTMLElement;
  tooltip: HTMLElement;
}

/** A workbench with a run: what draws it gets. */
export interface Bench {
  parts: Parts;
  alive: boolean;
  generation: number;
  setStateValue: (name: string, value: unknown) => void;

  run: Run;
  chosen: number; // the update of the checkpoint that is shown, or NEWEST
  snapshot: Snapshot | null; // whose pictures are shown
  heading: HTMLElement;
  rows: Row[];
  player?: number; // plays through training
  scrubbing: boolean;
  painting: number | null; // the frame that will paint

  axisEnd: number; // of the updates
  widths: { width: number; label: number; now: number; plot: number };
  drawnWidth: number;
  theme: string | null;
  colours: Colours;
  tables: Record<string, Uint32Array>; // the colour of each level, by signal
  font: string;
  codeFont: string;

  reported: string | null; // the last report
  asked: { updates: number[]; when: number } | null;
  offered: boolean; // whether the run that the tab remembers was offered to Python
  restTimer: number | null;
  retryTimer?: number;
  spokenState?: string;
  spokenAt: number;
}

/** One row of the watched sequence: its label, its picture, its number. */
export interface Row {
  kind: string;
  height: number;
  node: HTMLElement;
  canvas: HTMLCanvasElement;
  now: HTMLElement;
  scratch: HTMLCanvasElement; // a pixel for each cell
  paint: (pen: Pen, bench: Bench, size: Size, row: Row) => void;
  tip?: (bench: Bench, snapshot: Snapshot, t: number, share: number) => string[];
  silent?: boolean; // says nothing under the pointer
}
