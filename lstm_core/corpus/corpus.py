"""Corpus: the sequences that are looked at together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from hashlib import blake2b

from ..record import record
from ..sequence import Sequence


@record
class Corpus:
    """Sequences under one name. Raises ValueError where there is none."""

    name: str
    sequences: tuple[Sequence, ...]

    def check(self) -> None:
        """Raise ValueError where there is no sequence."""
        if not self.sequences:
            raise ValueError("a corpus has no sequence: expected at least one")

    def __len__(self) -> int:
        """How many sequences there are."""
        return len(self.sequences)

    @property
    def timesteps(self) -> int:
        """The timesteps of all sequences."""
        return sum(map(len, self.sequences))

    @cached_property
    def id(self) -> str:
        """A fingerprint of what is read, and of names and labels, in this order."""
        digest = blake2b(digest_size=12)
        for one in self.sequences:
            digest.update(f"{one.id}\0{one.name}\0{one.label}\n".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def blocks(self, timesteps: int) -> Iterator[tuple[Sequence, ...]]:
        """Yield the sequences in order, in blocks of at most `timesteps`, one at least each."""
        for first, last in block_bounds([len(one) for one in self.sequences], timesteps):
            yield self.sequences[first:last]


def block_bounds(lengths: list[int], timesteps: int) -> Iterator[tuple[int, int]]:
    """Yield where blocks of consecutive sequences begin and end.

    A block has at most `timesteps` timesteps, and at least one sequence.
    """
    first, held = 0, 0
    for k, length in enumerate(lengths):
        if k > first and held + length > timesteps:
            yield first, k
            first, held = k, 0
        held += length
    if first < len(lengths):
        yield first, len(lengths)
