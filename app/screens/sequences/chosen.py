"""Which corpus the page shows, and how one of its sequences comes onto the stage."""

from __future__ import annotations

from lstm_core import ModelFileError
from lstm_core.corpus import CorpusError, SearchIndex
from lstm_core.corpus.plan import model_id
from lstm_core.record import record
from lstm_core.sequence import Sequence, number_sequence
from lstm_core.subject import Subject

from ...inputs import UploadError
from ...inputs.arrays import npy_bytes
from ...inputs.understanding.axes import DOWN, in_order
from ...inputs.writing import text_of
from ...session import model_files, state
from ...session.corpora import kept
from ...session.corpora.making import Making
from ...session.corpora.makings import makings
from ...session.corpora.sources import Made, key_of, made_from, source_of, spelled_of
from ...session.corpus_names import LOCAL
from ...session.local_files import contents, local_files
from ...session.opened_view import OpenedView
from ...session.own_sequence import clear_answers, understood
from ...session.view import Source, View
from ...words import common as common_words
from ...words import sequences as words

NUMBER, OPENED = "corpus-number", "local-corpus"


@record
class ShownCorpus:
    """A corpus of the network on the page: its index, and what it is made of (None: a folder)."""

    index: SearchIndex
    made: Made | None
    subject: Subject


def choose(opened: OpenedView, made: Made) -> Making:
    """Have the page show a corpus, and begin to make it."""
    view = opened.view
    making = makings.begin(opened.subject, made, view.layer, view.direction, state.session_id())
    _remember(spelled_of(made))
    return making


def _remember(corpus_: str) -> None:
    state.change_view(corpus=corpus_)
    state.remember_for_page(NUMBER, None)


def made_of(opened: OpenedView) -> Made | None:
    """Return what the corpus that was chosen is made of; None where there is no such thing here."""
    return made_from(opened.view.corpus, state.listed_uploads())


def key_now(opened: OpenedView) -> str:
    """Return the key of the corpus that was chosen, made or not; "" where it has none."""
    made = made_of(opened)
    try:
        view = opened.view
        return key_of(opened.subject, made, view.layer, view.direction) if made else ""
    except UploadError:
        return ""


def corpus(opened: OpenedView) -> ShownCorpus | None:
    """Return the corpus that the page shows; None where there is none yet.

    Raises CorpusError, in one sentence, where it cannot be opened.
    """
    files = local_files()
    if opened.view.corpus == LOCAL and files is not None and files.corpus is not None:
        index = kept.opened(files.corpus)
        if index.plan.model_id != model_id(opened.subject.model):
            raise CorpusError(words.OTHER_MODEL)
        return ShownCorpus(index=index, made=None, subject=opened.subject)
    key = key_now(opened)
    if not key or not kept.is_kept(key):
        return None
    index = kept.opened(kept.folder_of(key))
    return ShownCorpus(index=index, made=made_of(opened), subject=opened.subject)


def show(shown: ShownCorpus, number: int, t: int = 0, last: int | None = None) -> None:
    """Put a sequence of the corpus on the stage, at a timestep.

    With `last` the search is about the timesteps from there to it.
    """
    index = shown.index
    state.clear_notice()
    if shown.made is not None:
        source = source_of(shown.made, number, index.survey.names[number])
    else:
        try:
            source = _given(shown, number)
        except UploadError as problem:
            state.show_notice(str(problem))
            return
    state.remember_for_page(NUMBER, number)
    state.change_view(source=source)
    if t:
        state.change_view(t=t)
    if last is not None:
        mark(t, last)


def mark(first: int, last: int) -> None:
    """Have the search be about a stretch of time of the sequence on the stage."""
    state.change_view(stretch=(first, last))


def marked(view: View, timesteps: int) -> tuple[int, int] | None:
    """Return the stretch that is marked; None where none is, or none of a run of this length."""
    if len(view.stretch) != 2:
        return None
    first, last = view.stretch
    return (first, last) if first <= last < timesteps else None


def number_on_stage(shown: ShownCorpus, opened: OpenedView) -> int | None:
    """Return which sequence of the corpus is on the stage; None where it is none of them."""
    source = opened.view.source
    if shown.made is not None:
        if shown.made.kind == "examples":
            names = shown.index.survey.names
            return names.index(source.value) if source.value in names else None
        number = int(source.value) if source.kind == "seed" else source.place
        same = source_of(shown.made, number, "") == source
        return number if same and number < len(shown.index) else None
    number = state.page_value(NUMBER)
    return number if source.kind == "upload" else None


def called(opened: OpenedView) -> str:
    """Return what the sequence on the stage is called."""
    source = opened.view.source
    if source.kind == "sequence":
        return source.value
    if source.kind == "upload":
        return opened.sequence.name or source.value
    return common_words.own_sequence(source.kind, source.value)


def _given(shown: ShownCorpus, number: int) -> Source:
    """A sequence of a folder, given to the session as a file: as if the reader had uploaded it."""
    sequence, encoder = _sequence(shown.index, number), shown.subject.model.encoder
    name = shown.index.survey.names[number]
    if sequence.numbers is None:
        data, name = text_of(sequence).encode("utf-8"), f"{name}.txt"
    else:
        data, name = npy_bytes(sequence.numbers), f"{name}.npy"
    upload = state.add_upload(name, data)
    columns = encoder.columns if encoder else ()
    as_written = {"axes": DOWN, "order": in_order(columns)}
    answers = clear_answers(
        upload, shown.subject, upload.answers.get(shown.subject.name, as_written)
    )
    if answers is None or encoder is None:
        raise UploadError(words.asks(upload.name))
    state.keep_answers(upload, shown.subject.name, answers)
    understood(upload, shown.subject, answers)
    return Source(kind="upload", value=upload.name)


def _sequence(index: SearchIndex, number: int) -> Sequence:
    """What one sequence of an index reads."""
    read, plan = index.read(number), index.plan
    if plan.alphabet:
        return Sequence(places=read, alphabet=plan.alphabet)
    return number_sequence(read, plan.columns)


def open_local_corpus() -> None:
    """Open the model and the corpus that the app was started with, once a session."""
    files = local_files()
    if files is None or files.corpus is None or state.page_value(OPENED):
        return
    state.remember_for_page(OPENED, True)
    asked = state.current_view().corpus
    try:
        if len(files.model) > 1:
            name, content = model_files.together(contents(files.model))
            file = model_files.keep_model_file(name, content)
        else:
            name = files.model[0].name
            file = model_files.keep_model_file(name, files.model[0])
    except (OSError, ModelFileError) as problem:
        state.show_notice(str(problem))
        return
    state.show_own_model(True)
    state.hold_model(file, name)
    state.change_model(layer=files.layer)
    if asked in {"", LOCAL}:
        _remember(LOCAL)
