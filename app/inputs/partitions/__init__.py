"""Files with many sequences, read a part at a time: Parquet, text, arrays, and whatever else.

    cut = partition(file, encoder, input_size)      what kind it is, and how long its sequences are
    for span in cut.spans(timesteps):               parts of it, each read without the others
        sequences = cut.read(span)

Unlike `understand`, which asks about one file that a reader looks at, a partition is one of many
alike, which nobody looks at: it is read by rules that are said below and in `docs/corpus.md`, and
what does not fit them is refused.
"""

from .common import Partition, Span
from .door import partition

__all__ = ["Partition", "Span", "partition"]
