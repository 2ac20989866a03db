"""The row above the survey: which network, which sequences of it, and the button that begins."""

from __future__ import annotations

import streamlit as st

from ...inputs import UploadError
from ...session import demos, model_files, state, trained_networks
from ...session.corpora.sources import MOST_FRESH, Made
from ...session.corpus_names import EXAMPLES, FRESH, parted
from ...session.opened_view import OpenedView
from ...session.own_sequence import begun, clear_answers
from ...session.subjects import Uploaded, title_of
from ...session.uploads import UPLOAD_MB
from ...session.view import Source
from ...words import common as common_words
from ...words import sequences as words
from ..shared import opening, toolbar
from ..shared.search_offer import USUAL
from . import chosen

OWN = "own model"  # in the picker of networks


def controls(opened: OpenedView) -> None:
    """Show the row of controls."""
    with st.container(horizontal=True, key="corpus-row", vertical_alignment="bottom"):
        if toolbar.shows(opened, "network"):
            _network(opened)
        source = _source(opened)
        if source == FRESH:
            made = chosen.made_of(opened)
            usual = made.count if made and made.kind == FRESH else USUAL
            st.number_input(
                words.COUNT,
                2,
                MOST_FRESH,
                value=usual,
                step=100,
                key="corpus-count",
                width=140,
            )
        st.button(
            words.SURVEY,
            key="corpus-begin",
            type="primary",
            help=words.SURVEY_HELP,
            on_click=_begin,
            args=(source,),
        )
        if toolbar.shows(opened, "own"):
            _upload()
    if toolbar.shows(opened, "layer"):
        toolbar.layer_picker(opened)


def _network(opened: OpenedView) -> None:
    """The demos, what was trained here, and the reader's own model where one is open."""
    own = state.own_model()
    trained = [name for name in state.trained_names() if trained_networks.trained(name)]
    titles = {name: title_of(trained_networks.network(name)) for name in trained}
    titles |= {name: title_of(demos.demo(name)) for name in demos.demo_names()}
    if own is not None:
        titles[OWN] = own["name"]
    state.set_widget("corpus-network", OWN if state.held_model() else opened.view.demo)
    st.selectbox(
        common_words.DEMO,
        list(titles),
        format_func=lambda name: titles.get(name, name),
        key="corpus-network",
        on_change=_pick_network,
        width=280,
    )


def _pick_network() -> None:
    picked = state.widget_value("corpus-network")
    state.clear_notice()
    state.show_own_model(picked == OWN)
    if picked == OWN:
        state.forget_view()
    else:
        state.change_view(demo=picked, source=Source())


def _source(opened: OpenedView) -> str:
    """Which sequences: fresh ones, those of an upload, or those that the network comes with."""
    uploads = {upload.id: upload.name for upload in state.listed_uploads()}
    recorded = isinstance(opened.subject, Uploaded) and bool(opened.subject.model.recorded)
    names = {**uploads, FRESH: words.FRESH}
    if recorded:
        names = {EXAMPLES: words.RECORDED, **names}
    kind, upload = parted(opened.view.corpus)
    wanted = upload if upload in names else kind
    picked = st.selectbox(
        words.OF_WHICH,
        list(names),
        index=list(names).index(wanted) if wanted in names else 0,
        format_func=lambda name: names.get(name, name),
        key=f"corpus-source-{len(uploads)}-{recorded}",
        width=260,
    )
    return str(picked)


def _upload() -> None:
    key = f"corpus-files-{state.uploader_number()}"
    with st.popover(words.UPLOAD, icon=":material/upload_file:"):
        st.file_uploader(
            words.UPLOAD_LABEL,
            accept_multiple_files=True,
            key=key,
            max_upload_size=UPLOAD_MB,
            on_change=_take,
            args=(key,),
        )


def _take(key: str) -> None:
    """Keep files whose sequences can be read without asking; say of another why not."""
    faults = []
    for file in state.widget_value(key) or []:
        try:
            upload = state.add_upload(file.name, file.getvalue())
            network = opening.network(state.current_view())
            begun(upload, network, {}, state.session_id())  # what takes long ends with the session
            answers = clear_answers(upload, network, {})
            if answers is None:
                state.remove_upload(upload)
                raise UploadError(words.asks(file.name))
            state.keep_answers(upload, network.name, answers)
        except UploadError as problem:
            faults.append(str(problem))
    state.empty_uploader()
    state.show_notice(" ".join(faults))


def _begin(source: str) -> None:
    state.clear_notice()
    try:
        opened = opening.open_now()
        chosen.choose(opened, _made(source, opened))
    except model_files.ModelGoneError as problem:
        state.show_notice(str(problem))
    except UploadError as problem:
        state.show_notice(str(problem))


def _made(source: str, opened: OpenedView) -> Made:
    if source == FRESH:
        return Made(kind="fresh", count=int(state.widget_value("corpus-count") or USUAL))
    if source == EXAMPLES:
        return Made(kind="examples")
    upload = next((one for one in state.listed_uploads() if one.id == source), None)
    if upload is None:
        raise UploadError(words.GONE)
    if opened.subject.name not in upload.answers:
        answers = clear_answers(upload, opened.subject, {})
        if answers is None:
            raise UploadError(words.asks(upload.name))
        state.keep_answers(upload, opened.subject.name, answers)
        upload = next(one for one in state.listed_uploads() if one.id == source)
    return Made(kind="upload", upload=upload)
