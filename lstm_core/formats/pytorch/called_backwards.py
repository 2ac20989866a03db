"""Modules whose names say that they read from the end, which no tensor records."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...model import Layer
from ..errors import shown

SAYS_BACKWARDS = {"backward", "backwards", "bwd", "bw", "reverse", "reversed", "rev"}


def called_backwards(layers: Iterable[Layer]) -> list[str]:
    """Return a sentence for each layer that is called so and read from the start here.

    A module of PyTorch's reads from the start; a network turns round what it hands to it.
    """
    return [
        f"{shown(layer.name)} is called as if it read from the end, which a file of tensors does "
        "not record: here it reads from the start, as the module does. Where your code turns its "
        "sequence round, give it turned round, or capture a run."
        for layer in layers
        if not (layer.bidirectional or layer.reverse)
        and not SAYS_BACKWARDS.isdisjoint(re.findall(r"[a-z]+", layer.name.casefold()))
    ]
