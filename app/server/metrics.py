"""What this process is doing, in the text format of Prometheus. It says nothing about visitors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ..incidents import incidents
from ..session.corpora.makings import makings
from ..session.reading.readings import readings
from ..session.shared_store import store
from ..trainer.instance import run_states
from .rooms.endpoint import rooms

Metric = tuple[str, str, str, Mapping[str, float]]
"""Its name, its type, what it counts, and its values by what stands in braces ("" for nothing)."""

_counts: Counter[str] = Counter()  # only the server's own loop counts


@contextmanager
def open_page() -> Iterator[None]:
    """Count a page as open while its connection is."""
    _counts["pages"] += 1
    try:
        yield
    finally:
        _counts["pages"] -= 1


def count_notice(message_type: str) -> None:
    """Count a message that a browser sent: something that a reader did, or a stage at rest."""
    _counts["notices"] += message_type == "websocket.receive"


def exposition() -> str:
    """Return all metrics as Prometheus reads them."""
    return "".join(_lines(*metric) for metric in _metrics())


def _lines(name: str, kind: str, help: str, values: Mapping[str, float]) -> str:
    head = f"# HELP gatescope_{name} {help}\n# TYPE gatescope_{name} {kind}\n"
    return head + "".join(
        f"gatescope_{name}{braces} {value:.15g}\n" for braces, value in values.items()
    )


def _metrics() -> Iterator[Metric]:
    yield "sessions", "gauge", "Pages that are open.", {"": _counts["pages"]}
    yield "rooms", "gauge", "Rooms in which a class follows its teacher.", {"": len(rooms)}
    yield "room_students", "gauge", "Students who are connected to one.", {"": rooms.followers}
    yield (
        "training_runs",
        "gauge",
        "Training runs in memory, by state; queued ones wait for their turn.",
        {f'{{state="{state}"}}': count for state, count in run_states().items()},
    )
    yield (
        "readings",
        "gauge",
        "Large files in processes of their own, and those that wait for one.",
        {f'{{state="{state}"}}': count for state, count in readings.counts().items()},
    )
    yield (
        "surveys",
        "gauge",
        "Surveys in processes of their own, and those that wait for one.",
        {f'{{state="{state}"}}': count for state, count in makings.counts().items()},
    )
    kept = store.statistics()
    yield "store_bytes", "gauge", "Memory of what is kept for readers.", {"": kept.bytes}
    yield "store_limit_bytes", "gauge", "The bound of that memory.", {"": kept.limit}
    yield "store_entries", "gauge", "Things that are kept.", {"": kept.entries}
    yield (
        "store_requests_total",
        "counter",
        "Things that were asked of the store.",
        {'{result="hit"}': kept.hits, '{result="miss"}': kept.misses},
    )
    gone = {
        '{why="room"}': kept.evictions,
        '{why="age"}': kept.expirations,
        '{why="size"}': kept.refusals,
    }
    yield "store_gone_total", "counter", "Things that were let go, or were too large.", gone
    yield "notices_total", "counter", "Messages from browsers.", {"": _counts["notices"]}
    yield "incidents_total", "counter", "Errors that nobody expected.", {"": incidents()}
