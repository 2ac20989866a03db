"""How much memory a value takes: arrays, bytes, texts, and the objects that hold them."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterable, Mapping, Set
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from lstm_core.record import record

PROGRAM = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType)
"""Parts of the program: nothing that is kept adds to them."""

MANY = 1000  # texts that are counted together, each as its own

LONG_TEXT = 1000  # characters: what is longer may be shared

WITHOUT_PARTS = (str, bytes, bytearray, memoryview, np.generic, *PROGRAM)


@record
class Size:
    """What a value keeps alive.

    `buffers` are the arrays, bytes and long texts, by identity, so that a buffer which several
    values share can be counted once; a view counts as the whole array that it keeps alive.
    `objects` is everything else.
    """

    objects: int  # bytes
    buffers: Mapping[int, int]  # identity of a buffer: its bytes

    @property
    def total(self) -> int:
        """The bytes of all of it."""
        return self.objects + sum(self.buffers.values())


def size_of(value: Any) -> Size:
    """Return how much memory `value` takes, everything that it refers to included.

    Records, mappings, collections and attributes are followed; what is reached twice is counted
    once. What an object computes and caches later on is not in it.
    """
    buffers: dict[int, int] = {}
    objects, seen, waiting = 0, set[int](), [value]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, np.ndarray | bytes | bytearray | memoryview):
            owner = _owner(one)
            is_array = isinstance(owner, np.ndarray)
            buffers[id(owner)] = owner.nbytes if is_array else memoryview(owner).nbytes
        elif isinstance(one, str) and len(one) > LONG_TEXT:
            buffers[id(one)] = sys.getsizeof(one)
            continue
        elif isinstance(one, tuple | list) and len(one) > MANY and set(map(type, one)) == {str}:
            different = {id(text): text for text in one}.values()
            objects += sys.getsizeof(one) + sum(map(sys.getsizeof, different))
            continue
        objects += _own_bytes(one)
        waiting += {id(part): part for part in _parts(one)}.values()
    return Size(objects=objects, buffers=buffers)


def _owner(buffer: Any) -> Any:
    """The object that owns the memory of an array, of a view of one, or of bytes."""
    while True:
        below = buffer.base if isinstance(buffer, np.ndarray) else getattr(buffer, "obj", None)
        if below is None:
            return buffer
        buffer = below


def _own_bytes(one: Any) -> int:
    """The bytes of an object without those it refers to, and without what a buffer holds."""
    if isinstance(one, (bytes, bytearray, *PROGRAM)):
        return 0
    return object.__sizeof__(one) if isinstance(one, np.ndarray) else sys.getsizeof(one)


def _parts(one: Any) -> Iterable[Any]:
    """What an object refers to."""
    parts: Iterable[Any] = ()
    if isinstance(one, np.ndarray):
        parts = one.ravel().tolist() if one.dtype.hasobject else ()
    elif isinstance(one, WITHOUT_PARTS):
        pass
    elif isinstance(one, Mapping):
        parts = (*one.keys(), *one.values())
    elif isinstance(one, tuple | list | Set):
        parts = one
    elif hasattr(one, "__dict__"):
        parts = vars(one).values()
    elif dataclasses.is_dataclass(one):
        parts = (getattr(one, field.name) for field in dataclasses.fields(one))
    return parts
