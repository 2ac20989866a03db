// What the panels work with: what Python packed (see the modules beside js/), and what comes of it.

import type { Numbers as Values } from "../../shared/js/types.d.ts";

/** What the line above a panel is said with. */
export interface HereWords {
  line: string;
  reads: string;
  time: string;
  mean: string;
  unit: string;
  quote: string;
  quoted: Record<string, string>;
}

export type PartName = "input" | "recurrent" | "peephole" | "bias" | "recurrent_bias";

/** An activation: its name, and its numbers. */
export type Spelled = [name: string, ...numbers: number[]];

export interface Block {
  name: string;
  title: string;
  signed: boolean;
  hue: { light: string; dark: string };
  equations: Record<string, string>;
  parts: PartName[]; // none where it has no weights of its own
  complement: boolean; // then: 1 less the input gate; else 1
  clip: number | null;
  symbol: string; // of its activation
  activation: Spelled;
}

export interface ArithmeticWords {
  choose: string;
  largest: string;
  no_weights: string;
  parts: Record<PartName, string>;
  symbols: Record<PartName, string>;
  sum: string;
  input: string;
  of_unit: string;
  clipped: string;
}

/** The arithmetic of a layer: `rows` are what its units multiply, block by block. */
export interface Arithmetic {
  scene: string; // the id of the scene that it belongs to
  unit: number | null; // whose it is alone; null: of all units
  words: ArithmeticWords;
  blocks: Block[];
  equations: string[]; // of the states
  output: Spelled; // what h is of c
  names: string[]; // of the inputs
  inputs: Values; // (T, D)
  initial: Values; // (P,)
  rows: Values; // (units, B, D + P)
  constants: Values; // (units, B, 3): bias, peephole, recurrent bias
}

export interface Term {
  part: PartName;
  index: number;
  source: number;
  weight: number;
  product: number;
}

/** One part of a sum, with those of its terms that are not zero. */
export interface Part {
  name: PartName;
  value: number;
  terms: Term[];
}

/** How a block got its value; without parts there are no sums. */
export interface BlockSum {
  block: Block;
  parts: Part[];
  total: number;
  preactivation: number;
  value: number;
}

export interface StateSum {
  equation: string;
  products: [first: number, second: number][];
  value: number;
}

/** The probability of every label at every timestep. */
export interface Probabilities {
  labels: string[];
  probabilities: Values; // (T, K)
  truth: {
    right: Values; // (T, K): 1 where the label is true
    known: boolean[]; // whether anything is, at each timestep
    notes: string[];
    note: number[]; // which of them, at each timestep
    mark: string;
  } | null; // nobody knows
  head: string;
}

/** Predicted numbers, and true ones; null where there is none. */
export interface Numbers {
  labels: string[];
  predicted: (number | null)[][]; // (T, K)
  true: (number | null)[][];
  columns: string[];
  no_truth: string;
  head: string;
}

/** What a column holds, and what it is called: in a file, and on the page. */
export interface ValueColumn {
  name: string;
  title: string;
  said: string;
}

/** The values of a run as a table. */
export interface ValueContent {
  scene: string;
  rows: "units" | "timesteps";
  tables: Record<string, string>; // what the table of such rows is called
  index: Record<string, ValueColumn>; // and its first column
  texts: ValueColumn[]; // that the run has at each timestep
  columns: ValueColumn[]; // the signals
}

/** The rows of that table where the stage stands now. */
export interface ValueRows {
  kind: "units" | "timesteps";
  count: number;
  current: number; // the row that the stage shows; -1 where it is none
  name: string; // of a file of them
  texts: ValueColumn[];
  textsOf: (row: number) => string[];
  numbersOf: (row: number) => number[];
}

/** The table on the page. */
export interface ValueTable {
  given: ValueContent;
  frame: HTMLElement; // in which it scrolls
  shape: string; // of its elements
  heads: HTMLElement[];
  lines: { row: HTMLElement; cells: HTMLElement[] }[];
  rows?: ValueRows;
  order: number[]; // which row stands where
  sorted?: { column: number; order: "ascending" | "descending" };
  first: number; // of the rows that can be seen
  current: number;
  titled?: HTMLElement; // the cell that says all its digits
  timer?: number;
}

/** A panel on the page. */
export interface Panel {
  id: string;
  stage: string; // the key of the stage that it follows
  root: HTMLElement;
  draw: (stage: import("../../stage/js/types.d.ts").Stage, mode: "light" | "dark") => Node[] | null;
  inSight: boolean;
  generation: number; // how often it was shown
  timer?: number;
  follow: () => void; // the stage shows something else
  stop: () => void;
}
