"""The networks that the page compares, and the view with which a new sequence opens."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from lstm_core.analysis.ordering import longest_first, time_scales
from lstm_core.demo import Demo
from lstm_core.record import Array, record

from ...components.stage import MEAN_OF_UNITS, GroupMember
from ...session import demos, state
from ...session.opened_view import OpenedView, open_view
from ...session.uploads import Upload
from ...session.view import LIKELIEST, View, read
from . import results
from .comparison import Network

SEEN = "seen-sequence"  # the key of the sequence that was last on the page


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
    """Return the networks and the view on the page; the view names what is really shown."""
    if results.can_be_compared(state.explored().demo):
        state.bring_explored()
    opened = _opened(state.current_view(), state.listed_uploads())
    return _compared(opened, is_new=_is_new(opened.view))


def open_address(address: Mapping[str, str]) -> Comparison:
    """Return what these parameters of an address open for a reader who was not here before."""
    opened = _opened(read(address))
    return _compared(opened, is_new=opened.view.t == 0 and "t" not in address)


def _compared(opened: OpenedView, *, is_new: bool) -> Comparison:
    networks = _networks(opened)
    view = _first_view(opened, networks) if is_new else opened.view
    shown = dataclasses.replace(opened, view=_fitting(view, networks))
    return Comparison(opened=shown, networks=networks)


def members(shown: Comparison) -> tuple[GroupMember, ...]:
    """Return the stages of the networks, in step over the sequence that is shown."""
    sequence = shown.opened.sequence
    return tuple(
        GroupMember(scene=results.scene(network, sequence), title=network.title)
        for network in shown.networks
    )


def remember(shown: Comparison) -> None:
    """Remember the view that is shown; a notice says why it is not the one asked for."""
    view, problem = shown.opened.view, shown.opened.problem
    state.remember_view(view)
    state.remember_for_page(SEEN, _sequence_name(view))
    state.say_lost_uploads()
    state.remember_page()
    if problem:
        state.show_notice(problem)


def _is_new(view: View) -> bool:
    """Whether the sequence is new on the page and neither view nor address names a timestep."""
    known = state.page_value(SEEN)
    asked = known is None and state.address_says("t")
    return _sequence_name(view) != known and view.t == 0 and not asked


def _sequence_name(view: View) -> str:
    source = view.source
    return f"{view.demo} {source.kind} {source.value} {source.place}"


def _opened(view: View, uploads: tuple[Upload, ...] = ()) -> OpenedView:
    """The demo that the view names, or the first that can be compared, with its sequence."""
    demo = results.compared_demo(view)
    return open_view(view, uploads, demo)


def alikes(name: str) -> tuple[str, ...]:
    """Return what the networks of a demo can have in common: "size", "count" of parameters."""
    return tuple(k for k in ("size", "count") if f"rnn_same_{k}" in demos.twin_names(name))


def has_gru(name: str, alike: str) -> bool:
    """Return whether there is a GRU as well."""
    return f"gru_same_{alike}" in demos.twin_names(name)


def _networks(opened: OpenedView) -> tuple[Network, ...]:
    demo, view = opened.subject, opened.view
    assert isinstance(demo, Demo)
    alike = _alike(view)
    others = [f"rnn_same_{alike}"]
    if view.third and has_gru(demo.name, alike):
        others.append(f"gru_same_{alike}")
    compared = [demo, *(demos.twin(demo.name, other) for other in others)]
    return tuple(results.network(opened.read_by(each), opened.sequence) for each in compared)


def _alike(view: View) -> str:
    there = alikes(view.demo)
    return view.alike if view.alike in there else there[0]


def _fitting(view: View, networks: tuple[Network, ...]) -> View:
    """The view with its units and output replaced where these networks do not have them."""
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


def _first_view(opened: OpenedView, networks: tuple[Network, ...]) -> View:
    """The view with which a new sequence opens: where a network has forgotten.

    That is the last timestep at which the first network is right and another one wrong, or else
    the last with a known answer. Where no unit is chosen, each network's is the one with the
    longest time scale.
    """
    right = [verdicts(network, opened) for network in networks]
    disagree = (right[0] == 1) & (np.min(right, axis=0) == 0)
    asked = right[0] >= 0
    places = np.flatnonzero(disagree if disagree.any() else asked)
    t = int(places[-1]) if len(places) else len(opened.trace) - 1
    longest = tuple(int(longest_first(time_scales(network.trace))[0]) for network in networks)
    return opened.view.replace(t=t, units=opened.view.units or longest)


def verdicts(network: Network, opened: OpenedView) -> Array:
    """Return at each timestep whether a network is right: 1, 0, or -1 where nobody asks, (T,)."""
    sequence, predictions = opened.sequence, network.run.predictions
    if predictions is None:
        return np.full(len(sequence), -1)
    return network.demo.correct(sequence, predictions)
