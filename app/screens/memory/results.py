"""What the page Memory computes once for all sessions: probes, influences, studies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from lstm_core.analysis.influence import Influence, influence
from lstm_core.analysis.jacobians import largest_singular_values
from lstm_core.analysis.memory_left import MemoryLeft, memory_left
from lstm_core.analysis.output_influence import SignedInfluence
from lstm_core.demo import Demo
from lstm_core.recall_study import (
    FreshSequences,
    ProbedRecall,
    first_value_recall,
    fresh_sequences,
    from_bytes,
    probe_recall,
)
from lstm_core.record import Array, read_only
from lstm_core.sequence import Sequence
from lstm_core.studies import Study, Table, read_study, read_table

from ...components.stage import Scene, build_scene
from ...session import demos
from ...session.assets import assets_folder
from ...session.events import run_events
from ...session.reaches import network_reaches
from ...session.runs import model_run, run_key
from ...session.sequence_strip import strip_key, strip_of
from ...session.shared_store import store
from ...session.view import View
from ...words.language import spoken
from .comparison import Network, comparable, output_derivatives, probe_line, with_line

BEGINNING = "temporal_order"  # one symbol, and long to remember it
STUDIES = assets_folder() / "studies"

T = TypeVar("T")


def compared_demos() -> tuple[str, ...]:
    """Return the names of the demos that have a standard RNN beside them, in teaching order."""
    return tuple(
        name
        for name in demos.demo_names()
        if any(twin.startswith("rnn") for twin in demos.twin_names(name))
        and comparable(demos.demo(name))
    )


def can_be_compared(name: str) -> bool:
    """Return whether a demo of this name has a standard RNN beside it."""
    return name in compared_demos()


def compared_demo(view: View) -> Demo:
    """Return the demo that a view names, or the one to begin with."""
    names = compared_demos()
    first = BEGINNING if BEGINNING in names else names[0]
    return demos.demo(view.demo if view.demo in names else first)


def network(demo: Demo, sequence: Sequence) -> Network:
    """Return a network with its run over a sequence."""
    return Network(demo=demo, run=model_run(demo, sequence))


def probed_recall(demo: Demo) -> tuple[ProbedRecall, ...]:
    """Return how well a probe reads what has to be kept in a network's states, by stage.

    It is read from the file that was measured for these weights, or measured now. () where there
    is no cue.
    """
    measured = (_from_file(STUDIES / "recall.npz", from_bytes) or {}).get(demo.provenance.sha256)
    if measured is not None:
        return measured
    drawn = _fresh_sequences(demo)
    if drawn is None:
        return ()
    return store.get_or_compute(("probed recall", demo.name), lambda: probe_recall(demo, drawn))


def first_number_recall(demo: Demo) -> ProbedRecall | None:
    """Return how well a probe reads the first number alone, also once a sum has replaced it.

    None where one thing is kept throughout.
    """
    drawn = _fresh_sequences(demo)
    if drawn is None or len(drawn.stages) < 2:
        return None
    return store.get_or_compute(
        ("first number", demo.name), lambda: first_value_recall(demo, drawn)
    )


def _fresh_sequences(demo: Demo) -> FreshSequences | None:
    """The sequences on which a demo and its twins are probed; a twin is named "demo/twin"."""
    task = demo.name.partition("/")[0]
    return store.get_or_compute(("fresh sequences", task), lambda: fresh_sequences(demo))


def scene(shown: Network, sequence: Sequence) -> Scene:
    """Return the scene of one network's stage, with the row of what a probe reads of the cue."""

    def build() -> Scene:
        strip, known = strip_of(shown.demo, sequence, shown.run), probed_recall(shown.demo)
        line = probe_line(shown, known, sequence) if known else None
        events = run_events(shown.demo, sequence, shown.run)
        reaches = network_reaches(shown.demo, len(shown.run.layers) - 1, "forward")
        return build_scene(shown.trace, with_line(strip, line), events=events, reaches=reaches)

    key = ("scene with recall", *strip_key(shown.demo, sequence), spoken().code)
    return store.get_or_compute(key, build)


def influence_at(shown: Network, sequence: Sequence, t: int, last: int) -> Influence:
    """Return how the states at `t` depend on the `last` timesteps read up to it."""
    return store.get_or_compute(
        ("influence", *run_key(shown.demo, sequence), t, last),
        lambda: influence(shown.trace, t, last),
    )


def memory_left_at(shown: Network, sequence: Sequence, t: int, last: int) -> MemoryLeft:
    """Return how much of the memory of the `last` timesteps read up to `t` is left at `t`."""
    return store.get_or_compute(
        ("memory left", *run_key(shown.demo, sequence), t, last),
        lambda: memory_left(shown.trace, t, last),
    )


def output_influence_at(
    shown: Network, sequence: Sequence, t: int, output: int, unit: int, last: int
) -> SignedInfluence:
    """Return how one output at `t` depends on the `last` timesteps read up to it."""
    return store.get_or_compute(
        ("output influence", *run_key(shown.demo, sequence), t, output, unit, last),
        lambda: output_derivatives(shown, t, output, unit, last),
    )


def step_gains(shown: Network, sequence: Sequence, last: int) -> Array:
    """Return the largest singular value of the step, of the `last` timesteps of the run."""
    return store.get_or_compute(
        ("step gains", *run_key(shown.demo, sequence), last),
        lambda: read_only(largest_singular_values(shown.trace, last)),
    )


def variants_study() -> Study | None:
    """Return the study of variants of the LSTM; None where it was not made."""
    return _from_file(STUDIES / "variants.json", read_study)


def tasks_table() -> Table | None:
    """Return the table of tasks, LSTM against standard RNN; None where it was not made."""
    return _from_file(STUDIES / "tasks.json", read_table)


def _from_file(file: Path, read: Callable[[bytes], T]) -> T | None:
    """The contents of a file, read again after it has changed; None where there is no file."""
    if not file.is_file():
        return None
    key = ("study", str(file), file.stat().st_mtime_ns)
    return store.get_or_compute(key, lambda: read(file.read_bytes()))
