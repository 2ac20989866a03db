"""Arrays, .npy: (N, T, D) numbers, (N, T) of one column or of ids, or one sequence (T, D)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np

from lstm_core.record import Array, record
from lstm_core.sequence import Sequence

from ..arrays import shown
from ..files import UploadError
from .common import Reader, Span, damaged, each, empty


@record
class ArrayPartition:
    """A .npy file, memory-mapped; a span is of whole sequences."""

    file: Path
    reader: Reader

    @cached_property
    def values(self) -> Array:
        """The array, (N, T, ...) or (T, D); UploadError for another."""
        try:
            values = np.load(self.file, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as problem:
            raise damaged(self.file, "", problem) from None
        kinds, what = ("iu", "ids") if self.reader.alphabet else ("fiu", "numbers")
        if values.dtype.kind not in kinds or not 1 <= values.ndim <= 3:
            raise UploadError(
                f"{shown(self.file.name)} holds {values.dtype} {values.shape}: expected {what} "
                + ("(N, T)." if self.reader.alphabet else "(N, T, D), or (T, D) of one sequence.")
            )
        if not values.size:
            raise empty(self.file)
        one = values.ndim == 1 or (values.ndim == 2 and self._is_one(values))
        batch: Array = values[np.newaxis] if one else values
        return batch

    def _is_one(self, values: Array) -> bool:
        """Whether (T, D) is one sequence: of several columns, as many as the network reads."""
        width = self.reader.input_size
        return not self.reader.alphabet and width > 1 and values.shape[1] == width

    def spans(self, timesteps: int) -> Iterator[Span]:
        """Yield parts of the array; see `Partition`."""
        count, length = self.values.shape[:2]
        held = max(1, timesteps // length)
        for first in range(0, count, held):
            yield Span(first=first, last=min(first + held, count))

    def read(self, span: Span) -> tuple[Sequence | UploadError, ...]:
        """Return the sequences of a part, called by the file and their number."""
        return each(self._sequence, range(span.first, span.last))

    def _sequence(self, k: int) -> Sequence:
        name, values = f"{self.file.name}:{k + 1}", np.array(self.values[k])
        if self.reader.alphabet:
            if values.ndim > 1:
                raise UploadError(f"{name} has {values.shape[1]} columns: expected ids (N, T).")
            return self.reader.of_tokens(values.tolist(), name)
        return self.reader.of_numbers(values, name)
