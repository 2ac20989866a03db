"""The cells' recurrences, fast: each fills the trace of a whole run.

What makes them fast: the input projection of all timesteps is one matrix product; all blocks
of a plain LSTM go through one tanh, as σ(z) = (tanh(z/2) + 1)/2 with the half folded into the
weights; every array that a timestep writes to exists before the first one, in one block of
memory that the next run gets warm (see `common.allocate`). Several sequences at once are another
matter, in which calls cost little and the product of a timestep is cut into pieces: `lstm_batch`.
Arrays are time-major here, (T, N, ·) with N the flattened batch. A property test holds that each
agrees with its cell's `step`.
"""
