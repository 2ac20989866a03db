"""What a network wants to be given: so many numbers with names, or symbols of an alphabet."""

from __future__ import annotations

import re

from lstm_core.model.encoders import Encoder
from lstm_core.record import Array, record

Scaling = tuple[Array, Array]  # offset and scale, (D,) each


@record
class Wish:
    """The inputs of a network that reads numbers: their names, and the scaling of its training.

    `names` are () where neither the encoder nor the caller says how many there are. `anonymous`
    names say nothing, such as x0, x1; `plain` scaling changes nothing.
    """

    names: tuple[str, ...] = ()
    anonymous: bool = True
    scaling: Scaling | None = None

    @property
    def size(self) -> int | None:
        """D, or None where nobody says."""
        return len(self.names) or None

    @property
    def plain(self) -> bool:
        """Whether the network reads numbers as they are."""
        if self.scaling is None:
            return True
        offset, scale = self.scaling
        return not offset.any() and bool((scale == 1).all())


def wish_of(encoder: Encoder | None, input_size: int | None = None) -> Wish:
    """Return what a network of numbers wants; `input_size` counts where there is no encoder."""
    if encoder is not None and not encoder.reads_symbols:
        return Wish(
            names=encoder.columns,
            anonymous=are_anonymous(encoder.columns),
            scaling=(encoder.offset, encoder.scale),
        )
    return Wish(names=tuple(f"x{k}" for k in range(input_size or 0)))


def are_anonymous(names: tuple[str, ...]) -> bool:
    """Whether names only count: x0, x1, x2; input_1, input_2; 0, 1."""
    matches = [re.fullmatch(r"(x|input|feature|column|in|f|i)?[ _]?(\d+)", n, re.I) for n in names]
    if not names or not all(matches):
        return False
    places = [int(m[2]) for m in matches if m]
    return places == list(range(places[0], places[0] + len(places))) and places[0] in {0, 1}
