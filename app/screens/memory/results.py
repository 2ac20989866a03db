"""What the page Memory computes once for all sessions: twins, probes, influences, studies.

Cached as in `loading`: keyed by words and hashes, immutable, of bounded number.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lstm_core.analysis.influence import Influence, influence
from lstm_core.analysis.jacobians import largest_singular_values
from lstm_core.analysis.output_influence import SignedInfluence
from lstm_core.demo import Demo, list_twins, load_twin
from lstm_core.record import Array
from lstm_core.studies import Study, Table, read_study, read_table

from ...components.stage import Scene, build_scene
from ...session import loading
from ...session.assets import assets_folder
from ...session.loading import HOUR, LONG_RUN, Found
from ...session.sequence_strip import strip_of
from ...session.view import View
from .comparison import (
    Fresh,
    Network,
    Remembering,
    comparable,
    fresh,
    knowledge,
    pull,
    remembering,
    with_line,
)

BEGINNING = "temporal_order"  # one symbol, and long to remember it
STUDIES = assets_folder() / "studies"


@st.cache_resource(ttl=HOUR, show_spinner=False)
def compared_demos() -> tuple[str, ...]:
    """Return the names of the demos that have a standard RNN beside them, in teaching order."""
    return tuple(
        name
        for name in loading.demo_names()
        if any(twin.startswith("rnn") for twin in twins(name=name))
        and comparable(loading.demo(name=name))
    )


@st.cache_resource(max_entries=64, ttl=HOUR, show_spinner=False)
def twins(name: str) -> tuple[str, ...]:
    """Return the names of a demo's twins."""
    return list_twins(loading.DEMOS / name)


@st.cache_resource(max_entries=64, ttl=24 * HOUR, show_spinner=False)
def twin(name: str, other: str) -> Demo:
    """Return the twin `other` of the demo `name`."""
    return load_twin(loading.DEMOS / name, other)


def network(demo: Demo, found: Found) -> Network:
    """Return a network with its run over the sequence."""
    return Network(demo=demo, run=loading.model_run(demo, found))


def remembered(demo: Demo) -> Remembering | None:
    """Return what a probe reads in the states of a network; None where nothing is remembered."""
    drawn = _fresh(task=demo.name.partition("/")[0], _demo=demo)
    if drawn is None:
        return None
    known: Remembering = _remembered(name=demo.name, _demo=demo, _drawn=drawn)
    return known


@st.cache_resource(max_entries=4, ttl=HOUR, show_spinner=False)
def _fresh(task: str, _demo: Demo) -> Fresh | None:
    return fresh(_demo)


@st.cache_resource(max_entries=64, ttl=24 * HOUR, show_spinner=False)
def _remembered(name: str, _demo: Demo, _drawn: Fresh) -> Remembering:
    return remembering(_demo, _drawn)


def scene(shown: Network, found: Found) -> Scene:
    """Return what the stage of one of the networks plays, with the row of what is still known."""
    keep = _long_scene if shown.trace.hidden_state.size > LONG_RUN else _short_scene
    packed: Scene = keep(
        name=shown.demo.name, sequence_id=found.sequence.id, _shown=shown, _found=found
    )
    return packed


@st.cache_resource(max_entries=128, ttl=HOUR, show_spinner=False)
def _short_scene(name: str, sequence_id: str, _shown: Network, _found: Found) -> Scene:
    return _packed(_shown, _found)


@st.cache_resource(max_entries=6, ttl=HOUR, show_spinner=False)
def _long_scene(name: str, sequence_id: str, _shown: Network, _found: Found) -> Scene:
    return _packed(_shown, _found)


def _packed(shown: Network, found: Found) -> Scene:
    strip, known = strip_of(shown.demo, found.sequence, shown.run), remembered(shown.demo)
    line = knowledge(shown, known, found.sequence) if known else None
    return build_scene(shown.trace, with_line(strip, line))


def influence_at(shown: Network, found: Found, t: int, last: int) -> Influence:
    """Return how the states at `t` depend on the `last` timesteps read up to it."""
    seen: Influence = _influence(
        name=shown.demo.name, sequence_id=found.sequence.id, t=t, last=last, _shown=shown
    )
    return seen


@st.cache_resource(max_entries=128, ttl=HOUR, show_spinner=False)
def _influence(name: str, sequence_id: str, t: int, last: int, _shown: Network) -> Influence:
    return influence(_shown.trace, t, last)


def pull_at(
    shown: Network, found: Found, t: int, output: int, unit: int, last: int
) -> SignedInfluence:
    """Return how one output at `t` depends on the `last` timesteps read up to it."""
    seen: SignedInfluence = _pull(
        name=shown.demo.name,
        sequence_id=found.sequence.id,
        t=t,
        output=output,
        unit=unit,
        last=last,
        _shown=shown,
    )
    return seen


@st.cache_resource(max_entries=256, ttl=HOUR, show_spinner=False)
def _pull(
    name: str, sequence_id: str, t: int, output: int, unit: int, last: int, _shown: Network
) -> SignedInfluence:
    return pull(_shown, t, output, unit, last)


def step_gains(shown: Network, found: Found, last: int) -> Array:
    """Return the largest singular value of the step, of the `last` timesteps of the run."""
    gains: Array = _gains(
        name=shown.demo.name, sequence_id=found.sequence.id, last=last, _shown=shown
    )
    return gains


@st.cache_resource(max_entries=256, ttl=HOUR, show_spinner=False)
def _gains(name: str, sequence_id: str, last: int, _shown: Network) -> Array:
    gains = largest_singular_values(_shown.trace, last)
    gains.flags.writeable = False
    return gains


def view_demo(view: View) -> Demo:
    """Return the demo that a view names, or the one to begin with."""
    names = compared_demos()
    first = BEGINNING if BEGINNING in names else names[0]
    return loading.demo(name=view.demo if view.demo in names else first)


def knobs() -> Study | None:
    """Return the study of variants of the LSTM; None where it was not made."""
    file = STUDIES / "knobs.json"
    return _knobs(changed=file.stat().st_mtime_ns, _file=file) if file.is_file() else None


@st.cache_resource(max_entries=2, ttl=24 * HOUR, show_spinner=False)
def _knobs(changed: int, _file: Path) -> Study:
    return read_study(_file.read_bytes())


def tasks() -> Table | None:
    """Return the table of tasks, LSTM against standard RNN; None where it was not made."""
    file = STUDIES / "tasks.json"
    return _tasks(changed=file.stat().st_mtime_ns, _file=file) if file.is_file() else None


@st.cache_resource(max_entries=2, ttl=24 * HOUR, show_spinner=False)
def _tasks(changed: int, _file: Path) -> Table:
    return read_table(_file.read_bytes())
