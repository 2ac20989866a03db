"""What a Keras file does not record about its layers, as questions with an answer assumed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...activations import HARD_SIGMOID, HARD_SIGMOID_SIXTH
from ...model import Layer, Merge
from ...model.findings import Assumption
from ...vocabulary import Kind
from ..door import Options
from .cells import Cell, Era
from .hdf5 import HDF5File
from .recognition import Pair, is_cudnn

CANDIDATES = (
    *("tanh", "relu", "sigmoid", "elu(1.0)", "selu", "gelu", "gelu_tanh", "silu", "identity"),
    *("softsign", "softplus", "exponential", "mish", "hard_silu", "leaky_relu(0.2)"),
)
ADDED: tuple[Merge, ...] = ("sum", "mul", "ave")
NONE, COMMA = "none", ", "
MOST_NAMED = 6  # layers that are offered by themselves
WEIGHTS_ONLY = "A file of weights only does not record"


def assumed_cell(kind: Kind, options: Options, when: Era) -> Cell:
    """Return how a cell computes of which the file has weights only, as far as was answered."""
    own = options.nonlinearity if kind == "rnn" else None
    return Cell(
        kind=kind,
        activation=own or options.activation or "tanh",
        recurrent_activation=options.recurrent_activation or when.recurrent_activation,
        reset_after=when.reset_after,
    )


def cell_questions(
    file: HDF5File, pairs: Sequence[Pair], options: Options, when: Era, silent: str = WEIGHTS_ONLY
) -> Iterator[Assumption]:
    """Yield what was assumed of cells without a configuration; `silent` says what is silent.

    CuDNN's layers have the one activation there is.
    """
    gated = [pair for pair in pairs if pair.kind != "rnn" and not is_cudnn(file, pair)]
    if gated:
        default = when.recurrent_activation
        era = f"; {default} was the default of the Keras that wrote it" if when.known else ""
        yield Assumption(
            value=options.recurrent_activation or default,
            reason=f"{silent} the activation of the gates{era}.",
            keyword="recurrent_activation",
            choices=("sigmoid", when.hard_sigmoid)
            if when.known
            else ("sigmoid", HARD_SIGMOID, HARD_SIGMOID_SIXTH),
        )
        yield Assumption(
            value=options.activation or "tanh",
            reason=f"{silent} the activation of the candidate and of the cell state; tanh is "
            "Keras's default. One answer is for all layers.",
            keyword="activation",
            choices=CANDIDATES,
        )
    if pairs and silent != WEIGHTS_ONLY:
        yield Assumption(
            value="from left to right",
            reason=f"{silent} whether a layer reads its sequence from the end (go_backwards).",
        )
    yield from _reset(gated, when, silent)
    if any(pair.kind == "rnn" for pair in pairs):
        yield Assumption(
            value=options.nonlinearity or options.activation or "tanh",
            reason=f"{silent} whether an RNN uses tanh or relu.",
            keyword="nonlinearity",
            choices=CANDIDATES,
        )


def _reset(gated: Sequence[Pair], when: Era, silent: str) -> Iterator[Assumption]:
    """Yield what was assumed of a GRU whose biases, which would tell, are not there."""
    if not any(pair.kind == "gru" and len(pair.forward.paths) == 2 for pair in gated):
        return
    whose = "the Keras that wrote it" if when.known else "Keras 2.3 and later"
    yield Assumption(
        value=f"reset {'after' if when.reset_after else 'before'} the product",
        reason=f"{silent} whether a GRU without biases resets its state before or after the "
        f"product with its recurrent kernel; reset_after={when.reset_after} is the default of "
        f"{whose}.",
    )


def backwards_question(names: Sequence[str], asked: str | None) -> Iterator[Assumption]:
    """Yield the question which of some layers, that run one way, read from the end."""
    names = list(dict.fromkeys(names))
    if not names:
        return
    every = [COMMA.join(names)] if len(names) > 1 else []
    known = set((asked or "").split(COMMA)) <= set(names)
    value = asked if asked and known else NONE
    yield Assumption(
        value=value,
        reason=f"{WEIGHTS_ONLY} whether a layer reads its sequence from the end "
        "(go_backwards), and then hands its answers on in that order.",
        keyword="backwards",
        choices=tuple(dict.fromkeys((NONE, *names[:MOST_NAMED], *every, value))),
    )


def merges_of(layer: Layer, next_size: int) -> tuple[Merge, ...]:
    """Return how a layer may merge its directions, the likeliest first.

    `next_size` is how many numbers are read behind it, 0 where that is not known.
    """
    if not layer.bidirectional or next_size == 2 * layer.forward.output_size:
        return ("concat",)
    if next_size == layer.forward.output_size:
        return ADDED
    return ("concat",) if next_size else ("concat", *ADDED)


def merge_questions(
    layers: Sequence[Layer], next_sizes: Sequence[int], silent: str = WEIGHTS_ONLY
) -> Iterator[Assumption]:
    """Yield what was assumed of layers that merge two directions; one answer is for all.

    `next_sizes` say for each layer how many numbers are read behind it, 0 where that is not known.
    """
    asked = False
    for layer, next_size in zip(layers, next_sizes, strict=True):
        if not layer.bidirectional:
            continue
        choices = merges_of(layer, next_size) if not asked else ()
        asked = asked or len(choices) > 1
        yield Assumption(
            value=layer.merge,
            reason=f"{silent} how {layer.name} merges its two directions; the sizes allow this.",
            keyword="merge" if len(choices) > 1 else "",
            choices=choices if len(choices) > 1 else (),
        )
