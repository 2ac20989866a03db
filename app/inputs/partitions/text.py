"""Text: one sequence a line, of symbols, or of numbers of one column.

Characters, or words where the network's symbols are words. A line's end is a symbol where the
network knows it. Empty lines are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from lstm_core.record import record
from lstm_core.sequence import Sequence

from ..arrays import shown
from ..files import UploadError
from .common import Reader, Span, damaged, each, empty

LONGEST_LINE = 2**24  # bytes


@record
class TextPartition:
    """A text file; a span is of whole lines."""

    file: Path
    reader: Reader

    def spans(self, timesteps: int) -> Iterator[Span]:
        """Yield parts of the file; see `Partition`. A byte counts as a timestep at most."""
        first, start, held, anything = 0, 0, 0, False
        position = 0
        try:
            with self.file.open("rb") as lines:
                for number, line in enumerate(lines):
                    if len(line) > LONGEST_LINE:
                        raise UploadError(
                            f"Line {number + 1} of {shown(self.file.name)} has {len(line):,} "
                            f"bytes: expected at most {LONGEST_LINE:,}, one sequence a line."
                        )
                    size = len(line) if line.strip() else 0
                    anything = anything or size > 0
                    if held and held + size > timesteps:
                        yield Span(first=first, last=number, start=start, stop=position)
                        first, start, held = number, position, 0
                    held += size
                    position += len(line)
        except OSError as problem:
            raise damaged(self.file, "", problem) from None
        if not anything:
            raise empty(self.file)
        if held:
            yield Span(first=first, last=number + 1, start=start, stop=position)

    def read(self, span: Span) -> tuple[Sequence | UploadError, ...]:
        """Return the lines of a part as sequences, called by the file and the line."""
        try:
            with self.file.open("rb") as file:
                file.seek(span.start)
                text = file.read(span.stop - span.start)
        except OSError as problem:
            raise damaged(self.file, f" from line {span.first + 1} on", problem) from None
        lines = enumerate(re.split(rb"\r?\n", text), start=span.first + 1)
        return each(self._sequence, [(k, line) for k, line in lines if line.strip()])

    def _sequence(self, numbered: tuple[int, bytes]) -> Sequence:
        number, content = numbered
        name = f"{self.file.name}:{number}"
        try:
            line = content.decode("utf-8")
        except UnicodeDecodeError as problem:
            raise damaged(self.file, f" at line {number}", problem) from None
        if self.reader.alphabet:
            ending = "\n" * ("\n" in self.reader.alphabet)
            return self.reader.of_text(line + ending, name)
        try:
            values = np.array(re.split(r"[\s,;]+", line.strip(" \t,;")), np.float64)
        except ValueError as problem:
            raise damaged(self.file, f" at line {number}", problem) from None
        return self.reader.of_numbers(values, name)
