"""What holds for every test of the project."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

# Before NumPy is imported: our matrices are small, and threads that wait for each other cost
# more than they bring.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parents[1]
# Lots of tests that one worker does one after another: they would compete for the cores, for one
# server, or for what they install. The browser's are two lots of about the same length.
LOTS: dict[str, tuple[str, ...]] = {
    "Explore, Your model, and what all pages share": (
        *(f"tests/browser/test_{name}" for name in ("accessible", "explore", "first_sight")),
        "tests/browser/test_your_model",
        "tests/javascript/",  # axe-core comes with JavaScript's tools
    ),
    "the stage, what is brought to it and taken from it, and all other pages": ("tests/browser/",),
    "the trainer": ("tests/app/trainer/",),
    "two processes behind nginx": ("tests/app/server/test_nginx.py",),
    "what is installed": ("tests/test_package.py",),
}
TOGETHER = tuple(prefix for prefixes in LOTS.values() for prefix in prefixes)

SLOW = (  # what `pytest -m quick` leaves out: it starts processes, opens pages, reads many files
    *TOGETHER,
    "tests/app/screens/",
    "tests/app/test_pages.py",
    "tests/assets/",
    "tests/benchmarks/",
    "tests/lstm_core/formats/",
    "tests/test_package.py",
)

# No test asserts how long something took: machines are noisy.
settings.register_profile("gatescope", deadline=None, max_examples=30)
settings.register_profile("quick", deadline=None, max_examples=10)


def pytest_configure(config: pytest.Config) -> None:
    """Draw fewer examples in the quick loop, but where a test says how many it wants."""
    settings.load_profile("quick" if config.option.markexpr == "quick" else "gatescope")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave unread what the quick loop leaves out: to read all tests takes a third of its time."""
    path = collection_path.relative_to(ROOT).as_posix()
    left_out = config.option.markexpr == "quick" and f"{path}/".startswith(SLOW)
    return True if left_out else None  # None: pytest decides


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return how many workers test: two cores and, with a browser that often waits, one more."""
    return 2 if config.option.markexpr == "quick" else 3


class Lots(LoadScopeScheduling):
    """Give each lot of tests that needs the browser to one worker, and the trainer's tests to one.

    The largest of these comes first, so that another worker does everything else meanwhile.
    """

    def _split_scope(self, nodeid: str) -> str:
        lots = (lot for lot, prefixes in LOTS.items() if nodeid.startswith(prefixes))
        return next(lots, nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Lots:
    """Say who tests what."""
    return Lots(config, log)


@pytest.hookimpl(tryfirst=True)  # before pytest itself asks for the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is quick; without workers (`-n 0`) put the browser last.

    It is slow, and needs what others test.
    """
    for item in items:
        if not item.nodeid.startswith(SLOW) and item.get_closest_marker("slow") is None:
            item.add_marker("quick")
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker(pytest.mark.flaky(reruns=1))
    items.sort(key=lambda item: "browser" in item.path.relative_to(ROOT).parts)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Show in full what failed at its first try: the fault may be the page's."""
    for report in terminalreporter.stats.get("rerun", ()):
        terminalreporter.section(f"failed at first: {report.nodeid}")
        terminalreporter.line(report.longreprtext)
