"""Every sentence that a reader sees: a folder for each language, a module for each subject.

    from ..words import memory as memory_words

    memory_words.TITLE  # "Memory", or "Memoria" for a reader who has chosen Spanish

What is imported from here stands for the module of that name in all languages: a name is looked
up at the moment when it is used, in the language that is spoken then (see `language`). So a
sentence is never imported by its own name, nor kept in a table or a default when a module loads.
To a type checker these are the English modules, and tests hold that the others are their twins.
What is the same in all languages stands beside them: `formatting`, `notation`, and what reads the
tables of `captions`, `glossary` and `phrases`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import language

if TYPE_CHECKING:
    from .english import capture as capture
    from .english import command_line as command_line
    from .english import common as common
    from .english import core as core
    from .english import demos as demos
    from .english import doctor as doctor
    from .english import figures as figures
    from .english import hosting as hosting
    from .english import learn as learn
    from .english import memory as memory
    from .english import memory_answer as memory_answer
    from .english import pages as pages
    from .english import pair as pair
    from .english import probes as probes
    from .english import reasons as reasons
    from .english import responses as responses
    from .english import sequences as sequences
    from .english import site as site
    from .english import stage as stage
    from .english import take_along as take_along
    from .english import teaching as teaching
    from .english import train as train
    from .english import trainer as trainer
    from .english import unit_page as unit_page
    from .english import uploads as uploads
    from .english import what_if as what_if
    from .english import why as why
    from .english import workbench as workbench
    from .english import your_model as your_model
else:
    APART = {"__init__", "captions", "glossary"}  # tables, which the modules of that name here read
    MODULES = {file.stem for file in (Path(__file__).parent / "english").glob("*.py")} - APART

    def __getattr__(name: str) -> Any:
        """Return what stands for a module in all languages."""
        if name in MODULES:
            return _Words(name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _Words:
    """A module of sentences, in the language that is spoken when a name in it is asked for."""

    def __init__(self, module: str):
        self._module = module

    def __getattr__(self, name: str) -> Any:
        return getattr(language.module(self._module), name)
