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
from ...session.uploads import Upload
from ...session.view import Source
from ...words import common as common_words
from ...words import sequences as words
from ..shared import opening, sequence_input, toolbar, upload_preview
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
            sequence_input.uploading(opened)
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
        key=f"corpus-source-{len(uploads)}-{recorded}-{opened.view.corpus}",
        width=260,
    )
    return str(picked)


def _begin(source: str) -> None:
    """Begin the survey that was asked for; of an upload that asks something, show its preview."""
    state.clear_notice()
    try:
        opened = opening.open_now()
        if source == FRESH:
            count = int(state.widget_value("corpus-count") or USUAL)
            chosen.choose(opened, Made(kind="fresh", count=count))
        elif source == EXAMPLES:
            chosen.choose(opened, Made(kind="examples"))
        else:
            _begin_upload(opened, _listed(source))
    except (model_files.ModelGoneError, UploadError) as problem:
        state.show_notice(str(problem))


def survey_upload(upload: Upload) -> None:
    """Put the first sequence of an upload on the stage, and begin the survey of all."""
    upload_preview.on_stage(upload)
    _begin(upload.id)


def _begin_upload(opened: OpenedView, upload: Upload) -> None:
    if opened.subject.name not in upload.answers:
        if begun(upload, opened.subject, {}, state.session_id()):
            state.open_preview(upload, {})
            return
        answers = clear_answers(upload, opened.subject, {})
        if answers is None:
            state.open_preview(upload, {})
            return
        state.keep_answers(upload, opened.subject.name, answers)
    state.close_preview()
    chosen.choose(opened, Made(kind="upload", upload=_listed(upload.id)))


def _listed(name: str) -> Upload:
    """The upload of this id as it is kept now; UploadError where it is not any more."""
    upload = next((one for one in state.listed_uploads() if one.id == name), None)
    if upload is None:
        raise UploadError(words.GONE)
    return upload
