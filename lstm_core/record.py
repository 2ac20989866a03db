"""Values that don't change: the one way this package makes a record."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeAlias, TypeVar, dataclass_transform

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
def record(cls: type[T]) -> type[T]:
    """Make `cls` a frozen, keyword-only dataclass whose arrays are read-only.

    Arrays are kept as read-only views: no copy is made, and the caller's own array stays
    writable. Records compare by identity (two arrays have no single truth value). A method
    `check(self)`, where there is one, runs last and raises ValueError for fields that do not
    fit together.
    """

    def freeze(self: Any) -> None:
        for name in names:
            value = getattr(self, name)
            if isinstance(value, np.ndarray) and value.flags.writeable:
                object.__setattr__(self, name, read_only(value))
        check = getattr(self, "check", None)
        if check is not None:
            check()

    cls.__post_init__ = freeze  # type: ignore[attr-defined]
    made = dataclasses.dataclass(frozen=True, kw_only=True, eq=False)(cls)
    names = tuple(field.name for field in dataclasses.fields(made))  # type: ignore[arg-type]
    return made


def read_only(array: Array) -> Array:
    """Return a view of `array` that refuses to be written to."""
    view = array.view()
    view.flags.writeable = False
    return view
