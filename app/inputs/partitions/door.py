"""The one door for partitions: what kind a file is goes by its name, what is in it by its bytes."""

from __future__ import annotations

from pathlib import Path

from lstm_core.model.encoders import Encoder

from ..arrays import shown
from ..files import UploadError
from .array_file import ArrayPartition
from .common import Partition, reader_of
from .parquet import ParquetPartition
from .text import TextPartition
from .whole import WholeFile


def partition(file: Path, encoder: Encoder) -> Partition:
    """Return a file as parts that can be read each for itself.

    Raises UploadError where there is no such file. What is in it is looked at when it is read.
    """
    if not file.is_file():
        raise UploadError(f"{shown(file.name)} cannot be read: there is no such file.")
    reader, suffix = reader_of(encoder), file.suffix.lower()
    if suffix in (".parquet", ".pq"):
        return ParquetPartition(file=file, reader=reader)
    if suffix == ".npy":
        return ArrayPartition(file=file, reader=reader)
    is_text = suffix in (".txt", ".text", "")
    if is_text and (reader.alphabet or reader.input_size == 1):
        return TextPartition(file=file, reader=reader)
    return WholeFile(file=file, encoder=encoder)
