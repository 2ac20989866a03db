"""The collector leaves out what was imported, and finds all other garbage as before."""

from __future__ import annotations

import gc
import weakref

from app.server.garbage import LIBRARY, OLDEST, ImportsLeftOut, leave_out_imports


class Circle:
    """Something that refers to itself."""

    itself: Circle | None = None


def frozen_after(*searches: tuple[str, int, int]) -> int:
    """How often all is frozen: of each search the phase, the generation, the modules by then."""
    modules, times = list[int](), list[int]()
    hear = ImportsLeftOut(modules, lambda: times.append(1))
    for phase, generation, imported in searches:
        modules[:] = range(imported)
        hear(phase, {"generation": generation})
    return len(times)


def test_what_survived_a_full_search_after_a_library_came_is_frozen_once():
    once = ("stop", OLDEST, LIBRARY)
    assert frozen_after(once) == 1
    assert frozen_after(once, once, ("stop", OLDEST, 2 * LIBRARY - 1)) == 1
    assert frozen_after(once, once, ("stop", OLDEST, 2 * LIBRARY)) == 2


def test_nothing_is_frozen_before_a_full_search_has_ended():
    assert frozen_after(("start", OLDEST, LIBRARY), ("stop", OLDEST - 1, LIBRARY)) == 0


def test_a_circle_that_was_made_since_is_collected():
    before = list(gc.callbacks)
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
    assert isinstance(added, ImportsLeftOut)
