"""Networks beside each other on one sequence: what each still knows, and what moved it.

Every number comes from `lstm_core.analysis`. This module only decides what is computed: on which
fresh sequences a probe is fitted, and how far back a derivative is followed in a large network.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lstm_core.analysis.output_influence import SignedInfluence, memory_influence, output_influence
from lstm_core.analysis.recall import FEWEST, Recall, belief, memory_states, recall_by_lag
from lstm_core.demo import Demo
from lstm_core.model import ModelRun
from lstm_core.record import Array, record
from lstm_core.run.trace import Trace
from lstm_core.sequence import Sequence
from lstm_core.tasks.common import padded

from ...components.stage import NumberStrip, StripLine, SymbolStrip
from ...session.view import OWN_UNITS
from ...words import memory as memory_words

FRESH = 1200  # sequences on which a probe is fitted and tested
FIRST_SEED = 2_000_000_000  # of these sequences: the button New draws none so large
MOST_TIMESTEPS = 250_000  # of all of them together
MOST_LAGS = 90
SURE = 3  # standard errors, because there are so many lags
REACHED = 120  # sequences that have to reach the greatest lag: a score of few is noise
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
            self.trace.vocabulary.title, layer.hidden_size, self.demo.model.size
        )


@record
class FreshSequences:
    """Sequences that no network has seen, as inputs, and the cue to remember of each."""

    inputs: Array  # (N, T, D), padded with zeros
    lengths: Array  # (N,)
    cues: Array  # (N,): the timesteps at which it is read
    values: Array  # (N,): texts, or numbers


@record
class ProbedRecall:
    """How well a probe reads the cue in a network's states, on fresh sequences, lag by lag.

    `blind_error` is the mean error of guessing the mean of all values; 0 for symbols.
    """

    recall: Recall
    sequences: int
    blind_error: float


def comparable(demo: Demo) -> bool:
    """Return whether the model is one layer that reads forwards, as these pictures need."""
    (first, *others) = demo.model.layers
    return not others and not first.bidirectional and not first.reverse


def fresh_sequences(demo: Demo) -> FreshSequences | None:
    """Draw FRESH sequences of a demo's task, fewer of long ones; None where it has no cue.

    A cue with the same value in every sequence counts as none. A demo and its twins get the same
    sequences.
    """
    first, encoder = demo.random_sequence(FIRST_SEED), demo.model.encoder
    if encoder is None or demo.truth.cue(first) is None:
        return None
    count = int(np.clip(MOST_TIMESTEPS // len(first), 3 * FEWEST, FRESH))
    drawn = [demo.random_sequence(FIRST_SEED + k) for k in range(count)]
    cued = [(sequence, cue) for sequence in drawn if (cue := demo.truth.cue(sequence)) is not None]
    if len({cue.value for _, cue in cued}) < 2:
        return None
    inputs, lengths = padded([encoder.encode(sequence) for sequence, _ in cued])
    return FreshSequences(
        inputs=inputs,
        lengths=lengths,
        cues=np.array([cue.timestep for _, cue in cued]),
        values=np.array([cue.value for _, cue in cued]),
    )


def probe_recall(demo: Demo, drawn: FreshSequences) -> ProbedRecall:
    """Fit a probe that reads the cue in a network's states, and score it by lag.

    The states of all sequences are computed as one batch.
    """
    run = demo.model.run_inputs(drawn.inputs.astype(demo.model.dtype), drawn.lengths)
    states, after = memory_states(run.layers[0].forward), drawn.lengths - 1 - drawn.cues
    recall = recall_by_lag(states, drawn.lengths, drawn.cues, drawn.values, _lags(after))
    numbers = np.issubdtype(drawn.values.dtype, np.floating)
    blind_error = float(np.abs(drawn.values - drawn.values.mean()).mean()) if numbers else 0.0
    return ProbedRecall(recall=recall, sequences=len(drawn.values), blind_error=blind_error)


def forgetting_lag(recall: Recall) -> int | None:
    """Return the lag from which on a probe is no better than a guess; None where there is none.

    Better than a guess is a score above chance by more than SURE standard errors. Of many lags a
    few are on the wrong side by chance: the lag returned has the fewest of those, and is the
    later one of two with equally many.
    """
    known = np.isfinite(recall.score)
    more = (recall.score - SURE * recall.standard_error > recall.chance)[known]
    wrong = [(~more[:k]).sum() + more[k:].sum() for k in range(len(more) + 1)]
    best = len(more) - int(np.argmin(wrong[::-1]))
    return int(recall.lags[known][best]) if best < len(more) else None


def _lags(after: Array) -> Array:
    """Lags from 0 to the greatest that enough sequences reach; all of them, or evenly spread."""
    greatest = int(np.sort(after)[-min(REACHED, len(after))])
    return np.unique(np.linspace(0, greatest, MOST_LAGS).round().astype(int))


def probe_line(network: Network, known: ProbedRecall, sequence: Sequence) -> StripLine | None:
    """Return the row of the strip that shows what a probe reads of the cue at each timestep.

    Symbols: the probability that the probe gives the true one, beside the one that it finds most
    probable. Numbers: 1 - error / blind error, at least 0, beside the number that the probe reads.
    None for a sequence without a cue, or with a symbol that the probe does not know.
    """
    cue, probe = network.demo.truth.cue(sequence), known.recall.probe
    if cue is None:
        return None
    beliefs = belief(probe, memory_states(network.trace), cue.timestep)
    if probe.labels is None:
        return _estimate(beliefs[:, 0], float(cue.value), known.blind_error)
    if cue.value not in probe.labels:
        return None
    blank = np.isnan(beliefs[:, 0])
    likeliest = np.where(blank, 0, np.nan_to_num(beliefs).argmax(axis=1))
    return StripLine(
        title=memory_words.KNOWS.format(cue=cue.value),
        values=beliefs[:, probe.labels.index(cue.value)],
        labels=tuple(
            "" if gone else str(probe.labels[k]) for k, gone in zip(likeliest, blank, strict=True)
        ),
        reference=1 / len(probe.labels),
        note=memory_words.KNOWS_NOTE,
    )


def _estimate(estimates: Array, true: float, blind_error: float) -> StripLine:
    """The row of a number: how near the probe comes to it."""
    return StripLine(
        title=memory_words.KNOWS.format(cue=memory_words.short(true)),
        values=np.clip(1 - np.abs(estimates - true) / (blind_error or 1.0), 0, 1),
        labels=tuple("" if np.isnan(x) else memory_words.short(float(x)) for x in estimates),
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
