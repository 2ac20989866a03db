"""What a component is sent: one buffer with a document and the arrays that it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from lstm_core.record import Array

from ...container import pack


class Packer:
    """Collects arrays; what `add` returns stands in the document where the array is meant."""

    def __init__(self) -> None:
        self.arrays: dict[str, Array] = {}

    def add(self, array: Array) -> str:
        """Take an array, uint8 as it is and everything else as float32, and return its name."""
        name = str(len(self.arrays))
        self.arrays[name] = np.asarray(array, np.uint8 if array.dtype == np.uint8 else np.float32)
        return name

    def pack(self, document: Mapping[str, Any]) -> bytes:
        """Return the whole buffer; ValueError where the document holds NaN or infinity."""
        return pack(document, self.arrays)
