"""What the reader's session remembers: the only module that touches Streamlit's state.

Session state holds words and numbers, never objects: the view as its own spelling, what the
stage last reported, a sequence too long for a link, and one sentence to show. Each page
remembers its own, so that who comes back to one finds it as it was left.

The browser's address follows the view (see `address`), without a new entry in its history for
every step. So the parameters that Streamlit passes on are those of the page's arrival, and only
an address that the reader has changed (a link, back or forward) counts again.
"""

from __future__ import annotations

from typing import Any, Literal

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ..components.shared.settings import spell_value
from ..components.stage import GROUP_DEFAULTS, STAGE_DEFAULTS, last_report
from ..inputs.uploads import Given
from .view import Source, View, read, spell

Page = Literal["explore", "memory", "train", "model"]

_PAGE, _STAGE = "page", "stage"
_VIEW, _ARRIVED, _FOLLOWED = "view", "arrived", "followed"
_HELD, _NOTICE, _OFFER, _COLUMNS, _MODEL = "held", "notice", "offer", "columns", "model"
_RECIPE, _RUN, _TRAINED, _ONCE, _NEWS = "recipe", "run", "trained", "once", "news"


def enter(page: Page) -> None:
    """Say which page is open: what is remembered from now on is that page's own."""
    st.session_state[_PAGE] = page


def entered() -> Page:
    """Return which page is open."""
    page: Page = st.session_state.get(_PAGE, "explore")
    return page


def _own(name: str) -> str:
    """The key under which the open page remembers something."""
    page = entered()
    return name if page == "explore" else f"{page}-{name}"


def stage_key() -> str:
    """Return the key of the open page's stage, where its reports arrive."""
    return _own(_STAGE)


def current_view() -> View:
    """Return what the reader looks at now: the address, then what was done on the page."""
    view = read(_new_address() or st.session_state.get(_own(_VIEW), {}))
    return _remembered(_followed(view))


def _new_address() -> dict[str, str]:
    """The words of an address that the reader has come with or changed; {} where it is known."""
    address = dict(st.query_params)
    if address == st.session_state.get(_own(_ARRIVED)):
        return {}
    if address:
        st.session_state[_own(_ARRIVED)] = address
    return address


def forget_view() -> None:
    """Begin anew, as who comes without a word in the address; an address that was read is spent."""
    st.session_state.pop(_own(_VIEW), None)


def change_view(**changes: Any) -> View:
    """Change some fields of the view; a new demo or sequence begins at its first timestep."""
    if {"demo", "source"} & changes.keys():
        changes = {"t": 0, **changes}
    return _remembered(current_view().replace(**changes))


def arrived_bare() -> bool:
    """Whether the reader has just come, without a word in the address about what to see."""
    spent = st.session_state.get(_own(_ARRIVED), {})
    return _own(_VIEW) not in st.session_state and dict(st.query_params) in ({}, spent)


def asked_for(name: str) -> bool:
    """Whether the address that the reader came with says this word."""
    return name in st.query_params


def settle(view: View, problem: str) -> None:
    """Remember the view as it is really shown, and why it isn't what was asked for."""
    _remembered(view)
    if problem:
        tell(problem)


def _remembered(view: View) -> View:
    st.session_state[_own(_VIEW)] = spell(view)
    return view


def _followed(view: View) -> View:
    """The view with what the stage has reported since it was last asked.

    Each report has its own moment. An old one stays where it arrived, and must not come back
    after the page itself has moved the stage.
    """
    reported = _report()
    if reported != st.session_state.get(_own(_FOLLOWED), {}):
        st.session_state[_own(_FOLLOWED)] = reported
        view = read({**spell(view), **reported})
    return view


def _report() -> dict[str, str]:
    """What the stage last reported, spelled as in an address, and when."""
    reported = last_report(stage_key())
    names = [*STAGE_DEFAULTS, *GROUP_DEFAULTS, "moment"]
    return {n: spell_value(value) for n in names if (value := reported.get(n)) is not None}


def hold(network: str, name: str, sequence: Given, sequence_id: str) -> None:
    """Keep a sequence that no link can carry, until another one takes its place."""
    kept = {"network": network, "name": name, "sequence": sequence, "id": sequence_id}
    st.session_state[_own(_HELD)] = kept


def held(network: str, view: View) -> tuple[Given, str] | None:
    """Return the sequence held for this network and view, and its fingerprint; or None."""
    kept = st.session_state.get(_own(_HELD))
    if not kept or view.source != Source(kind="upload", value=kept["name"]):
        return None
    return (kept["sequence"], kept["id"]) if network == kept["network"] else None


def hold_model(file: str, name: str) -> None:
    """Remember which file is open on the page of the reader's own model; the view begins anew."""
    st.session_state[_own(_MODEL)] = {"file": file, "name": name, "layer": 0, "settled": {}}
    forget_view()


def held_model() -> dict[str, Any] | None:
    """Return the words that say which model is open: None on a page that is about demos.

    "file" is its fingerprint, "name" its name, "layer" the place in the file of a layer of the
    chain on the stage, "settled" what the reader has said that the file does not say.
    """
    model: dict[str, Any] | None = st.session_state.get(_own(_MODEL))
    return model if entered() == "model" else None


def change_model(**words: Any) -> None:
    """Change some of the words that say which model is open."""
    st.session_state[_own(_MODEL)] = {**st.session_state[_own(_MODEL)], **words}


def recipe() -> dict[str, str]:
    """Return the words of the experiment that is asked for: the address, then what was chosen."""
    if address := _new_address():
        choose_recipe(address)
    return dict(st.session_state.get(_own(_RECIPE), {}))


def choose_recipe(words: dict[str, str]) -> None:
    """Remember which experiment is asked for, as its own spelling."""
    st.session_state[_own(_RECIPE)] = words


def session() -> str:
    """Return the word by which the server knows this session."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def training_run() -> str:
    """Return the word of the training run that this session looks at; "" where there is none."""
    run: str = st.session_state.get(_own(_RUN), "")
    return run


def hold_run(run: str) -> None:
    """Remember the training run that this session looks at."""
    st.session_state[_own(_RUN)] = run


def once(what: str, moment: Any) -> bool:
    """Whether this moment of something is new here; the next time it is not."""
    known = st.session_state.get(_own(f"{_ONCE}-{what}"))
    st.session_state[_own(f"{_ONCE}-{what}")] = moment
    return bool(known != moment)


def expect_news(until: float) -> None:
    """Remember until which time something may still come, in seconds since 1970."""
    st.session_state[_own(_NEWS)] = until


def news_expected() -> float:
    """Return until which time something may still come."""
    until: float = st.session_state.get(_own(_NEWS), 0.0)
    return until


def trained() -> tuple[str, ...]:
    """Return the names of the networks that were trained in this session, or opened from a link."""
    names: tuple[str, ...] = st.session_state.get(_TRAINED, ())
    return names


def keep_trained(name: str) -> None:
    """Have a trained network in Explore's picker, the newest last."""
    st.session_state[_TRAINED] = (*(n for n in trained() if n != name), name)


def show_on_explore(demo: str, t: int, unit: int) -> None:
    """Have the Explore page begin with this network when it is opened next."""
    enter("explore")
    tell("")
    _remembered(View(demo=demo, t=t, unit=unit))


def tell(sentence: str, offer: dict[str, str] | None = None) -> None:
    """Have one sentence shown on the page until the next thing is done.

    `offer` are the words of a recipe that the reader may want instead.
    """
    st.session_state[_own(_NOTICE)] = sentence
    st.session_state[_own(_OFFER)] = offer or {}


def offered() -> dict[str, str]:
    """Return the words of the recipe that goes with the sentence to show."""
    offer: dict[str, str] = st.session_state.get(_own(_OFFER), {})
    return offer


def hear() -> str:
    """Return the sentence to show; "" where all is well."""
    sentence: str = st.session_state.get(_own(_NOTICE), "")
    return sentence


def choose_columns(columns: tuple[str, ...], chosen: tuple[str, ...]) -> None:
    """Remember which columns the uploaded file has, and which of them are read."""
    st.session_state[_own(_COLUMNS)] = (columns, chosen)


def file_columns() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns of the uploaded file, and those that are read."""
    kept: tuple[tuple[str, ...], tuple[str, ...]]
    kept = st.session_state.get(_own(_COLUMNS), ((), ()))
    return kept


def widget(key: str) -> Any:
    """Return what a control holds, None before it was first shown."""
    return st.session_state.get(key)


def put(key: str, value: Any) -> None:
    """Set a control that is not yet shown in this run, so that it follows the view."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def dark() -> bool:
    """Whether the reader's page is dark."""
    return bool(st.context.theme.type == "dark")
