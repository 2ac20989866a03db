"""From what the session remembers to the networks that stand beside each other."""

from __future__ import annotations

import dataclasses

import numpy as np

from lstm_core.analysis.ordering import longest_first, time_scales
from lstm_core.demo import Demo
from lstm_core.record import Array, record

from ...components.stage import MEAN_OF_UNITS
from ...session import demos, state
from ...session.opened_view import OpenedView, open_view
from ...session.view import LIKELIEST, View
from . import results
from .comparison import Network

LANDED = "landed"  # where the page remembers which sequence has been seen


@record
class Comparison:
    """What is shown: the demo's own network first, and those that are compared with it."""

    opened: OpenedView
    networks: tuple[Network, ...]

    @property
    def units(self) -> tuple[int, ...]:
        """Which unit of each network is chosen; MEAN_OF_UNITS is the mean over them."""
        return self.opened.view.units

    @property
    def demo(self) -> Demo:
        """The demo whose task it is."""
        return self.networks[0].demo


def open_now() -> Comparison:
    """Return what the reader looks at now; its view names what is really shown."""
    opened = _opened(state.current_view())
    networks = _networks(opened)
    view = _landing(opened, networks) if _is_new(opened.view) else opened.view
    shown = dataclasses.replace(opened, view=_fitting(view, networks))
    return Comparison(opened=shown, networks=networks)


def settle(shown: Comparison) -> None:
    """Remember what is really shown; a notice says why it is not what was asked for."""
    view, problem = shown.opened.view, shown.opened.problem
    state.remember_view(view)
    state.remember_for_page(LANDED, _sequence_name(view))
    if problem:
        state.show_notice(problem)


def _is_new(view: View) -> bool:
    """Whether this sequence has just come, and nobody has said which timestep of it to see."""
    known = state.page_value(LANDED)
    asked = known is None and state.address_says("t")
    return _sequence_name(view) != known and view.t == 0 and not asked


def _sequence_name(view: View) -> str:
    return f"{view.demo} {view.source.kind} {view.source.value}"


def _opened(view: View) -> OpenedView:
    """The demo that the view names, or the first that can be compared, with its sequence."""
    demo = results.compared_demo(view)
    return open_view(view, state.held_upload(demo.name, view), demo)


def alikes(name: str) -> tuple[str, ...]:
    """Return in what the networks of a demo can be alike."""
    return tuple(k for k in ("size", "count") if f"rnn_same_{k}" in demos.twin_names(name))


def has_third(name: str, alike: str) -> bool:
    """Whether there is a GRU as well."""
    return f"gru_same_{alike}" in demos.twin_names(name)


def _networks(opened: OpenedView) -> tuple[Network, ...]:
    demo, view = opened.subject, opened.view
    assert isinstance(demo, Demo)
    alike = _alike(view)
    others = [f"rnn_same_{alike}"]
    if view.third and has_third(demo.name, alike):
        others.append(f"gru_same_{alike}")
    compared = [demo, *(demos.twin(demo.name, other) for other in others)]
    return tuple(results.network(each, opened.sequence) for each in compared)


def _alike(view: View) -> str:
    there = alikes(view.demo)
    return view.alike if view.alike in there else there[0]


def _fitting(view: View, networks: tuple[Network, ...]) -> View:
    """The view with units and an output that these networks have."""
    sizes = [network.trace.parameters.hidden_size for network in networks]
    asked = (*view.units, *[MEAN_OF_UNITS] * len(sizes))
    units = tuple(
        unit if unit < size else MEAN_OF_UNITS for unit, size in zip(asked, sizes, strict=False)
    )
    readout = networks[0].demo.model.readout
    known = readout is not None and view.output < len(readout.labels)
    output = view.output if known else LIKELIEST
    third = view.third and len(networks) > 2
    return view.replace(units=units, output=output, third=third, alike=_alike(view))


def _landing(opened: OpenedView, networks: tuple[Network, ...]) -> View:
    """Where a new sequence is first seen: where a network has forgotten.

    The last timestep at which the first network is right and another one wrong; else the last
    that is asked about. Where no unit was chosen it is, of each, the one that remembers longest.
    """
    verdicts = [_verdicts(network, opened) for network in networks]
    beaten = (verdicts[0] == 1) & (np.min(verdicts, axis=0) == 0)
    asked = verdicts[0] >= 0
    places = np.flatnonzero(beaten if beaten.any() else asked)
    t = int(places[-1]) if len(places) else len(opened.trace) - 1
    longest = tuple(int(longest_first(time_scales(network.trace))[0]) for network in networks)
    return opened.view.replace(t=t, units=opened.view.units or longest)


def _verdicts(network: Network, opened: OpenedView) -> Array:
    """Right, wrong or unknown at each timestep, (T,)."""
    sequence, predictions = opened.sequence, network.run.predictions
    if predictions is None:
        return np.full(len(sequence), -1)
    return network.demo.correct(sequence, predictions)
