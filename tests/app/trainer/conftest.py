"""One trainer for all tests of it: its workers start once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.trainer import Trainer

from .runs import HERE


@pytest.fixture(scope="session")
def workers() -> Iterator[Trainer]:
    """Start two workers; there are the sessions of `HERE`, and those called by a number."""
    made = Trainer(lambda session: session in HERE or session.isdigit(), workers=2, niceness=0)
    yield made
    made.close()


@pytest.fixture
def trainer(workers: Trainer) -> Iterator[Trainer]:
    """A trainer without any run, before a test and after it."""
    yield workers
    for word in list(workers._runs):
        workers.forget(word)
