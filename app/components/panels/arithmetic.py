"""The arithmetic of a unit, packed for the browser: the weights, and what the layer reads.

Everything else that the sums are made of is on the stage: the states and the gates at every
timestep. Of a layer whose weights are many only those of one unit are sent.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, get_args

import numpy as np

from lstm_core.activations import activation
from lstm_core.analysis.arithmetic import (
    BlockArithmetic,
    PartName,
    state_arithmetic,
    unit_arithmetic,
)
from lstm_core.record import Array
from lstm_core.run.trace import Trace
from lstm_core.vocabulary import Signal

from ... import theme
from ...words import common as words
from ...words import figures as figure_words
from ...words.formatting import activation_symbol
from ...words.language import spoken
from ...words.notation import in_notation
from ...words.phrases import said
from ..shared.payload import Packer
from ..stage.settings import Notation
from ..stage.tiles import is_small
from .here import here_words

WHOLE_BYTES = 250_000  # weights of a layer that are sent for all units at once
MOST_BYTES = 1_000_000  # weights and inputs of one unit
KNOWN = {
    *("sigmoid", "tanh", "relu", "identity", "softsign", "hard_sigmoid", "affine"),
    *("scaled_tanh", "leaky_relu", "thresholded_relu", "elu", "softplus"),
}
"""The activations that js/activations.js has: those of the ONNX operators LSTM, GRU and RNN."""


def whole_layer_fits(trace: Trace) -> bool:
    """Return whether the weights of all units are sent at once, (D + P)·B·H numbers."""
    parameters = trace.parameters
    return parameters.kernel.size + parameters.recurrent_kernel.size <= WHOLE_BYTES // 4


def packed_arithmetic(
    trace: Trace, names: tuple[str, ...], stage: str, scene: str, unit: int
) -> bytes | None:
    """Pack the arithmetic of a run that the stage of this key plays as the scene of this id.

    `names` (D,) say what each input is. Where the layer is not sent whole it is that of `unit`
    alone; below 0 there is none to show. None where the browser cannot follow: an intervention
    holds a signal, the stage has the run's exact numbers in parts only, there are more than
    MOST_BYTES to send, or an activation is not among the KNOWN.
    """
    blocks, whole = unit_arithmetic(trace, 0, 0), whole_layer_fits(trace)
    sent = np.arange(trace.parameters.hidden_size) if whole else np.array([max(unit, 0)])
    weights = _weights(trace, blocks, sent)
    spellings = [*(block.activation for block in blocks), _output_activation(trace)]
    too_large = weights["rows"].nbytes + 4 * trace.input.size > MOST_BYTES
    if (
        trace.interventions
        or too_large
        or not is_small(trace)
        or not KNOWN.issuperset(map(_name, spellings))
    ):
        return None
    packer = Packer()
    return packer.pack(
        {
            "kind": "arithmetic",
            "id": f"{scene} {stage} {'all' if whole else unit}",
            "scene": scene,
            "unit": None if whole else unit,
            **here_words(stage),
            "words": _words(),
            "blocks": [_block(trace, block) for block in blocks],
            "equations": [state.equation for state in state_arithmetic(trace, 0, 0)],
            "output": _function(_output_activation(trace)),
            "names": list(names),
            "inputs": packer.add(trace.input),
            "initial": packer.add(_initial(trace)),
            **{name: packer.add(values) for name, values in weights.items()},
        }
    )


def _weights(trace: Trace, blocks: tuple[BlockArithmetic, ...], units: Array) -> dict[str, Array]:
    """The rows of some units: of each block what it multiplies, and its constants.

    `rows` (units, B, D + P) are kernel and recurrent kernel, `constants` (units, B, 3) are bias,
    peephole and the recurrent bias that a reset gate acts on; 0 where there is none.
    """
    parameters = trace.parameters
    kernel, recurrent = (
        parameters.split(parameters.kernel),
        parameters.split(parameters.recurrent_kernel),
    )
    bias = parameters.split(parameters.bias)
    peepholes = getattr(parameters, "peepholes", dict[str, Array])()
    names = [block.signal.name for block in blocks if block.parts]
    nothing = np.zeros(parameters.hidden_size)
    reset = getattr(parameters, "recurrent_bias", None)
    rows, constants = [], []
    for name in names:
        rows.append(np.concatenate([kernel[name][:, units], recurrent[name][:, units]]).T)
        carried = nothing if reset is None or name != "candidate" else reset
        three = (bias[name], peepholes.get(name, nothing), carried)
        constants.append(np.stack([values[units] for values in three], axis=-1))
    stacked = np.stack(rows, axis=1), np.stack(constants, axis=1)
    return dict(zip(("rows", "constants"), (s.astype(np.float32) for s in stacked), strict=True))


def _initial(trace: Trace) -> Array:
    """The hidden state with which the run begins, (P,)."""
    first = len(trace) - 1 if trace.reverse else 0
    return trace[first].previous.hidden_state


def _output_activation(trace: Trace) -> str:
    """What h is of c in an LSTM; other cells have none."""
    return str(trace.parameters.options().get("output_activation", "identity"))


def _block(trace: Trace, block: BlockArithmetic) -> dict[str, Any]:
    """What the browser must know of a block."""
    parts = tuple(part.name for part in block.parts)
    is_complement = trace.parameters.options().get("forget") == "coupled"
    clip = getattr(getattr(trace.parameters, "variant", trace.parameters), "clip", None)
    how = (block.equation, block.activation, clip)
    return _described(block.signal, *how, parts, is_complement, spoken().code)


@lru_cache(maxsize=256)
def _described(
    signal: Signal,
    equation: str,
    spelling: str,
    clip: float | None,
    parts: tuple[PartName, ...],
    is_complement: bool,
    language: str,  # the one that is spoken
) -> dict[str, Any]:
    """A block without its numbers; `parts` are () where it has no weights."""
    name = signal.name
    return {
        "name": name,
        "title": said(signal.title),
        "signed": signal.role != "gate",
        "hue": {"light": theme.signal_colour(name, False), "dark": theme.signal_colour(name, True)},
        "equations": {n: in_notation(equation, n) for n in get_args(Notation)},
        "parts": parts,
        "complement": is_complement,
        "clip": clip,
        "symbol": activation_symbol(spelling),
        "activation": _function(spelling),
    }


def _name(spelling: str) -> str:
    return activation(spelling).spelling.partition("(")[0]


def _function(spelling: str) -> list[Any]:
    """An activation as the browser computes it: its name, and its numbers."""
    name, _, numbers = activation(spelling).spelling.partition("(")
    return [name, *(float(number) for number in numbers.rstrip(")").split(",") if number)]


def _words() -> dict[str, Any]:
    return {
        "choose": words.CHOOSE_UNIT,
        "largest": words.LARGEST,
        "no_weights": words.NO_WEIGHTS,
        "parts": words.PARTS,
        "symbols": words.PART_SYMBOLS,
        "sum": figure_words.SUM,
        "input": figure_words.input_term("{name}"),
        "of_unit": figure_words.unit_term("{unit}"),
        "clipped": figure_words.clipped("{value}"),
    }
