"""How much is read: checked before the work, and said in the error."""

from __future__ import annotations

from ..arrays import shown
from ..files import UploadError

MAX_BYTES = 256 * 2**20  # of a file, and of what is packed in it
MAX_COLUMNS = 4_000
MAX_CELLS = 60_000_000
MAX_ROWS = 5_000_000
MAX_TIMESTEPS = 1_000_000  # of a sequence, where the network's own bound is not given
MAX_SEQUENCES = 10_000
MAX_MEMBERS = 200  # files in an archive
MAX_LINE = 50 * 2**20  # characters


def expect_size(name: str, size: int) -> None:
    """Raise UploadError for more bytes than are read."""
    if size > MAX_BYTES:
        raise UploadError(
            f"{shown(name)} holds {size / 2**20:,.0f} MB: at most {MAX_BYTES // 2**20} MB can be "
            "read; cut it into parts."
        )


def expect_shape(name: str, rows: int, columns: int) -> None:
    """Raise UploadError for more rows, columns or cells than are read."""
    for count, noun, limit in (
        (columns, "columns", MAX_COLUMNS),
        (rows, "rows", MAX_ROWS),
        (rows * columns, "cells", MAX_CELLS),
    ):
        if count > limit:
            raise UploadError(
                f"{shown(name)} has {count:,} {noun}: at most {limit:,} can be read; "
                "keep those that the network needs."
            )
