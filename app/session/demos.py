"""The demos that come with the app, and their twins: each loaded once for all sessions.

One whose files are damaged is left out, which the log says, and a link to it leads to the first.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from lstm_core.demo import Demo, load_demo, load_twin, sound_demos, sound_twins

from .assets import assets_folder
from .shared_store import store

DEMOS = assets_folder() / "demos"

log = logging.getLogger("gatescope")


def demo_names() -> tuple[str, ...]:
    """Return the names of the demos, in teaching order."""
    return store.get_or_compute(("demo names", str(DEMOS)), lambda: _sound(*sound_demos(DEMOS)))


def demo(name: str) -> Demo:
    """Return the demo of this name, one of `demo_names`."""
    return store.get_or_compute(("demo", str(DEMOS), name), lambda: load_demo(DEMOS / name))


def demo_or_first(name: str) -> Demo:
    """Return the demo of this name; the first one where there is none of this name."""
    names = demo_names()
    return demo(name if name in names else names[0])


def twin_names(name: str) -> tuple[str, ...]:
    """Return the names of a demo's twins: other cells, trained for the same task."""
    return store.get_or_compute(
        ("twin names", str(DEMOS), name), lambda: _sound(*sound_twins(DEMOS / name))
    )


def twin(name: str, twin_name: str) -> Demo:
    """Return the twin `twin_name` of the demo `name`."""
    return store.get_or_compute(
        ("twin", str(DEMOS), name, twin_name), lambda: load_twin(DEMOS / name, twin_name)
    )


def _sound(names: tuple[str, ...], problems: Mapping[str, str]) -> tuple[str, ...]:
    """The names; the problems go to the log, a line each."""
    for name, problem in problems.items():
        log.error("the network %s is left out: %s", name, problem)
    return names
