"""The page Sequences as a reader uses it, without a browser."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.inputs import UploadError
from app.inputs.arrays import npy_bytes
from app.screens.sequences import text_search
from app.session import demos, local_files, own_sequence
from app.session.corpora import expressions, kept, making, patterns
from app.session.corpora.makings import makings
from app.session.corpora.work import labelled, refused
from app.session.reading import bounds
from app.session.reading.reading import Reading
from app.session.reading.readings import Readings
from app.session.sequence_strip import names_classes
from app.session.shared_store import IDLE
from app.words import common as common_words
from app.words import sequences as words
from lstm_core import save_model
from lstm_core.corpus import SearchIndex, block_of, planned, write_block
from lstm_core.corpus.folder import begin, block_folder, finish
from tests.app import pages
from tests.app.pages import one_page, ran, texts


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(kept.OPTION, str(tmp_path / "corpora"))
    return tmp_path / "corpora"


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Corpora are made in this process, for sessions that stay."""
    monkeypatch.setattr(making.Making, "_work", made_here)
    monkeypatch.setattr(patterns, "apart", expressions.answer)
    monkeypatch.setattr(makings, "_alive", lambda session: True)


def made_here(self, order):
    def tell(done: int) -> None:
        self._done = done

    return refused(order, tell, self._cancelled.is_set)


def button(app: AppTest, key: str) -> AppTest:
    """The page after a button was pressed."""
    return ran(next(b for b in app.button if b.key == key).click().run())


def surveyed(app: AppTest, count: int = 30) -> AppTest:
    """The page after so many fresh sequences were surveyed."""
    app.number_input(key="corpus-count").set_value(count)
    button(app, "corpus-begin")
    for one in list(makings._makings.values()):
        one.wait()
    return ran(app.run())


@pytest.fixture
def app() -> AppTest:
    """The survey of thirty fresh sequences of the embedded Reber grammar."""
    return surveyed(pages.opened(one_page("sequences"), {"demo": "temporal_order"}))


def put_on_stage(app: AppTest, number: int) -> AppTest:
    """The page after a sequence was opened by its number."""
    next(n for n in app.number_input if n.key.startswith("survey-number")).set_value(number)
    return button(app, "survey-show")


def table(app: AppTest):
    """The survey as it stands on the page."""
    return app.dataframe[0].value


def test_a_row_for_each_sequence_says_what_its_own_run_says(app):
    frame, columns = table(app), words.SURVEY_COLUMNS
    demo = demos.demo("temporal_order")
    assert len(frame) == 30
    assert frame[columns["unlike"]].is_monotonic_decreasing
    row = frame.iloc[3]
    one = labelled(demo, demo.random_sequence(int(row[columns["number"]])), "", names_classes(demo))
    run = demo.model.run(one)
    assert row[columns["timesteps"]] == len(one)
    assert row[columns["label"]] == one.label
    best = demo.model.readout.labels[run.predictions[-1].argmax()]
    assert row[columns["predicted"]] == best
    assert row[columns["right"]] == words.RIGHT[int(best == one.label)]
    trace = run.layers[0].forward
    assert row[columns["memory"]] == pytest.approx(np.abs(trace.cell_state).max(), rel=1e-4)


def test_rows_are_sorted_and_filtered(app):
    columns = words.SURVEY_COLUMNS
    app.selectbox(key="survey-sort").select("timesteps")
    ran(app.checkbox(key="survey-upwards").check().run())
    assert table(app)[columns["timesteps"]].is_monotonic_increasing
    ran(app.multiselect(key="survey-labels").select("XX").run())
    assert set(table(app)[columns["label"]]) == {"XX"}
    ran(app.text_input(key="survey-filter").input("seed 1\\d?$").run())
    assert all(name.startswith("seed 1") for name in table(app)[columns["name"]])
    ran(app.text_input(key="survey-filter").input("[").run())
    assert words.rows(0, 30) in texts(app)


def test_an_expression_that_takes_long_is_ended_and_said(app, monkeypatch):
    def ended(asked):
        raise patterns.TooLongError

    monkeypatch.setattr(patterns, "apart", ended)
    ran(app.text_input(key="text-pattern").input("(.+)+E$").run())
    assert words.PATTERN_TOO_LONG in texts(app)
    ran(app.text_input(key="survey-filter").input("seed.+").run())
    assert words.rows(0, 30) in texts(app)


def test_a_sequence_that_is_opened_is_on_the_stage_and_a_search_begins_at_it(app):
    put_on_stage(app, 7)
    assert words.on_stage(common_words.own_sequence("seed", "7")) in texts(app)
    frame = next(d.value for d in app.dataframe if words.MATCH_COLUMNS["rank"] in d.value)
    assert len(frame) > 0
    matches = app.number_input(key="match-number")
    ran(matches.set_value(len(frame)).run())
    button(app, "match-show")
    name = frame[words.MATCH_COLUMNS["name"]].iloc[-1]
    assert name.removeprefix("seed ") in texts(app).split(words.SEARCH_HEAD)[0]


def searched(app: AppTest) -> tuple[int, int]:
    """The range that the search is about."""
    first, last = (int(app.number_input(key=f"search-{end}").value) for end in ("first", "last"))
    return first, last


def test_a_match_that_is_opened_is_what_the_search_is_about(app):
    put_on_stage(app, 7)
    frame = next(d.value for d in app.dataframe if words.MATCH_COLUMNS["rank"] in d.value)
    ran(app.number_input(key="match-number").set_value(2).run())
    button(app, "match-show")
    assert searched(app) == tuple(
        frame[[words.MATCH_COLUMNS[n] for n in ("first", "last")]].iloc[1]
    )


def test_a_range_that_ends_before_it_begins_is_one_timestep(app):
    put_on_stage(app, 7)
    ran(app.number_input(key="search-last").set_value(30).run())
    ran(app.number_input(key="search-first").set_value(31).run())
    assert searched(app) == (31, 31)
    ran(app.number_input(key="search-last").set_value(4).run())
    assert searched(app) == (4, 4)


def test_the_range_of_a_search_is_in_the_address_until_another_sequence_comes(app):
    put_on_stage(app, 7)
    assert "stretch" not in pages.link(app)
    ran(app.number_input(key="search-first").set_value(12).run())
    ran(app.number_input(key="search-last").set_value(30).run())
    link = pages.link(app)
    assert link["stretch"] == "12,30"
    assert searched(pages.opened(one_page("sequences"), link)) == (12, 30)
    beyond = pages.opened(one_page("sequences"), link | {"stretch": "12,90000"})
    assert searched(beyond)[1] < 90000
    put_on_stage(ran(app.run()), 8)  # the whole page again, after some of its parts
    assert "stretch" not in pages.link(app)


def test_a_sequence_outside_the_survey_is_searched_for_as_well(app):
    assert pages.link(app)["corpus"] == "fresh.30"
    assert "seed" not in pages.link(app)  # the network's own first sequence is on the stage
    assert "matches in all sequences" in texts(app)


def test_an_address_brings_the_survey_back_where_it_is_kept(app):
    again = pages.opened(one_page("sequences"), pages.link(app))
    assert table(again).equals(table(app))
    other = pages.opened(one_page("sequences"), pages.link(app) | {"corpus": "fresh.31"})
    assert words.NOT_KEPT in texts(other)


def test_a_pattern_is_found_where_it_stands_and_what_is_none_is_said(app):
    box = app.text_input(key="text-pattern")
    ran(box.input("X[a-d]+Y").run())
    assert words.places(0, text_search.MOST) not in texts(app)
    button(app, "text-show")
    ran(app.text_input(key="text-pattern").input("(").run())
    assert "This is no regular expression" in texts(app)


def test_a_place_of_a_pattern_is_the_timestep_at_which_it_begins(app):
    index = SearchIndex.open(next(kept.root().iterdir()))
    for sequence, t, _ in expressions.pattern_places(index, "[XY]", 50):
        assert index.plan.alphabet[index.read(sequence)[t]] in "XY"


@pytest.mark.parametrize("part", ["gates", "event", "units", "states"])
def test_every_overview_is_drawn(app, part):
    control = next(b for b in app.button_group if b.key == "corpus-overview")
    ran(control.set_value(part).run())
    assert app.get("plotly_chart")


def test_numbers_are_surveyed_against_the_answer_and_events_are_thresholds():
    app = surveyed(pages.opened(one_page("sequences"), {"demo": "adding"}), 12)
    frame = table(app)
    wanted = frame[words.SURVEY_COLUMNS["label"]].astype(float)
    said = frame[words.SURVEY_COLUMNS["predicted"]].astype(float)
    assert (wanted - said).abs().max() < 0.1
    control = next(b for b in app.button_group if b.key == "corpus-overview")
    ran(control.set_value("event").run())
    assert app.get("plotly_chart")


def test_corpora_that_were_opened_longest_ago_make_room(monkeypatch, folder):
    monkeypatch.setenv(kept.SIZE_OPTION, "1")
    for k, name in enumerate(["old", "new", "mine"]):
        (folder / name).mkdir(parents=True)
        (folder / name / "x").write_bytes(b"0" * 600_000)
        os.utime(folder / name, (k, k))
    kept.make_room("mine")
    assert sorted(one.name for one in folder.iterdir()) == ["mine"]


def test_a_corpus_of_what_a_reader_gave_goes_with_the_file_or_after_a_while(folder):
    for name in ("given-a-1", "given-a-2", "given-b-1", "drawn", "mine"):
        (folder / name).mkdir(parents=True)
    kept.forget_upload("a")
    assert sorted(one.name for one in folder.iterdir()) == ["drawn", "given-b-1", "mine"]
    kept.make_room("mine", now=time.time() + IDLE - 60)
    assert (folder / "given-b-1").is_dir()
    kept.make_room("mine", now=time.time() + IDLE + 60)
    assert sorted(one.name for one in folder.iterdir()) == ["drawn", "mine"]


def until(done: Callable[[], object]) -> None:
    """Wait until something is done in another thread."""
    end = time.monotonic() + 10
    while not done() and time.monotonic() < end:
        time.sleep(0.01)


def test_the_reading_of_a_large_file_ends_with_the_session_that_gave_it(monkeypatch):
    sessions: list[str] = []

    def read(reading, asked):
        until(lambda: reading.sessions)
        sessions.extend(reading.sessions)
        return UploadError("read")

    monkeypatch.setattr(bounds, "LONG_TEXT", 3)
    monkeypatch.setattr(Reading, "_read", read)
    monkeypatch.setattr(own_sequence, "readings", Readings(alive=lambda session: True))
    app = pages.opened(one_page("sequences"), {"demo": "reber"})
    ran(app.file_uploader[0].set_value([("lines.txt", b"BTBTXSETE\n", "text/plain")]).run())
    until(lambda: sessions)
    assert len(sessions) == 1
    assert sessions[0]


def made_by(app, key: str) -> None:
    """Press a button, and wait until what it began is surveyed."""
    before = set(makings._makings)
    button(app, key)
    for begun in set(makings._makings) - before:
        makings.named(begun).wait()
    ran(app.run())


def test_what_a_file_asks_is_answered_here_and_all_its_sequences_are_surveyed():
    app = pages.opened(one_page("sequences"), {"demo": "sunspots"})
    values = np.arange(24.0).reshape(6, 4) % 7
    ran(app.file_uploader[0].set_value([("six.npy", npy_bytes(values), "")]).run())
    (question,) = [one for one in app.radio if one.key.endswith("-axes")]
    ran(question.set_value("A column is a sequence").run())
    made_by(app, "run-upload")
    assert list(table(app)[words.SURVEY_COLUMNS["timesteps"]]) == [6, 6, 6, 6]
    assert pages.link(app)["upload"] == "six.npy"


def test_an_upload_that_asks_something_is_previewed_before_it_is_surveyed():
    app = pages.opened(one_page("sequences"), {"demo": "sunspots"})
    values = np.arange(24.0).reshape(6, 4) % 7
    ran(app.file_uploader[0].set_value([("six.npy", npy_bytes(values), "")]).run())
    button(app, "close-preview")
    assert not app.radio
    button(app, "corpus-begin")
    assert [one for one in app.radio if one.key.endswith("-axes")]


def test_the_lines_of_a_file_are_surveyed_and_opened_by_their_place():
    app = pages.opened(one_page("sequences"), {"demo": "reber"})
    lines = b"BTBTXSETE\nBPBPVVEPE\nBTBTXSETT\n"
    ran(app.file_uploader[0].set_value([("lines.txt", lines, "text/plain")]).run())
    made_by(app, "corpus-begin")
    assert list(table(app)[words.SURVEY_COLUMNS["timesteps"]]) == [9, 9, 9]
    put_on_stage(app, 1)
    spelled = pages.link(app)
    assert (spelled["upload"], spelled["part"]) == ("lines.txt", "2")
    assert spelled["corpus"].startswith("upload.")
    alone = {name: word for name, word in spelled.items() if name != "session"}
    assert words.NOT_KEPT in texts(pages.opened(one_page("sequences"), alone))


def of_folder(path, model, sequences) -> None:
    plan = planned(model, sequences)
    begin(path, plan, {})
    write_block(block_folder(path, "0"), block_of(model, plan, sequences))
    finish(path, ["0"])


@pytest.mark.parametrize("same", [True, False])
def test_a_corpus_of_the_command_is_opened_with_its_model(tmp_path, monkeypatch, same):
    demo = demos.demo("reber")
    save_model(demo.model, tmp_path / "model.npz")
    other = demos.demo("temporal_order")
    source = demo if same else other
    sequences = tuple(
        labelled(source, source.random_sequence(k), f"line {k}", names_classes(source))
        for k in range(5)
    )
    of_folder(tmp_path / "corpus", source.model, sequences)
    files = local_files.LocalFiles(model=(tmp_path / "model.npz",), corpus=tmp_path / "corpus")
    monkeypatch.setenv(local_files.VARIABLE, "")
    local_files.announce(files)
    app = pages.opened(one_page("sequences"), {})
    if not same:
        assert words.OTHER_MODEL in texts(app)
        return
    assert len(table(app)) == 5
    put_on_stage(app, 2)
    assert words.on_stage("line 2.txt") in texts(app)
    assert app.number_input(key="search-last").max == len(sequences[2]) - 1
