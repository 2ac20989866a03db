"""A file of another kind, read whole as the app reads it: it must leave nothing to ask."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from lstm_core.corpus.corpus import block_bounds
from lstm_core.model.encoders import Encoder
from lstm_core.record import record
from lstm_core.sequence import Sequence

from ..arrays import shown
from ..files import UploadError
from ..understanding import understand
from .common import Span, damaged, empty

LONGEST = 10_000_000  # timesteps of a sequence


@record
class WholeFile:
    """A CSV or JSON file, a workbook or an archive; a span is of whole sequences."""

    file: Path
    encoder: Encoder

    @cached_property
    def sequences(self) -> tuple[Sequence, ...]:
        """All of its sequences; UploadError where it cannot be read, or asks something."""
        try:
            data = self.file.read_bytes()
        except OSError as problem:
            raise damaged(self.file, "", problem) from None
        seen = understand(self.file.name, data, self.encoder, limit=LONGEST)
        if seen.questions:
            raise UploadError(
                f"{shown(self.file.name)} leaves something open: {seen.questions[0].text} Name its "
                "columns as the network's, or write it as Parquet."
            )
        if not seen.sequences:
            raise empty(self.file)
        return seen.sequences

    def spans(self, timesteps: int) -> Iterator[Span]:
        """Yield parts of the sequences; see `Partition`."""
        for first, last in block_bounds(list(map(len, self.sequences)), timesteps):
            yield Span(first=first, last=last)

    def read(self, span: Span) -> tuple[Sequence, ...]:
        """Return the sequences of a part."""
        return self.sequences[span.first : span.last]
