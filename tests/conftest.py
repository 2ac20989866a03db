"""What holds for every test of the project."""

from __future__ import annotations

import os
from pathlib import Path

# Before NumPy is imported: our matrices are small, and threads that wait for each other cost
# more than they bring.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# No test asserts how long something took: machines are noisy.
settings.register_profile("gatescope", deadline=None)
settings.load_profile("gatescope")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give everything that needs the browser to one worker, first: it is the longest.

    Alone (`-n 0`) the browser comes last: it is slow, and it needs what the others test.
    """
    for item in items:
        if _needs_browser(item):
            item.add_marker(pytest.mark.xdist_group("browser"))
    among_workers = "PYTEST_XDIST_WORKER" in os.environ
    items.sort(key=lambda item: _needs_browser(item) != among_workers)


def _needs_browser(item: pytest.Item) -> bool:
    return bool({"page", "pages", "browser"} & set(getattr(item, "fixturenames", ())))
