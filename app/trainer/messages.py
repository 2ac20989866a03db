"""What a trainer and its worker processes say to one another: words and arrays, never code.

A message is one buffer of `app.container`: the words are its document. Nothing is unpickled.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from lstm_core.record import Array, record

from .. import container


@record
class Message:
    """Words in JSON, and arrays by name."""

    words: dict[str, Any]
    arrays: Mapping[str, Array]


def write(pipe: IO[bytes], words: dict[str, Any], arrays: Mapping[str, Array]) -> None:
    """Write one message and flush; OSError where nobody reads any more."""
    for part in container.parts(words, arrays, allow_nan=True):
        pipe.write(part)
    pipe.flush()


def read(pipe: IO[bytes]) -> Message | None:
    """Return the next message; None where the other side has ended, in its middle too."""
    contents = container.read(pipe)
    return None if contents is None else Message(words=contents[0], arrays=contents[1])
