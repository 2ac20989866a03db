"""What a view asks for is what is opened, the same in every session, and always something."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from app.components.stage import NumberStrip, SymbolStrip
from app.components.stage.strips import RIGHT, WRONG
from app.session import demos, uploads
from app.session.events import run_events
from app.session.opened_view import OpenedView, open_view
from app.session.scenes import scene
from app.session.sequence_strip import names_classes, strip_of
from app.session.uploads import Upload
from app.session.view import Source, View
from lstm_core.demo import load_demo
from lstm_core.sequence import symbol_sequence

NAMES = demos.demo_names()


def opened(**view) -> OpenedView:
    return open_view(View(**view))


@pytest.mark.parametrize("name", NAMES)
def test_a_demo_opens_on_its_first_sequence_and_runs_it(name):
    demo = load_demo(demos.DEMOS / name)
    shown = opened(demo=name)
    assert shown.sequence.id == demo.examples[0].sequence.id
    run = demo.model.run(demo.examples[0].sequence)
    np.testing.assert_array_equal(shown.trace.hidden_state, run.layers[0].forward.hidden_state)


@pytest.mark.parametrize("name", NAMES)
def test_every_sequence_of_every_demo_can_be_opened_by_its_name_and_packed(name):
    for example in load_demo(demos.DEMOS / name).examples:
        source = Source(kind="sequence", value=example.sequence.name)
        shown = opened(demo=name, source=source)
        assert shown.sequence.id == example.sequence.id
        assert scene(shown).timesteps == len(example.sequence)


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_is_the_same_sequence_everywhere(name):
    demo, source = load_demo(demos.DEMOS / name), Source(kind="seed", value="7")
    assert opened(demo=name, source=source).sequence.id == demo.random_sequence(7).id


def test_the_same_sequence_has_the_same_fingerprint_wherever_it_comes_from():
    first = opened(demo="reber").sequence
    text = "".join(first.symbols)
    typed = opened(demo="reber", source=Source(kind="text", value=text)).sequence
    other = opened(demo="reber", source=Source(kind="text", value="BT")).sequence
    assert first.id == typed.id != other.id


def test_what_is_not_there_takes_the_first():
    shown = opened(demo="none", source=Source(kind="sequence", value="none"), layer=5)
    assert shown.subject.name == NAMES[0]
    assert shown.view.source.value == shown.subject.examples[0].sequence.name
    assert (shown.view.layer, shown.problem) == (0, "")


def test_a_text_that_cannot_be_read_is_told_and_the_first_sequence_shown():
    shown = opened(demo="reber", source=Source(kind="text", value="BQ"))
    assert "position 2: 'Q' is not in the alphabet" in shown.problem
    assert shown.view.source == Source(
        kind="sequence", value=shown.subject.examples[0].sequence.name
    )


def given(name: str, data: bytes, demo: str = "sunspots", **answers: str) -> tuple[Upload, ...]:
    """What a session has given and run with these answers."""
    token = uploads.new_token()
    upload, _ = uploads.add(token, name, data)
    uploads.keep_answers(token, upload.id, demo, answers)
    return uploads.listed(token)


def shown_upload(listed: tuple[Upload, ...], demo: str = "sunspots", place: int = 0) -> OpenedView:
    source = Source(kind="upload", value=listed[0].name, place=place)
    return open_view(View(demo=demo, source=source), listed)


def test_each_sequence_of_an_upload_can_be_opened_by_its_place():
    listed = given("a.txt", b"BTXSE\nBPVVE\n", "reber")
    for place, symbols in ((0, "BTXSE"), (1, "BPVVE"), (7, "BPVVE")):
        shown = shown_upload(listed, "reber", place)
        assert "".join(shown.sequence.symbols) == symbols
        assert (shown.view.source.place, shown.problem) == (min(place, 1), "")


def test_an_upload_that_is_not_there_or_was_not_run_is_told_and_an_example_shown():
    listed = given("a.txt", b"BTXSE", "reber")
    for view in (
        View(demo="reber", source=Source(kind="upload", value="b.txt")),
        View(demo="sunspots", source=Source(kind="upload", value="a.txt")),
    ):
        shown = open_view(view, listed)
        assert view.source.value in shown.problem
        assert shown.view.source.kind == "sequence"


@pytest.mark.parametrize(("demo", "text"), [("reber", "BTX\nBPV"), ("sunspots", "1.234")])
def test_a_text_in_a_link_that_can_be_read_in_two_ways_is_not_guessed_at(demo, text):
    shown = opened(demo=demo, source=Source(kind="text", value=text))
    assert shown.problem
    assert shown.view.source.kind == "sequence"


def test_the_scaling_that_was_chosen_is_that_of_the_run_and_of_no_other():
    data = b"sunspots\n10\n20\n60\n"
    own = shown_upload(given("a.csv", data))
    fitted = shown_upload(given("a.csv", data, scaling="mean 30, deviation 10"))
    assert own.sequence.id == fitted.sequence.id
    np.testing.assert_allclose(fitted.run.inputs[:, 0], [-2, -1, 3])
    assert not np.allclose(own.run.inputs, fitted.run.inputs)


def test_a_column_that_was_named_is_drawn_beside_the_prediction_in_the_networks_units():
    data = b"year,activity,flow\n1,10,3\n2,20,NA\n3,60,9\n"
    answers = {
        "input:sunspots": "activity",
        "truth": "flow",
        "truth scaling": "mean 3, deviation 2",
    }
    shown = shown_upload(given("a.csv", data, **answers))
    strip = strip_of(shown.subject, shown.sequence, shown.run)
    assert (strip.truth_title, strip.columns) == ("flow", ("activity",))
    np.testing.assert_array_equal(strip.truth, [0, np.nan, 3])
    np.testing.assert_array_equal(strip.predicted, shown.run.predictions[:, 0])
    at_the_end = dataclasses.replace(shown, view=shown.view.replace(t=2))
    np.testing.assert_array_equal(at_the_end.truth, [3])
    own = shown_upload(given("a.csv", data, **{"input:sunspots": "activity"}))
    assert scene(own) is not scene(shown)


def test_a_strip_carries_the_readers_names_and_the_networks_where_the_file_has_none():
    for data, columns in ((b"activity\n1.5\n2.5\n", ("activity",)), (b"1.5\n2.5\n", ("sunspots",))):
        shown = shown_upload(given("a.csv", data))
        assert strip_of(shown.subject, shown.sequence, shown.run).columns == columns


@pytest.mark.parametrize("name", NAMES)
def test_the_strip_shows_what_was_read_and_what_is_true(name):
    shown = opened(demo=name)
    strip = strip_of(shown.subject, shown.sequence, shown.run)
    if isinstance(strip, SymbolStrip):
        assert strip.tokens == shown.sequence.symbols
        right = shown.subject.correct(shown.sequence, shown.run.predictions)
        np.testing.assert_array_equal(strip.correct, right)
    else:
        assert isinstance(strip, NumberStrip)
        assert np.shares_memory(strip.values, shown.sequence.numbers)
        truth = shown.subject.truth.targets(shown.sequence)
        np.testing.assert_array_equal(strip.truth, truth[:, 0])
        known = np.isfinite(strip.predicted)
        predictions = shown.run.predictions[known, 0]
        np.testing.assert_array_equal(strip.predicted[known], predictions)


def test_the_events_of_a_run_are_the_tasks_and_its_wrong_predictions():
    broken = opened(demo="reber", source=Source(kind="text", value="BTBPVVEPE"))
    told = {e.timestep: e.label for e in run_events(broken.subject, broken.sequence, broken.run)}
    assert told == {1: "T to remember", 7: "P is not allowed here"}
    demo = dataclasses.replace(broken.subject, truth=AlwaysWrong())
    told = {e.timestep: e.label for e in run_events(demo, broken.sequence, broken.run)}
    assert set(told.values()) == {"wrong prediction"}
    assert list(told) == list(range(9))


def test_only_the_last_timestep_is_predicted_where_only_the_last_is_asked():
    shown = opened(demo="adding")
    strip = strip_of(shown.subject, shown.sequence, shown.run)
    assert np.isfinite(strip.predicted).sum() == np.isfinite(strip.truth).sum() == 1


def test_where_any_symbol_may_follow_the_strip_says_how_probable_was_the_one_that_did():
    demo, sequence = demos.demo("reber"), symbol_sequence("BTBTXSETE")
    reads_a_text = dataclasses.replace(demo, truth=NextSymbol())
    run = demo.model.run(sequence)
    strip = strip_of(reads_a_text, sequence, run)
    (line,) = strip.extra
    followed = sequence.symbols[1:]
    places = [demo.model.readout.labels.index(symbol) for symbol in followed]
    np.testing.assert_allclose(line.values[:-1], run.predictions[np.arange(8), places])
    assert np.isnan(line.values[-1])
    assert line.labels == (*followed, "")
    best = run.predictions[:-1].argmax(axis=-1)
    np.testing.assert_array_equal(strip.verdicts[:-1] == RIGHT, best == places)
    assert WRONG not in strip.verdicts


def test_a_probability_that_rounding_puts_above_one_is_one():
    demo, sequence = demos.demo("reber"), symbol_sequence("BT")
    run = demo.model.run(sequence)
    above = np.full_like(run.predictions, np.nextafter(np.float32(1), np.float32(2)))
    reads_a_text = dataclasses.replace(demo, truth=NextSymbol())
    strip = strip_of(reads_a_text, sequence, dataclasses.replace(run, predictions=above))
    (line,) = strip.extra
    assert line.values[0] == 1


class AlwaysWrong:
    """A task in which only X may ever follow, with a threshold that nothing reaches."""

    legal_threshold, tolerance = 2.0, None

    def targets(self, sequence):
        return (frozenset("X"),) * len(sequence)

    def events(self, sequence):
        return ()


class NextSymbol:
    """A task that knows of each symbol only which one came after it."""

    legal_threshold = tolerance = None

    def targets(self, sequence):
        return (*map(frozenset, sequence.symbols[1:]), frozenset())


def test_where_classes_are_named_the_strip_says_what_the_network_answers():
    shown = opened(demo="temporal_order")
    assert names_classes(shown.subject)
    assert strip_of(shown.subject, shown.sequence, shown.run).predicted_title == "answers"
    assert names_classes(demos.demo("first_letter"))  # A or B, but never c
    assert not names_classes(demos.demo("reber"))
    assert not names_classes(demos.demo("counter"))
