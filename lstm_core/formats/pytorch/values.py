"""The values that a pickle may build: plain ones, and inert ones for all that is not known.

An inert value is what was written about an object: the name of its class, the arguments, the
state. Nothing is imported and nothing is called, so it is harmless whatever it names.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Mapping
from typing import Any

from ...record import record


@record
class Name:
    """A name in a pickle, and the function of ours that makes what stands in for a call of it."""

    name: str  # "collections.OrderedDict"
    make: Callable[..., Any]
    known: bool = True  # False: `make` makes inert values


class Unfinished:
    """A stand-in that a pickle makes first and completes later, with BUILD."""

    problem = ""  # one sentence that says why the value cannot be used, "" where it can

    def finish(self, state: Any) -> None:
        """Take the state; ModelFileError where it makes no sense."""


class Inert(Unfinished):
    """An object of a class that is not known, or the result of a call that was not made."""

    def __init__(
        self,
        name: str,
        arguments: tuple[Any, ...] = (),
        keywords: Any = None,
        problem: str = "",
    ):
        """Keep what the pickle says of the object; nothing is done with it."""
        self.name = name
        self.arguments = arguments
        self.keywords = keywords
        self.problem = problem
        self.states: list[Any] = []
        self.items: list[Any] = []
        self.entries: dict[Any, Any] = {}

    def finish(self, state: Any) -> None:
        """Keep the state."""
        self.states.append(state)

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


def inert(name: str) -> Callable[..., Inert]:
    """Return the function that stands in for a name that is not known."""
    return lambda *arguments: Inert(name, arguments)


def name_of(names: Mapping[str, Callable[..., Any]], name: str) -> Name:
    """Return what stands for a name: the function in `names`, or one that makes inert values."""
    if name in names:
        return Name(name=name, make=names[name])
    return Name(name=name, make=inert(name), known=False)
