"""Messages between a server and its worker processes: a document and arrays, never code.

A message is one buffer of `app.container`. Nothing is unpickled. The document's "kind" says what
the message is; `session/reading` has its own two, and these are the trainer's.

From the trainer, about one assignment of a run to a worker:

    "train"         train the run, from its beginning or from a progress
    "recall"        give the run back, with a checkpoint of where it stands
    "drop"          forget the run

From the worker, with the processor time of the assignment so far:

    "ready"         the worker waits for its first assignment
    "points"        updates since the last points: number, loss, gradient norm
    "checkpoint"    the state of the run, and how its network reads the watched sequence
    "ended"         the worker no longer has the run, and the reason
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO, Any

from lstm_core.record import Array, record

from . import container

Send = Callable[[dict[str, Any], Mapping[str, Array]], None]
"""A function that sends the message of a document and arrays."""


@record
class Message:
    """A document, as JSON knows it, and arrays by name."""

    document: dict[str, Any]
    arrays: Mapping[str, Array]


def write(pipe: IO[bytes], document: dict[str, Any], arrays: Mapping[str, Array]) -> None:
    """Write one message and flush; OSError where nobody reads any more."""
    for part in container.parts(document, arrays, allow_nan=True):
        pipe.write(part)
    pipe.flush()


def read(pipe: IO[bytes]) -> Message | None:
    """Return the next message; None where the other side has ended, even within a message."""
    contents = container.read(pipe)
    return None if contents is None else Message(document=contents[0], arrays=contents[1])
