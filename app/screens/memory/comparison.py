"""Networks beside each other on one sequence: what each still knows, and what moved it.

All that is told comes from `lstm_core.analysis`; here is decided only on what it is asked: on
which fresh sequences a probe is fitted, and how far back a derivative is followed in a network
that is large.
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

FRESH = 1200  # sequences on which a probe is fitted and asked
FIRST_SEED = 2_000_000_000  # theirs: none that the button New can draw
MOST_TIMESTEPS = 250_000  # of all of them together
MOST_LAGS = 90
SURE = 3  # standard errors, because it is asked at so many lags
REACHED = 120  # sequences that have to reach the greatest lag: a probe of few tells too little
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
        return memory_words.network(self.trace.words.title, layer.hidden_size, self.demo.model.size)


@record
class Fresh:
    """Sequences that no network here has seen, as inputs, and what has to be remembered of each."""

    inputs: Array  # (N, T, D), padded with zeros
    lengths: Array  # (N,)
    cues: Array  # (N,): the timesteps at which it is read
    values: Array  # (N,): texts, or numbers


@record
class Remembering:
    """What a probe tells, from a network's states on fresh sequences, of what it read at the cue.

    `blind` is how far off the mean of all values is on average, as a guess; 0 for symbols.
    """

    recall: Recall
    sequences: int
    blind: float


def comparable(demo: Demo) -> bool:
    """Whether its model is one layer that reads forwards: what these pictures are made for."""
    (first, *others) = demo.model.layers
    return not others and not first.bidirectional and not first.reverse


def fresh(demo: Demo) -> Fresh | None:
    """Draw FRESH sequences of a demo's task, fewer of long ones; None where it has no cue.

    A cue that is always the same tells nothing, and is none. The sequences are the same for a
    demo and for its twins.
    """
    first, encoder = demo.random_sequence(FIRST_SEED), demo.model.encoder
    if encoder is None or demo.truth.cue(first) is None:
        return None
    count = int(np.clip(MOST_TIMESTEPS // len(first), 3 * FEWEST, FRESH))
    drawn = [demo.random_sequence(FIRST_SEED + k) for k in range(count)]
    told = [(sequence, cue) for sequence in drawn if (cue := demo.truth.cue(sequence)) is not None]
    if len({cue.value for _, cue in told}) < 2:
        return None
    inputs, lengths = padded([encoder.encode(sequence) for sequence, _ in told])
    return Fresh(
        inputs=inputs,
        lengths=lengths,
        cues=np.array([cue.timestep for _, cue in told]),
        values=np.array([cue.value for _, cue in told]),
    )


def remembering(demo: Demo, drawn: Fresh) -> Remembering:
    """Fit a probe for what a network still knows of what it read at the cues.

    The states of all sequences are computed as one batch.
    """
    run = demo.model.run_inputs(drawn.inputs.astype(demo.model.dtype), drawn.lengths)
    states, after = memory_states(run.layers[0].forward), drawn.lengths - 1 - drawn.cues
    recall = recall_by_lag(states, drawn.lengths, drawn.cues, drawn.values, _lags(after))
    numbers = np.issubdtype(drawn.values.dtype, np.floating)
    blind = float(np.abs(drawn.values - drawn.values.mean()).mean()) if numbers else 0.0
    return Remembering(recall=recall, sequences=len(drawn.values), blind=blind)


def forgotten(recall: Recall) -> int | None:
    """Return the lag from which on a probe tells no more than a guess; None where there is none.

    More than a guess is a score that lies above chance by over SURE standard errors. Of many
    lags one or another is on the wrong side by chance: the lag that is returned leaves fewest
    of them there, the later of two that leave as many.
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


def knowledge(network: Network, known: Remembering, sequence: Sequence) -> StripLine | None:
    """Return the row that says at each timestep what a probe still reads of the cue.

    Symbols: the share that it gives the true one, beside what it takes for the likeliest.
    Numbers: 1 - error / that of a blind guess, at least 0, beside the number itself. None for a
    sequence in which nothing has to be remembered, or a symbol that no probe knows.
    """
    cue, probe = network.demo.truth.cue(sequence), known.recall.probe
    if cue is None:
        return None
    told = belief(probe, memory_states(network.trace), cue.timestep)
    if probe.labels is None:
        return _estimate(told[:, 0], float(cue.value), known.blind)
    if cue.value not in probe.labels:
        return None
    blank = np.isnan(told[:, 0])
    likeliest = np.where(blank, 0, np.nan_to_num(told).argmax(axis=1))
    return StripLine(
        title=memory_words.KNOWS.format(cue=cue.value),
        values=told[:, probe.labels.index(cue.value)],
        words=tuple(
            "" if gone else str(probe.labels[k]) for k, gone in zip(likeliest, blank, strict=True)
        ),
        reference=1 / len(probe.labels),
        note=memory_words.KNOWS_NOTE,
    )


def _estimate(told: Array, true: float, blind: float) -> StripLine:
    """A number's row: how near the probe comes to it."""
    return StripLine(
        title=memory_words.KNOWS.format(cue=memory_words.short(true)),
        values=np.clip(1 - np.abs(told - true) / (blind or 1.0), 0, 1),
        words=tuple("" if np.isnan(x) else memory_words.short(float(x)) for x in told),
        reference=0.0,
        note=memory_words.ESTIMATE_NOTE,
    )


def with_line(
    strip: SymbolStrip | NumberStrip, line: StripLine | None
) -> SymbolStrip | NumberStrip:
    """Return a strip with one more row, if there is one."""
    return replace(strip, extra=(line,)) if line else strip


def reach(trace: Trace) -> int:
    """Return how many timesteps back an influence is followed, so that it takes no second.

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


def pull(network: Network, t: int, output: int, unit: int, last: int) -> SignedInfluence:
    """Return how a logit, or a unit's memory where `output` is OWN_UNITS, depends on the past.

    The memory of a unit is its cell state, or its hidden state where there is no belt; below 0
    a unit is the mean over all.
    """
    trace, readout = network.trace, network.demo.model.readout
    if output != OWN_UNITS and readout is not None:
        return output_influence(trace, t, direction=readout.kernel[:, output], last=last)
    units = trace.parameters.hidden_size
    one = np.full(units, 1 / units) if unit < 0 else np.eye(units)[unit]
    return memory_influence(trace, t, one, last)
