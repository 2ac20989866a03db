"""The tab Side by side: another sequence, or another network, on stages that play in step.

What the reader wants to find out: what the network does otherwise when it reads T instead of P, X
before Y; from when on, and which unit makes the difference. And what another network does with the
same sequence, such as the same one after it was trained further.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape

import streamlit as st

from lstm_core import ModelFileError

from ...components.stage import MEAN_OF_UNITS, last_report, stages
from ...session import model_files, state
from ...session.beside import Beside
from ...session.opened_view import OpenedView
from ...session.pair_offers import offered_networks, offered_sequences, sequence_beside
from ...session.pair_scenes import pair_members
from ...session.pairs import (
    Pair,
    network_pair,
    place_of,
    sequence_pair,
    shared_changes,
    timestep_at,
)
from ...session.subjects import Uploaded
from ...session.view import View
from ...words import pair as words
from .fragments import PANEL, STAGE
from .labels import here
from .model_door import model_door
from .opening import open_now
from .pair_files import pair_files
from .pair_pictures import as_text, one_unit
from .pair_sentences import said

FILE = "other-network"  # the uploader
FOLLOWED = ("order", "speed", "veil", "scale")  # settings that the stages above share


def side_by_side(opened: OpenedView) -> None:
    """Show the run of the stage beside another one."""
    _part_control(opened)
    st.html(here(opened))
    networks, own = _compares_networks(opened), isinstance(opened.subject, Uploaded)
    pair = _shown_pair(opened)
    if pair is not None:
        _controls(opened, networks)
        _sentences(pair)
        _play(pair, opened.view)
        _below(pair, opened)
    else:
        alone = words.ALONE if own else words.ALONE_HERE
        _paragraph("finding", alone if networks else words.NONE)
    if networks and own:
        _uploader()


def _paragraph(kind: str, text: str) -> None:
    st.html(f'<p class="{kind}">{escape(text)}</p>')


def _compares_networks(opened: OpenedView) -> bool:
    return opened.view.beside.kind == "network"


def _part_control(opened: OpenedView) -> None:
    """What stands side by side: sequences or networks."""
    state.set_widget("pair-part", "networks" if _compares_networks(opened) else "sequences")
    st.segmented_control(
        words.PART,
        list(words.PARTS),
        format_func=words.PARTS.__getitem__,
        key="pair-part",
        required=True,
        label_visibility="collapsed",
        on_change=_pick_part,
    )


def _pick_part() -> None:
    networks = state.widget_value("pair-part") == "networks"
    state.change_view(beside=Beside(kind="network") if networks else Beside())


def _shown_beside(opened: OpenedView, offered: dict[Beside, str]) -> Beside:
    """What the view asks for, or the first that is offered."""
    asked = opened.view.beside
    return asked if asked in offered else next(iter(offered))


def _offered(opened: OpenedView) -> dict[Beside, str]:
    if _compares_networks(opened):
        return {beside: name for beside, (name, _) in offered_networks(opened).items()}
    return offered_sequences(opened)


def _shown_pair(opened: OpenedView) -> Pair | None:
    """The pair on the page; None where nothing can stand beside the run."""
    offered = _offered(opened)
    if not offered:
        return None
    beside = _shown_beside(opened, offered)
    if _compares_networks(opened):
        return network_pair(opened, *offered_networks(opened)[beside])
    other, unchanged = sequence_beside(opened, beside), beside.kind == "unchanged"
    return sequence_pair(opened, other, offered[beside], unchanged=unchanged)


def _controls(opened: OpenedView, networks: bool) -> None:
    """Which run stands beside that on the stage, and how."""
    offered = _offered(opened)
    names = {name: beside for beside, name in offered.items()}
    key = "pair-network" if networks else "pair-beside"
    state.set_widget(key, offered[_shown_beside(opened, offered)])
    with st.container(horizontal=True, key="pair", vertical_alignment="bottom"):
        st.selectbox(
            words.OTHER if networks else words.BESIDE,
            list(names),
            key=key,
            width=420 if networks else 340,
            on_change=_pick_beside,
            args=(key,),
        )
        if not networks and opened.sequence.symbols is not None:
            _how_control(opened.view)
        if not networks and _may_share(opened):
            _held_control(opened.view)


def _may_share(opened: OpenedView) -> bool:
    """Whether something is changed that B can have, too."""
    unchanged = _shown_beside(opened, _offered(opened)).kind == "unchanged"
    return bool(shared_changes(opened.view.changes)) and not unchanged


def _pick_beside(key: str) -> None:
    named = {name: beside for beside, name in _offered(open_now()).items()}
    if beside := named.get(state.widget_value(key)):
        state.change_view(beside=beside)


def _how_control(view: View) -> None:
    """How the timesteps of B are laid beside those of A."""
    _control("how", view.how, words.HOW, words.HOWS, _pick_how)


def _pick_how() -> None:
    state.change_view(how=state.widget_value("pair-how"))


def _held_control(view: View) -> None:
    """Whether B has what is held, too."""
    _control("held", view.held, words.HELD, words.HELD_IN, _pick_held)


def _pick_held() -> None:
    state.change_view(held=state.widget_value("pair-held"))


def _control(
    name: str, now: str, label: str, titles: Mapping[str, str], on_change: Callable[[], None]
) -> None:
    """A list of what a setting can be, by title, beside the other lists of the pair."""
    key = f"pair-{name}"
    state.set_widget(key, now)
    st.selectbox(
        label,
        list(titles),
        format_func=titles.__getitem__,
        key=key,
        width=220,
        on_change=on_change,
    )


def _sentences(pair: Pair) -> None:
    """Where the runs part, by which unit, and what the predictions become; the way there."""
    _paragraph("finding", said(pair))
    if pair.parting is not None:
        st.button(words.JUMP, key="pair-jump", on_click=_jump, icon=":material/my_location:")


def _jump() -> None:
    """Go to where the runs part, and choose the unit."""
    pair = _shown_pair(open_now())
    if pair is not None and pair.parting is not None:
        _go(pair, pair.parting.place, unit=pair.parting.unit)


def _go(pair: Pair, place: int, **changes: object) -> None:
    """Have all stages of the page follow to a place of the alignment."""
    state.change_view(t=timestep_at(pair, place), place=place, **changes)
    st.rerun([STAGE, PANEL])


def _play(pair: Pair, view: View) -> None:
    members = pair_members(pair, view)
    other = view.units[1] if len(view.units) > 1 else MEAN_OF_UNITS
    units = (view.unit,) * len(members) if pair.alike else (view.unit, other)
    stages(
        members,
        replace(view, t=place_of(pair, view), units=units),
        key=_key(),
        one_unit=pair.alike,
        on_change=_follow,
    )


def _key() -> str:
    return f"{state.stage_key()}-pair"


def _follow() -> None:
    """Have the stage above follow the pair, which from now on is the one that is shown."""
    opened = open_now()
    pair, report = _shown_pair(opened), last_report(_key())
    if pair is None or "t" not in report:
        return
    units = tuple(report["units"])
    settings = {name: report[name] for name in FOLLOWED if name in report}
    beside = _shown_beside(opened, _offered(opened))
    shown = {"unit": units[0], "units": () if pair.alike else units, "beside": beside}
    _go(pair, min(int(report["t"]), len(pair.alignment) - 1), **shown, **settings)


def _below(pair: Pair, opened: OpenedView) -> None:
    """What can be said beside the stages, as text, lines and files."""
    if opened.view.changes and _compares_networks(opened):
        _paragraph("finding", words.NETWORKS_UNCHANGED)
    elif opened.view.changes:
        _paragraph("finding", _whose_changes(opened))
    if not pair.alike:
        _paragraph("note", words.OTHER_SIZE)
    elif _compares_networks(opened):
        _paragraph("note", words.NETWORKS_NOTE)
    else:
        _paragraph("note", words.NOTE)
    if isinstance(pair.second.subject, Uploaded) and _leaves_open(pair.second.subject):
        _paragraph("finding", words.UNTOLD)
    if pair.first.sequence.symbols is not None and not _compares_networks(opened):
        st.html(as_text(pair))
    if pair.alike:
        one_unit(pair, opened.view)
    pair_files(pair, opened, _shown_beside(opened, _offered(opened)))


def _whose_changes(opened: OpenedView) -> str:
    """Which of the two runs has what is changed."""
    both = _may_share(opened) and opened.view.held == "both"
    return words.HELD_IN_BOTH if both else words.CHANGED_ALONE


def _leaves_open(subject: Uploaded) -> bool:
    findings = subject.whole.findings
    return bool(findings and any(one.keyword and one.choices for one in findings.assumptions))


def _uploader() -> None:
    """The door for another file, which leaves that on the stage where it is."""
    model_door(words.GIVE, f"{FILE}-{len(state.opened_models())}", _take)


def _take(name: str, data: bytes) -> None:
    try:
        state.remember_model(model_files.keep_model_file(name, data), name)
    except ModelFileError as error:
        state.show_notice(str(error))
