// The activations of recurrent cells, as lstm_core/activations/recurrent.py says them.

/** @import { Spelled } from "./types.d.ts" */

/** @type {Record<string, (z: number, ...numbers: number[]) => number>} */
const FUNCTIONS = {
  sigmoid: (z) => Math.tanh(z / 2) / 2 + 0.5,
  tanh: Math.tanh,
  relu: (z) => Math.max(z, 0),
  identity: (z) => z,
  softsign: (z) => z / (1 + Math.abs(z)),
  softplus: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
  hard_sigmoid: (z, alpha, beta) => Math.min(Math.max(alpha * z + beta, 0), 1),
  affine: (z, alpha, beta) => alpha * z + beta,
  scaled_tanh: (z, alpha, beta) => alpha * Math.tanh(beta * z),
  leaky_relu: (z, alpha) => (z >= 0 ? z : alpha * z),
  thresholded_relu: (z, alpha) => (z > alpha ? z : 0),
  elu: (z, alpha) => (z >= 0 ? z : alpha * Math.expm1(z)),
};

/**
 * What an activation makes of a number.
 *
 * @param {Spelled} spelled
 * @param {number} z
 */
export function activated([name, ...numbers], z) {
  return FUNCTIONS[name](z, ...numbers);
}
