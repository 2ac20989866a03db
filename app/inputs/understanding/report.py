"""What a reader's file was taken for: plain data and sentences, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from lstm_core.model.encoders import Encoder
from lstm_core.record import Array, record
from lstm_core.sequence import Sequence

from ..questions import Question

Kind = Literal["time", "index", "label", "number", "text", "symbol", "empty"]
"""What a column holds; "label" is an id or a label of the row or of its sequence."""


@record
class Column:
    """One column of the table: its name, its kind, its first values as they stand in the file.

    `gaps` counts its missing values, and `first_gap` is the line of the first one. `unit` is
    what stands under the name in a row of units, or "".
    """

    name: str
    kind: Kind
    first: tuple[str, ...] = ()
    gaps: int = 0
    first_gap: int | None = None
    unit: str = ""


@record
class Table:
    """The columns of what was read, in the file's order, and how many rows there are."""

    columns: tuple[Column, ...] = ()
    rows: int = 0

    def __len__(self) -> int:
        """How many columns there are."""
        return len(self.columns)

    def __iter__(self) -> Iterator[Column]:
        """The columns in the file's order."""
        return iter(self.columns)

    def __getitem__(self, name: str) -> Column:
        """Return the column of this name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@record
class Understanding:
    """What a file was taken for, and what must be chosen before anything is run.

    `sequences` are as they would be read now: () while an open question without a preselection
    stands before them. `inputs` says which column feeds which input. `questions` must be
    answered first; `choices` are all decisions, the open ones among them, so that each can be
    corrected: `understand(..., answers={question.id: option})`.

    `encoder` is what the sequences are to be run with: the network's own, or one with the
    scaling that was chosen. `truth` (T,) of each sequence is what its predictions are held
    against, () where no column was named, and `truth_scaling` its mean and deviation.
    """

    name: str
    table: Table
    dialect: str
    sequences: tuple[Sequence, ...]
    inputs: dict[str, str]
    remarks: tuple[str, ...]
    questions: tuple[Question, ...]
    choices: tuple[Question, ...]
    encoder: Encoder | None
    truth: tuple[Array, ...] = ()
    truth_column: str | None = None
    truth_scaling: tuple[float, float] = (0.0, 1.0)
