"""Networks of several kinds by their encoders, and what tests ask of an understanding."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from app.inputs import Understanding, UploadError, understand
from lstm_core import EmbeddingEncoder, Encoder, NumericEncoder, OneHotEncoder


def numeric(*columns: str, offset: float = 0.0, scale: float = 1.0) -> NumericEncoder:
    """Return an encoder of these columns, all with one scaling."""
    size = len(columns)
    return NumericEncoder(columns=columns, offset=np.full(size, offset), scale=np.full(size, scale))


def anonymous(size: int) -> NumericEncoder:
    """Return an encoder of inputs that have no names of their own."""
    return numeric(*(f"x{k}" for k in range(size)))


def embedding(*alphabet: str) -> EmbeddingEncoder:
    """Return an encoder with an embedding of these symbols."""
    return EmbeddingEncoder(alphabet=alphabet, embedding=np.zeros((len(alphabet), 2)))


SUNSPOTS = numeric("sunspots", offset=43.48, scale=34.19)
WEATHER = NumericEncoder(
    columns=("temp", "humidity", "pressure"),
    offset=np.array([15.0, 60.0, 1010.0]),
    scale=np.array([8.0, 20.0, 10.0]),
)
ADDING = numeric("value", "mark")
REBER = OneHotEncoder(alphabet=tuple("BEPSTVX"))
PYTHON = OneHotEncoder(alphabet=("\n", *map(chr, range(32, 127)), "\ufffd"))
IDS = embedding(*map(str, range(50)))
WORDS = embedding("<pad>", "<unk>", "the", "cat", "sat", "down")
CHARACTERS = embedding("<pad>", "<unk>", "<s>", "</s>", *"abcdefghijklmnopqrstuvwxyz .,éß")

NETWORKS: dict[str, Encoder | None] = {
    "sunspots": SUNSPOTS,
    "weather3.npz": WEATHER,
    "adding": ADDING,
    "reber": REBER,
    "python": PYTHON,
    "tokens50.safetensors": IDS,
    "three.safetensors": anonymous(3),
    "household7.safetensors": anonymous(7),
    "nine.safetensors": anonymous(9),
}


def read(
    data: bytes | str,
    encoder: Encoder | None = SUNSPOTS,
    answers: Mapping[str, str] | None = None,
    name: str = "file",
) -> Understanding:
    """Return what a file means to a network."""
    return understand(name, data, encoder, answers)


def refused(data: bytes | str, encoder: Encoder | None = SUNSPOTS, **more: object) -> str:
    """Return the sentence with which a file is refused."""
    with pytest.raises(UploadError) as caught:
        understand("file", data, encoder, **more)  # type: ignore[arg-type]
    return str(caught.value)


def numbers(understanding: Understanding) -> list[list[object]]:
    """Return the sequences of numbers as lists; those of one column are plain lists."""
    return [
        (s.numbers[:, 0] if s.numbers.shape[1] == 1 else s.numbers).tolist()
        for s in understanding.sequences
        if s.numbers is not None
    ]


def symbols(understanding: Understanding) -> list[str]:
    """Return the sequences of symbols as texts."""
    return ["".join(s.symbols or ()) for s in understanding.sequences]


def tokens(understanding: Understanding) -> list[list[str]]:
    """Return the sequences of symbols as lists."""
    return [list(s.symbols or ()) for s in understanding.sequences]


def asked(understanding: Understanding) -> list[str]:
    """Return the ids of the open questions."""
    return [question.id for question in understanding.questions]


def said(understanding: Understanding) -> str:
    """Return everything that is said about a file in one text."""
    questions = (question.text for question in understanding.questions)
    return "\n".join((*understanding.remarks, *questions))


def settled(data: bytes | str, encoder: Encoder | None = SUNSPOTS) -> Understanding:
    """Return what a file means once each question has its preselection, or its first option."""
    answers: dict[str, str] = {}
    for _ in range(12):
        found = understand("file", data, encoder, answers)
        if not found.questions:
            return found
        for question in found.questions:
            answers[question.id] = question.preselection or question.options[0]
    raise AssertionError(f"questions without end: {asked(found)}")
