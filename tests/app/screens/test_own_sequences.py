"""Sequences of the reader's own on the page: shown before they are run, and said while seen."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.inputs.understanding.notes import tell_nobody
from app.session import own_sequence
from app.session.reading import bounds, wire
from app.session.reading.reading import Reading
from app.session.reading.readings import Readings
from app.session.view import read
from app.words import common as words
from app.words import uploads as upload_words
from app.words import your_model as model_words
from benchmarks.unroll import random_lstm
from lstm_core import EmbeddingEncoder, Layer, Model
from lstm_core.formats import model_bytes
from tests.app import pages
from tests.app.pages import (
    choose,
    component,
    give,
    give_files,
    link,
    one_page,
    picker,
    press_key,
    ran,
    run_upload,
    texts,
    whole_app,
)

pytestmark = pytest.mark.usefixtures("server_follows")

LINES = ("lines.txt", b"BTBTXSETE\nBPBPVVEPE\nBTBPVPSETE\n")
GAP = ("gap.csv", b"year,activity\n1700,5\n1701,\n1702,16\n1703,17\n")
LONG = ("long.csv", b"id,time,value\na,1,10\na,2,11\na,3,12\nb,1,20\nb,2,21\n")
MARKDOWN = "![x](http://192.0.2.1/a.png)"


def opened(**address: str) -> AppTest:
    return pages.opened(whole_app(), address)


def type_in(app: AppTest, text: str) -> AppTest:
    app.text_area[0].input(text)
    (submit,) = [b for b in app.button if b.label == words.RUN and b.key != "run-upload"]
    return ran(submit.click().run())


def is_open(app: AppTest) -> bool:
    """Whether a file is shown before it is run."""
    return any(button.key == "close-preview" for button in app.button)


def sequence_of(app: AppTest) -> str:
    box = picker(app, words.SEQUENCE)
    return box.format_func(box.value)


def test_a_file_is_shown_before_it_is_run_and_nothing_on_the_stage_changes():
    app = opened(demo="reber", text="BTBTXSETE", t="3")
    before = read(link(app))
    give_files(app, LINES)
    page = texts(app)
    assert is_open(app)
    assert "I see 3 sequences, one per line." in page
    assert "BTBTXSETE" not in picker(app, words.SEQUENCE).options  # names, not contents
    assert read(link(app)) == before
    press_key(app, "close-preview")
    assert not is_open(app)
    assert words.own_sequence("upload", "lines.txt") in picker(app, words.SEQUENCE).options


def test_run_waits_for_the_answer_and_what_was_read_stays_on_the_page():
    app = give_files(opened(demo="sunspots"), GAP)
    assert "1 missing" in texts(app)
    assert app.button(key="run-upload").disabled
    ran(app.radio[0].set_value("Interpolate").run())
    assert not app.button(key="run-upload").disabled
    run_upload(app)
    assert link(app)["upload"] == "gap.csv"
    assert "; time stamp 1700" in texts(app)
    assert "activity → sunspots" in texts(app)
    assert "interpolated" in texts(app)
    press_key(app, "change-upload")
    assert (is_open(app), app.radio[0].value) == (True, "Interpolate")


def test_an_answer_that_reads_nothing_is_said_and_leaves_the_answers_as_they_were():
    app = give_files(opened(demo="sunspots"), GAP)
    ran(app.radio[0].set_value("Read nothing").run())
    assert "Nothing is read." in texts(app)
    assert app.radio[0].value is None
    ran(app.radio[0].set_value("Hold the last value").run())
    assert "Nothing is read." not in texts(app)


@pytest.mark.parametrize(("file", "offered"), [(LONG, True), (GAP, False)])
def test_several_sequences_of_a_file_lead_to_their_survey(file, offered):
    app = give_files(opened(demo="sunspots", unit="0"), file)
    if not offered:
        ran(app.radio[0].set_value("Interpolate").run())
    run_upload(app)
    assert (upload_words.survey_all(2) in texts(app)) == offered
    assert ("corpus=upload." in "".join(one.body for one in app.get("html"))) == offered


def test_the_sequences_of_a_file_are_chosen_by_name_and_stepped_through():
    app = run_upload(give_files(opened(demo="sunspots", unit="0"), LONG))
    box = picker(app, upload_words.WHICH)
    assert [label.split(": ")[1] for label in box.options] == [
        "id a, 3 timesteps",
        "id b, 2 timesteps",
    ]
    assert app.button(key="step-chevron_left").disabled
    press_key(app, "step-chevron_right")
    assert read(link(app)).source.place == 1
    assert words.here(0, 2, "", 0) in texts(app)
    choose(app, upload_words.WHICH, 0)
    assert words.here(0, 3, "", 0) in texts(app)


def test_several_files_are_all_in_the_list_until_they_are_removed():
    app = give_files(opened(demo="reber"), LINES, ("b.txt", b"BPBPVVEPE"))
    names = [words.own_sequence("upload", name) for name in ("lines.txt", "b.txt")]
    assert set(names) <= set(picker(app, words.SEQUENCE).options)
    assert upload_words.read_alike("b.txt", 1) in texts(app)
    run_upload(app)
    choose(app, words.SEQUENCE, "upload:b.txt")  # nothing is open in it: run with the first
    assert (is_open(app), sequence_of(app)) == (False, names[1])
    press_key(app, "step-chevron_left")
    assert sequence_of(app) == names[0]
    press_key(app, "remove-shown")
    assert names[0] not in picker(app, words.SEQUENCE).options
    assert names[1] in picker(app, words.SEQUENCE).options
    assert read(link(app)).source.kind == "sequence"


def test_a_file_that_asks_something_is_not_run_with_the_others():
    clear = ("a.csv", b"year,sunspots\n1,5.5\n2,7.5\n3,2.5\n")
    app = give_files(opened(demo="sunspots"), clear, GAP)
    assert upload_words.asked_later("gap.csv") in texts(app)
    run_upload(app)
    choose(app, words.SEQUENCE, "upload:gap.csv")
    assert is_open(app)
    assert app.button(key="run-upload").disabled


def test_what_was_given_is_there_after_a_reload_with_its_answers():
    app = give_files(opened(demo="sunspots"), GAP)
    ran(app.radio[0].set_value("Interpolate").run())
    again = opened(**link(run_upload(app)))
    assert sequence_of(again) == words.own_sequence("upload", "gap.csv")
    assert "interpolated" in texts(again)
    assert 'role="alert"' not in texts(again)


def test_an_answer_that_was_not_run_yet_is_there_after_a_reload_until_the_file_is_closed():
    app = give_files(opened(demo="sunspots"), GAP)
    ran(app.radio[0].set_value("Interpolate").run())
    again = opened(**link(app))
    assert (is_open(again), again.radio[0].value) == (True, "Interpolate")
    press_key(again, "close-preview")
    assert not is_open(opened(**link(again)))


def test_a_word_that_the_server_does_not_know_is_said():
    app = opened(demo="reber", upload="a.txt", session="x" * 22)
    assert 'role="alert"' in texts(app)
    assert read(link(app)).source.kind == "sequence"


def test_a_text_of_several_lines_is_shown_before_it_is_run_and_a_plain_one_is_not():
    app = type_in(opened(demo="reber"), "BTX\nBPV")
    assert is_open(app)
    assert "I see 2 sequences" in texts(app)
    app = type_in(opened(demo="reber"), "BTXSE")
    assert not is_open(app)
    assert link(app)["text"] == "BTXSE"


def test_a_fault_is_said_where_the_file_was_given():
    app = give_files(opened(demo="sunspots"), ("bad.csv", b"sunspots\n5\nmany\n6\n"))
    assert not is_open(app)
    assert "line 3" in texts(app)
    assert "bad.csv" not in str(picker(app, words.SEQUENCE).options)
    give_files(app, ("bad.csv", b"sunspots\n5\nmany\n6\n"), GAP)
    assert is_open(app)
    assert "line 3" in texts(app)


def test_another_column_is_chosen_where_a_cell_of_the_first_one_is_bad():
    data = b"year,sunspots,flow\n1700,5,1.5\n1701,many,2.5\n1702,7,0.5\n"
    app = give_files(opened(demo="sunspots"), ("a.csv", data))
    assert "line 3, column &#x27;sunspots&#x27;, is &#x27;many&#x27;" in texts(app)
    assert not any(button.key == "run-upload" for button in app.button)
    choose(app, "sunspots", "flow")
    assert "&#x27;many&#x27;" not in texts(app)
    assert "flow → sunspots" in texts(run_upload(app))


@pytest.fixture
def go(monkeypatch):
    """Every file takes long: it is read beside the page, as soon as this is set."""
    go = threading.Event()

    def read(self, asked):
        go.wait(60)
        return wire.answer(*wire.execute(asked[0], asked[1], tell_nobody), self._encoder)

    monkeypatch.setattr(bounds, "LONG_TEXT", 3)
    monkeypatch.setattr(Reading, "_read", read)
    monkeypatch.setattr(own_sequence, "readings", Readings(alive=lambda session: True))
    return go


def waited(app: AppTest) -> AppTest:
    """The page once the file that is being read has been read."""
    end = time.monotonic() + 60
    while any(button.key == "cancel-reading" for button in app.button):
        assert time.monotonic() < end
        time.sleep(0.01)
        ran(app.run())
    return app


def test_a_large_file_is_read_beside_the_page_with_progress_asked_about_and_run(go):
    app = give_files(opened(demo="sunspots"), GAP)
    assert any(button.key == "cancel-reading" for button in app.button)
    assert not any(button.key == "run-upload" for button in app.button)
    go.set()
    assert waited(app).button(key="run-upload").disabled
    waited(ran(app.radio[0].set_value("Read nothing").run()))
    assert "Nothing is read." in texts(app)
    assert app.radio[0].value is None
    waited(ran(app.radio[0].set_value("Interpolate").run()))
    assert "interpolated" in texts(run_upload(app))


def test_a_large_file_that_is_cancelled_stays_in_the_list_and_a_bad_one_is_said(go):
    app = give_files(opened(demo="reber"), ("bad.txt", b"BTQXSE"))
    press_key(app, "cancel-reading")
    assert not is_open(app)
    go.set()
    waited(choose(app, words.SEQUENCE, "upload:bad.txt"))
    assert "position 3: &#x27;Q&#x27;" in texts(app)
    assert not any(button.key == "run-upload" for button in app.button)
    press_key(app, "remove-previewed")
    assert not is_open(app)
    assert "bad.txt" not in str(picker(app, words.SEQUENCE).options)


def test_scaling_is_fitted_in_one_click_and_a_column_is_held_against_the_prediction():
    data = b"year,activity,flow\n1,310,3.5\n2,420,4.25\n3,260,9.5\n4,330,5.5\n"
    app = give_files(opened(demo="sunspots"), ("a.csv", data))
    while app.radio:  # which column it is, and whatever follows
        first = app.radio[0]
        if first.value is not None:
            break
        ran(first.set_value("activity").run())
    press_key(app, "standardise")
    choose(app, upload_words.SETTINGS["truth"], "flow")
    run_upload(app)
    assert "held against flow" in texts(app)
    assert "The network reads (value − 330)" in texts(app)


def test_each_of_forty_inputs_can_be_corrected():
    layer = Layer(name="lstm", forward=random_lstm(4, input_size=40))
    model = model_bytes(Model(layers=(layer,), encoder=None), ".safetensors")
    app = give(ran(one_page("your_model").run()), model_words.FILE, "forty.safetensors", model)
    values = np.random.default_rng(0).normal(size=(5, 40)).round(3)
    lines = [",".join(f"col{k}" for k in range(40)), *(",".join(map(str, r)) for r in values)]
    give_files(app, ("wide.csv", "\n".join(lines).encode()))
    choose(app, upload_words.INPUT, "x7")
    choose(app, upload_words.COLUMN, "col3")
    run_upload(app)
    assert upload_words.feeds(("x3", "x7")) in texts(app)
    press_key(app, "change-upload")
    choose(app, upload_words.INPUT, "x7")
    assert picker(app, upload_words.COLUMN).value == "col3"


def network_of_ids() -> bytes:
    """A model file whose network reads the ids 0 to 11 and says no token of any."""
    alphabet, embedding = tuple(map(str, range(12))), np.eye(12, 3, dtype=np.float32)
    encoder = EmbeddingEncoder(alphabet=alphabet, embedding=embedding)
    layer = Layer(name="lstm", forward=random_lstm(4, input_size=3))
    return model_bytes(Model(layers=(layer,), encoder=encoder), ".safetensors")


VOCABULARY = ("vocab.txt", "\n".join(f"word{k}" for k in range(12)).encode())


def test_a_vocabulary_given_with_a_file_reads_its_ids_and_outlives_the_preview():
    app = give(
        ran(one_page("your_model").run()), model_words.FILE, "ids.safetensors", network_of_ids()
    )
    give_files(app, ("ids.txt", b"3 1 11"), VOCABULARY)
    assert "vocab.txt, so that 3 is &#x27;word3&#x27;" in texts(app)
    assert words.own_sequence("upload", "vocab.txt") not in picker(app, words.SEQUENCE).options
    run_upload(app)
    assert "The ids are those of the vocabulary vocab.txt" in texts(app)
    press_key(app, "change-upload")
    press_key(app, "remove-vocabulary")
    assert not any(button.key == "remove-vocabulary" for button in app.button)
    assert upload_words.VOCABULARY not in [box.label for box in app.selectbox]


def test_a_vocabulary_is_given_later_and_one_that_does_not_fit_is_said_and_not_kept():
    app = give(
        ran(one_page("your_model").run()), model_words.FILE, "ids.safetensors", network_of_ids()
    )
    give_files(app, ("tokens.txt", b"word3 word1"))
    assert "&#x27;word3&#x27; is not in the alphabet" in texts(app)
    give(app, upload_words.ADD_VOCABULARY, "long.txt", "\n".join("abcdefghijklmnop").encode())
    assert "this network reads the ids 0 to 11" in texts(app)
    give(app, upload_words.ADD_VOCABULARY, "twice.txt", b"a\nb\na\n")
    assert "twice.txt, line 3" in texts(app)
    give(app, upload_words.ADD_VOCABULARY, *VOCABULARY)
    assert not app.button(key="run-upload").disabled
    assert "vocab.txt" in str(picker(app, upload_words.VOCABULARY).options)
    assert "long.txt" not in str(picker(app, upload_words.VOCABULARY).options)


@pytest.mark.parametrize("name", [MARKDOWN + ".csv", "a.csv"])
def test_markdown_in_names_reaches_no_label_that_reads_it(name):
    data = f"{MARKDOWN},$x^2$\n1.5,2.5\n2.5,1.5\n0.5,3.5\n".encode()
    app = give_files(opened(demo="adding"), (name, data))
    for widgets in (app.radio, app.selectbox, app.button, app.text_area):
        assert not [widget for widget in widgets if MARKDOWN in widget.label]
    for radio in app.radio:
        assert MARKDOWN not in radio.options
    assert component(app, "gatescope_spell")
