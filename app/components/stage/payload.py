"""The stage's own container: one buffer with a JSON header and the arrays behind it.

    b"GSC1" | uint32 length of the header | header, UTF-8 JSON, padded | arrays, each at 8·n

All numbers are little-endian. Where the header means an array it holds {"at": first byte after
the header, "shape": [...], "type": "float32" | "uint8"}. JavaScript reads it in js/payload.js.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from lstm_core.record import Array

MAGIC = b"GSC1"
ALIGNMENT = 8


class Packer:
    """Collects arrays and hands out what the header says of each."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def add(self, array: Array) -> dict[str, Any]:
        """Append `array` (uint8 as it is, everything else as float32) and describe it."""
        kind = "uint8" if array.dtype == np.uint8 else "float32"
        data = np.ascontiguousarray(array, "u1" if kind == "uint8" else "<f4").tobytes()
        place = {"at": self.size, "shape": list(array.shape), "type": kind}
        self.parts.append(data + b"\0" * (-len(data) % ALIGNMENT))
        self.size += len(self.parts[-1])
        return place

    def pack(self, header: dict[str, Any]) -> bytes:
        """Return the whole buffer."""
        text = json.dumps(header, ensure_ascii=False, allow_nan=False).encode()
        text += b" " * (-(len(text) + len(MAGIC) + 4) % ALIGNMENT)
        return MAGIC + np.uint32(len(text)).tobytes() + text + b"".join(self.parts)


def unpack(payload: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the header and the bytes behind it; ValueError for another container."""
    if payload[:4] != MAGIC:
        raise ValueError(f"payload begins with {payload[:4]!r}: expected {MAGIC!r}")
    end = 8 + int(np.frombuffer(payload, "<u4", 1, 4)[0])
    return json.loads(payload[8:end]), payload[end:]


def read_array(body: bytes, place: dict[str, Any]) -> Array:
    """Return the array that the header describes as `place`."""
    kind = "u1" if place["type"] == "uint8" else "<f4"
    count = int(np.prod(place["shape"], dtype=int))
    return np.frombuffer(body, kind, count, place["at"]).reshape(place["shape"])
