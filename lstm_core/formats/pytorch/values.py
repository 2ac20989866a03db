"""The values that a pickle may build: plain ones, and inert ones for all that is not known.

An inert value is what was written about an object: the name of its class, the arguments, the
state. Nothing is imported and nothing is called, so it is harmless whatever it names.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable
from typing import Any


class Name:
    """A name in a pickle, and the function of ours that makes what stands in for a call of it."""

    __slots__ = ("make", "name")

    def __init__(self, name: str, make: Callable[..., Any] | None):
        """Take the name, "collections.OrderedDict"; None for one that makes inert values."""
        self.name = name
        self.make = make


class Unfinished:
    """A stand-in that a pickle makes first and completes later, with BUILD."""

    __slots__ = ("problem",)

    problem: str  # one sentence that says why the value cannot be used, "" where it can

    def finish(self, state: Any) -> None:
        """Take the state; ModelFileError where it makes no sense."""


class Inert(Unfinished):
    """An object of a class that is not known, or the result of a call that was not made.

    `states`, `items` and `entries` are what the pickle gave it by BUILD, as to a list and as to
    a dict; a file may have a million of them, so each is made when it is needed.
    """

    __slots__ = ("arguments", "entries", "items", "name", "states")

    def __init__(self, name: str, arguments: tuple[Any, ...] = (), problem: str = ""):
        """Keep what the pickle says of the object; nothing is done with it."""
        self.name = name
        self.arguments = arguments
        self.problem = problem
        self.states: tuple[Any, ...] = ()
        self.items: list[Any] | None = None
        self.entries: dict[Any, Any] | None = None

    def finish(self, state: Any) -> None:
        """Keep the state, and the one before it."""
        self.states = (*self.states[-1:], state)

    @property
    def attributes(self) -> dict[str, Any]:
        """The attributes that the state gives the object; those of its slots too."""
        attributes: dict[str, Any] = {}
        for state in self.states:
            for part in state if isinstance(state, tuple) else (state,):
                if isinstance(part, dict):
                    attributes |= {k: v for k, v in part.items() if isinstance(k, str)}
        return attributes

    def __repr__(self) -> str:
        """The name alone: what the object refers to may be endless."""
        return f"<{reprlib.repr(self.name)}>"
