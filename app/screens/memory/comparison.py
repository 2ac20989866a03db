"""Networks beside each other on one sequence: what each still knows, and what moved it.

Every number comes from `lstm_core.analysis`. This module only decides what is computed: what a
probe is asked of the sequence on the stages, and how far back a derivative is followed in a large
network.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lstm_core.analysis.output_influence import SignedInfluence, memory_influence, output_influence
from lstm_core.analysis.recall import Probe, belief, memory_states
from lstm_core.demo import Demo
from lstm_core.model import ModelRun
from lstm_core.recall_study import ProbedRecall
from lstm_core.record import record
from lstm_core.run.trace import Trace
from lstm_core.sequence import Sequence
from lstm_core.tasks.common import Cue

from ...components.stage import NumberStrip, StripLine, SymbolStrip
from ...session.view import OWN_UNITS
from ...words import memory as memory_words
from ...words.formatting import short
from ...words.phrases import said

WORK = 6e9  # multiplications of one sweep back through time: some tenths of a second
FURTHEST = 600  # timesteps back in one picture


@record
class Network:
    """One of the networks that stand beside each other, and its run over the sequence."""

    demo: Demo
    run: ModelRun

    @property
    def trace(self) -> Trace:
        """The trace of its one layer."""
        return self.run.layers[0].forward

    @property
    def title(self) -> str:
        """What it is called above its stage and in legends."""
        layer = self.demo.model.layers[0]
        return memory_words.network(
            said(self.trace.vocabulary.title), layer.hidden_size, self.demo.model.size
        )


def comparable(demo: Demo) -> bool:
    """Return whether the model is one layer that reads forwards, as these pictures need."""
    (first, *others) = demo.model.layers
    return not others and not first.bidirectional and not first.reverse


def probe_line(
    network: Network, known: tuple[ProbedRecall, ...], sequence: Sequence
) -> StripLine | None:
    """Return the row of the strip that shows what a probe reads of what has to be kept.

    Symbols: the probability that the probe gives the true one, beside the one that it finds most
    probable. Numbers: 1 - error / blind error, at least 0, beside the number that the probe reads.
    None for a sequence without a cue, or with a symbol that the probe does not know.
    """
    cue = network.demo.truth.cue(sequence)
    if cue is None or not known:
        return None
    if known[0].recall.probe.labels is None:
        return _number_line(network, known, cue.stages())
    return _symbol_line(network, known[0].recall.probe, cue)


def _symbol_line(network: Network, probe: Probe, cue: Cue) -> StripLine | None:
    labels, value = probe.labels or (), cue.value
    if value not in labels:
        return None
    beliefs = belief(probe, memory_states(network.trace), cue.timestep)
    blank = np.isnan(beliefs[:, 0])
    likeliest = np.where(blank, 0, np.nan_to_num(beliefs).argmax(axis=1))
    return StripLine(
        title=memory_words.KNOWS.format(cue=value),
        values=beliefs[:, labels.index(value)],
        labels=tuple(
            "" if gone else str(labels[k]) for k, gone in zip(likeliest, blank, strict=True)
        ),
        reference=1 / len(labels),
        note=memory_words.KNOWS_NOTE,
    )


def _number_line(
    network: Network, known: tuple[ProbedRecall, ...], cues: tuple[Cue, ...]
) -> StripLine:
    """The row of a number: how near the probes come to it, each from its cue to the next."""
    states = memory_states(network.trace)
    estimates, near = np.full((2, len(states)), np.nan)
    for each, cue in zip(known, cues, strict=False):
        at = slice(cue.timestep, None)
        estimates[at] = belief(each.recall.probe, states, cue.timestep)[at, 0]
        near[at] = 1 - np.abs(estimates[at] - float(cue.value)) / (each.blind_error or 1.0)
    several = len(cues) > 1
    return StripLine(
        title=memory_words.KNOWS_SUM if several else memory_words.knows(float(cues[0].value)),
        values=np.clip(near, 0, 1),
        labels=tuple("" if np.isnan(x) else short(float(x)) for x in estimates),
        reference=0.0,
        note=memory_words.ESTIMATE_NOTE,
    )


def with_line(
    strip: SymbolStrip | NumberStrip, line: StripLine | None
) -> SymbolStrip | NumberStrip:
    """Return a strip with one more row, if there is one."""
    return replace(strip, extra=(line,)) if line else strip


def reach(trace: Trace) -> int:
    """Return how many timesteps back an influence is followed, to stay below a second of work.

    One timestep takes S·B·H·(P + D) multiplications for a state of S numbers.
    """
    d_size, block_size = trace.parameters.kernel.shape
    p_size, state_size = trace.parameters.output_size, trace.parameters.state_size
    affordable = int(WORK // (state_size * block_size * (p_size + d_size)))
    return max(8, min(FURTHEST, affordable))


def likeliest(network: Network, t: int) -> int:
    """Return the number of the output that a network expects most at timestep t.

    Of outputs that are numbers, not probabilities, that is the first.
    """
    readout, predictions = network.demo.model.readout, network.run.predictions
    if readout is None or predictions is None or readout.activation == "linear":
        return 0
    return int(np.argmax(predictions[t]))


def output_derivatives(
    network: Network, t: int, output: int, unit: int, last: int
) -> SignedInfluence:
    """Return the derivatives of a logit, or of a unit's memory where `output` is OWN_UNITS.

    The memory of a unit is its cell state, or its hidden state where the cell has no cell state;
    a negative unit is the mean over all.
    """
    trace, readout = network.trace, network.demo.model.readout
    if output != OWN_UNITS and readout is not None:
        return output_influence(trace, t, direction=readout.kernel[:, output], last=last)
    units = trace.parameters.hidden_size
    one = np.full(units, 1 / units) if unit < 0 else np.eye(units)[unit]
    return memory_influence(trace, t, one, last)
