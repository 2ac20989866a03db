// What test_unit.py gives to every case: buffers that Python packed, and the numbers in them.

export interface Given {
  scene: Uint8Array; // an LSTM of 8 units over 40 symbols, with an extra row
  numbers: Uint8Array; // the same over numbers
  gru: Uint8Array;
  long: Uint8Array; // 3,000 timesteps, pooled
  details: Uint8Array; // the exact numbers of its timesteps 1,000 to 1,039
  group: Uint8Array; // scene and gru
  bench: Uint8Array; // a checkpoint of a training run
  expected: {
    cell_state: number[][]; // of scene
    retained: number[][];
    written: number[][];
    long_cell_state: number[][]; // of the timesteps 1,000 to 1,039
    tokens: string[];
    extra: number[];
    predictions: number[][]; // of bench
    contributions: {
      payload: string; // a scene, as base64
      kind: string;
      t: number; // whose memory it is
      first: number; // the timestep of the first row
      written: number[][]; // by timestep and unit
      initial: number[];
    }[];
    codes: { text: string; mask: number; rows: string[] }[]; // QR codes of another library
    panels: {
      panels: {
        scene: string; // as base64
        panel: string;
        shown: [t: number, unit: number, dark: boolean, notation: string, html: string][];
      }[];
      written: [value: number, text: string][];
      shares: [share: number, text: string][];
      activated: [
        spelled: [name: string, ...numbers: number[]],
        z: number[],
        values: number[],
      ][];
    };
    values: {
      tables: {
        scene: string; // as base64
        panel: string;
        file: string;
        shown: {
          t: number;
          unit: number;
          head: string[];
          rows: string[][];
          name: string; // of the file
          text: string; // in it
        }[];
      }[];
      bits: number[]; // of float32
      texts: string[]; // of the same
    };
    captions: {
      payload: string; // a scene, as base64
      phases: string[];
      said: [t: number, unit: number, phase: number | null, text: string][];
    }[];
  };
}
