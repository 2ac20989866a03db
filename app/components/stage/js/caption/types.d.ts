// What the sentence under the drawing is made of.

import type { CellDescription, Scene, TimestepNumbers } from "../types.d.ts";

/** What Python sends once: templates by name, and the thresholds of words about sizes. */
export interface CaptionWords {
  sentences: Record<string, string>;
  openness: [name: string, bound: number][];
  origin: { majority: number; almost_all: number; noticeable: number };
}

/** The write that a unit's memory comes from, and its share of all that was written, by size. */
export interface Origin {
  timestep: number;
  share: number;
}

/**
 * The numbers of one timestep as text, by name; `memory` is the one that is kept. `addsUp` says
 * whether what is kept and what is written make it as printed, and `multiplies` of each product by
 * name whether its factors make it; a mean over units has no products. `held` are the states that
 * are held at a value: no product or sum makes them.
 */
export interface Terms {
  texts: Record<string, string>;
  memory: string;
  addsUp: boolean;
  multiplies: Record<string, boolean>;
  held: string[];
}

/** One timestep of one unit, or of the mean over `units`: all that its sentence says. */
export interface Facts {
  kind: Scene["kind"];
  cell: CellDescription;
  unit: number;
  units: number;
  numbers: TimestepNumbers;
  held: string[]; // the states that are held at a value
  terms: Terms;
  token: string;
  inputs: [name: string, value: number][];
  asks: "" | "follow" | "guess" | "answer";
  expected: string[];
  legal: string[];
  came: string;
  known: boolean; // whether anybody knows what is right of this sequence
  verdict: number; // 1 right, 0 wrong, -1 unknown
  output: string; // of several that the network has; "" of the only one
  predicted: number;
  truth: number;
  tolerance: number | null;
  source: Origin | null;
  sourceToken: string;
  sourceHeld: boolean; // whether what the source left was held there, and not written
}

/** A template's name, and what fills its slots. */
export type Clause = [key: string, slots: Record<string, string>];

/** Which clauses say something of these facts. */
export type Say = (facts: Facts, words: CaptionWords) => Clause[];

/** A stretch of a sentence: plain, bold, or in the colour of a signal. */
export interface Span {
  text: string;
  kind: "plain" | "bold" | "signal";
  signal?: string;
}
