"""Stand-ins for a network: one that knows the rule, and one that is wrong about it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from lstm_core.sequence import Sequence, number_sequence


def sequence_of(task, inputs):
    """Return the sequence that a person would read from encoded inputs (T, D)."""
    if task.encoder.reads_symbols:
        places = np.argmax(inputs, axis=-1)
        return Sequence(places=places, alphabet=task.encoder.alphabet)
    return number_sequence(np.float64(inputs) * task.encoder.scale + task.encoder.offset)


def truth(task, targets, timesteps):
    """Return what outputs (T, K) would be exactly right for a task's targets."""
    if isinstance(targets, np.ndarray):
        return np.nan_to_num(targets)
    true = np.array([[label in allowed for label in task.labels] for allowed in targets], float)
    shared = task.readout == "softmax"
    return true / np.maximum(true.sum(-1, keepdims=True), 1) if shared else true


class Oracle:
    """A model as far as a task asks: it reads the sequence and looks the answer up."""

    def __init__(self, task, said=lambda outputs: outputs):
        self.task, self.said = task, said

    def run_inputs(self, inputs, lengths=None):
        """Return the right outputs (N, T, K), changed by `said`; zeros beyond the lengths."""
        ends = np.full(len(inputs), inputs.shape[1]) if lengths is None else lengths
        outputs = np.zeros((*inputs.shape[:2], len(self.task.labels)))
        for row, one, end in zip(outputs, inputs, ends, strict=True):
            targets = self.task.targets(sequence_of(self.task, one[:end]))
            row[:end] = self.said(truth(self.task, targets, end))
        return SimpleNamespace(predictions=outputs)
