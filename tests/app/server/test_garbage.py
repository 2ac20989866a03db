"""The collector leaves out what was imported, and finds all other garbage as before."""

from __future__ import annotations

import gc
import weakref

from app.server.garbage import (
    LIBRARY,
    OLDEST,
    SELDOM,
    SOON,
    ImportsLeftOut,
    leave_out_imports,
)


class Circle:
    """Something that refers to itself."""

    itself: Circle | None = None


Search = tuple[str, int, int]
"""The phase, the generation, and the modules that are imported by then."""


def heard(*searches: Search) -> tuple[int, list[int]]:
    """How often all is frozen, and each pace of full searches that was set."""
    modules, times, paces = list[int](), list[int](), list[int]()
    hear = ImportsLeftOut(modules, lambda: times.append(1), paces.append)
    for phase, generation, imported in searches:
        modules[:] = range(imported)
        hear(phase, {"generation": generation})
    return len(times), paces


def frozen_after(*searches: Search) -> int:
    """How often all is frozen."""
    return heard(*searches)[0]


def test_what_survived_a_full_search_after_a_library_came_is_frozen_once():
    once = ("stop", OLDEST, LIBRARY)
    assert frozen_after(once) == 1
    assert frozen_after(once, once, ("stop", OLDEST, 2 * LIBRARY - 1)) == 1
    assert frozen_after(once, once, ("stop", OLDEST, 2 * LIBRARY)) == 2


def test_nothing_is_frozen_before_a_full_search_has_ended():
    assert frozen_after(("start", OLDEST, LIBRARY), ("stop", OLDEST - 1, LIBRARY)) == 0


def test_full_searches_are_seldom_but_soon_after_a_library_came():
    young, middle, old = (("stop", k, LIBRARY) for k in range(3))
    library = ("stop", 1, 2 * LIBRARY)
    _, paces = heard(young, middle, old, middle, library, ("start", OLDEST, 2 * LIBRARY))
    assert paces == [SOON, SELDOM, SELDOM, SOON]


def test_the_collector_is_told_the_pace():
    before = gc.get_threshold()
    try:
        ImportsLeftOut([], lambda: None)("stop", {"generation": 1})
        assert gc.get_threshold() == (*before[:2], SELDOM)
    finally:
        gc.set_threshold(*before)


def test_a_circle_that_was_made_since_is_collected():
    before, threshold = list(gc.callbacks), gc.get_threshold()
    try:
        leave_out_imports()
        leave_out_imports()
        (added,) = gc.callbacks[len(before) :]
        gc.collect()
        assert gc.get_freeze_count() > 0
        circle = Circle()
        circle.itself, gone = circle, weakref.ref(circle)
        del circle
        gc.collect()
        assert gone() is None
    finally:
        gc.callbacks[:] = before
        gc.unfreeze()
        gc.set_threshold(*threshold)
    assert isinstance(added, ImportsLeftOut)
