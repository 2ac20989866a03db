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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser last: it is slow, and it needs what the others test."""
    items.sort(key=lambda item: "browser" in item.path.relative_to(ROOT).parts)
