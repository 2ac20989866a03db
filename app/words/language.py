"""The language in which the page speaks: one for each reader, English until another is chosen.

Every language is a folder of modules beside this file, and all folders have the same modules with
the same names in them; tests hold that. A language is in `LANGUAGES`, and so is offered, when it
is complete.

The page settles the language once a run, by `speak`. It is a value of the context, so that
readers who are served at the same time do not hear each other's. What runs in a thread that
nobody has told (a fragment, a callback before the page) asks `remembered_by`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language: its code in the address and in HTML, its name in itself, its folder here."""

    code: str
    name: str
    folder: str


ENGLISH = Language(code="en", name="English", folder="english")
SPANISH = Language(code="es", name="Español", folder="spanish")
CHINESE = Language(code="zh", name="中文", folder="chinese")
LANGUAGES = {language.code: language for language in (ENGLISH, SPANISH, CHINESE)}

_spoken: ContextVar[Language | None] = ContextVar("language", default=None)
_remembered: Callable[[], str] = lambda: ENGLISH.code  # noqa: E731


def spoken() -> Language:
    """Return the language in which the page speaks to the reader who is served now."""
    language = _spoken.get()
    if language is None:
        language = LANGUAGES.get(_remembered(), ENGLISH)
        _spoken.set(language)
    return language


def speak(code: str) -> None:
    """Speak this language from now on in this context; KeyError for one that is not offered."""
    _spoken.set(LANGUAGES[code])


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak this language for as long as the block lasts; KeyError for one that is not offered."""
    before = _spoken.set(LANGUAGES[code])
    try:
        yield
    finally:
        _spoken.reset(before)


def remembered_by(source: Callable[[], str]) -> None:
    """Have `source` say the code of the language wherever nobody has said it in this context."""
    global _remembered  # noqa: PLW0603
    _remembered = source


def module(name: str) -> ModuleType:
    """Return the module of this name in the language that is spoken."""
    return _module(spoken().folder, name)


@cache
def _module(folder: str, name: str) -> ModuleType:
    return import_module(f"{__package__}.{folder}.{name}")
