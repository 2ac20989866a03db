"""What is kept of every run of a corpus: decided once, before the first block is made."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from ..model import Model
from ..model.encoders import SequenceError, unencoded
from ..model.layer import Direction
from ..record import Array, record
from ..sequence import Sequence as Read
from ..vocabulary import signal, vocabulary
from .levels import Levels, levels_of
from .runs import batched_runs

BLOCK = 2**16  # timesteps of a block, unless one sequence is longer
PILOT = 64  # sequences that say how far a cell state reaches
PILOT_TIMESTEPS = 4096  # of all of them
JOINED = 2**16  # bytes of an array above which it is digested where it lies


class CorpusError(ValueError):
    """A corpus that cannot be made or opened, described in one sentence."""


class NotWrittenError(CorpusError):
    """A corpus that cannot be written: the disk is full, or this user may not."""

    def __init__(self, folder: Path, problem: OSError):
        super().__init__(folder, problem)  # as which it comes back from another process
        reason = problem.strerror or "not all of it found room"  # NumPy names no reason
        self._sentence = f"{folder} cannot be written: {reason}."

    def __str__(self) -> str:
        return self._sentence


@record
class Plan:
    """Which signals of which layer are kept, and in which levels.

    `model_id` is the fingerprint of the network. `alphabet` are the symbols
    that the network reads, () for numbers, of which `columns` are the names.
    """

    model_id: str
    kind: str
    layer: int
    direction: Direction
    levels: tuple[Levels, ...]
    alphabet: tuple[str, ...]
    columns: tuple[str, ...]

    def of(self, name: str) -> Levels:
        """Return the levels of a signal; CorpusError for one that is not kept."""
        for one in self.levels:
            if one.signal == name:
                return one
        known = ", ".join(one.signal for one in self.levels)
        raise CorpusError(f"signal is {name!r}: the corpus keeps {known}.")

    @property
    def memory(self) -> str:
        """The signal in which the cell remembers."""
        return vocabulary(self.kind).memory

    @property
    def gates(self) -> tuple[str, ...]:
        """The gates that are kept."""
        kept = {one.signal for one in self.levels}
        signals = vocabulary(self.kind).recorded
        return tuple(s.name for s in signals if s.role == "gate" and s.name in kept)

    def spelled(self) -> dict[str, Any]:
        """Return the plan as plain values, which `Plan.read` reads."""
        return {
            "model": self.model_id,
            "kind": self.kind,
            "layer": self.layer,
            "direction": self.direction,
            "levels": {
                one.signal: {"offset": one.offset, "steps": one.steps.tolist()}
                for one in self.levels
            },
            "alphabet": list(self.alphabet),
            "columns": list(self.columns),
        }

    @staticmethod
    def read(spelled: dict[str, Any]) -> Plan:
        """Return the plan that plain values spell; KeyError or TypeError for others."""
        return Plan(
            model_id=spelled["model"],
            kind=spelled["kind"],
            layer=spelled["layer"],
            direction=spelled["direction"],
            levels=tuple(
                Levels(signal=name, offset=one["offset"], steps=np.array(one["steps"], np.float32))
                for name, one in spelled["levels"].items()
            ),
            alphabet=tuple(spelled["alphabet"]),
            columns=tuple(spelled["columns"]),
        )


def planned(
    model: Model, pilot: Sequence[Read], layer: int = 0, direction: Direction = "forward"
) -> Plan:
    """Return the plan for a layer of one chain; every state and gate is kept.

    `pilot` are sequences of the corpus: the first `PILOT` of them, at most `PILOT_TIMESTEPS`
    timesteps in all, say how far each unit's cell state reaches. Raises CorpusError where none of
    them can be read, and for a layer or a direction that there is not.
    """
    if not 0 <= layer < len(model.layers):
        last = len(model.layers) - 1
        raise CorpusError(f"layer is {layer}: the network has the layers 0 to {last}.")
    if direction == "backward" and model.layers[layer].backward is None:
        raise CorpusError(f"direction is backward: {model.layers[layer].name} reads forwards only.")
    kind = model.layers[layer].kind
    names = [s.name for s in vocabulary(kind).recorded if s.role in ("state", "gate")]
    reached = _reached(model, _pilot(model, pilot), names, layer, direction)
    encoder = model.encoder
    return Plan(
        model_id=model_id(model),
        kind=kind,
        layer=layer,
        direction=direction,
        levels=tuple(levels_of(signal(kind, name), reached[name]) for name in names),
        alphabet=encoder.alphabet if encoder else (),
        columns=encoder.columns if encoder else (),
    )


def model_id(model: Model) -> str:
    """Return a fingerprint of all that decides what a network computes and says.

    These are the trained numbers and options of its encoder, stages, layers and readout, and the
    names of what it reads and predicts; not what its layers are called.
    """
    layers = tuple(dataclasses.replace(one, name="", convention="") for one in model.layers)
    parts = (model.encoder, model.front, layers, model.back, model.reads_ends, model.readout)
    digest = blake2b(digest_size=12)
    small: list[bytes] = []  # digested together: each `update` may let another thread in
    for part in _digested(parts):
        if isinstance(part, bytes):
            small.append(part)
        else:
            digest.update(b"".join(small))
            digest.update(part)
            small = []
    digest.update(b"".join(small))
    return digest.hexdigest()


def _digested(value: object) -> Iterator[bytes | memoryview]:
    """Yield what a fingerprint reads of a record, a tuple, an array or a plain value."""
    if isinstance(value, np.ndarray):
        yield f"{value.dtype.str} {value.shape}".encode()
        numbers = np.ascontiguousarray(value)
        yield numbers.tobytes() if numbers.nbytes < JOINED else numbers.data
    elif dataclasses.is_dataclass(value):
        yield f"{type(value).__name__}(".encode()
        for field in dataclasses.fields(value):
            yield f"{field.name}=".encode()
            yield from _digested(getattr(value, field.name))
    elif isinstance(value, tuple) and not all(isinstance(one, str) for one in value):
        yield f"{len(value)} of ".encode()
        for one in value:
            yield from _digested(one)
    else:
        yield f"{value!r},".encode("utf-8", "surrogatepass")


def encoded(model: Model, one: Read) -> Array:
    """Return what the first layer reads of a sequence, (T, D).

    Raises SequenceError where it cannot be read; numbers must be as many as the network reads.
    """
    if model.encoder is None and one.numbers is not None:
        wanted = model.input_size
        if one.numbers.shape[1] != wanted:
            raise SequenceError(
                f"The sequence has {one.numbers.shape[1]} columns: the network reads {wanted}."
            )
        if not np.isfinite(unencoded(one, model.dtype)).all():
            raise SequenceError("The sequence has a number that is not finite: leave it out.")
    inputs = model.encode(one)
    if len(inputs) != len(one):
        raise SequenceError(
            f"The network makes {len(inputs):,} timesteps of {len(one):,} before its first layer: "
            "give it sequences of what reaches that layer."
        )
    return inputs


def _pilot(model: Model, sequences: Sequence[Read]) -> list[Array]:
    inputs, held, problem = [], 0, ""
    for one in sequences[:PILOT]:
        try:
            inputs.append(encoded(model, one)[: PILOT_TIMESTEPS - held])
        except SequenceError as error:
            problem = problem or str(error)
            continue
        held += len(inputs[-1])
        if held >= PILOT_TIMESTEPS:
            break
    if not held:
        raise CorpusError(problem or "The sequences are empty: give at least one timestep.")
    return inputs


def _reached(
    model: Model, inputs: list[Array], names: list[str], layer: int, direction: Direction
) -> dict[str, Array]:
    """The largest finite size that each unit of each signal reaches, (H,) each."""
    reached: dict[str, Array] = {}
    for chunk in batched_runs(model, inputs, names, layer, direction):
        beyond = chunk.beyond
        for name, values in chunk.signals.items():
            sizes = np.nan_to_num(np.abs(values), nan=0, posinf=0)
            if beyond is not None:
                sizes[beyond] = 0
            largest = sizes.max(axis=(0, 1))
            reached[name] = np.maximum(reached.get(name, 0), largest)
    return reached
