"""A demo: a model with a question, sequences, targets, and a certificate that must hold."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from lstm_core.demo import (
    Demo,
    list_demos,
    list_twins,
    load_demo,
    load_twin,
    save_demo,
    save_twin,
)
from lstm_core.experiment import model_of, recommended
from lstm_core.sequence import symbol_sequence
from lstm_core.subject import verdicts

DEMOS = Path(__file__).parents[2] / "assets" / "demos"
NAMES = list_demos(DEMOS)


@pytest.fixture(scope="module", params=NAMES)
def demo(request: pytest.FixtureRequest) -> Demo:
    return load_demo(DEMOS / request.param)


def test_demos_are_listed_in_teaching_order():
    assert NAMES == (
        "first_letter",
        "reber",
        "adding",
        "sunspots",
        "temporal_order",
        "counter",
        "python",
    )


def test_a_folder_without_demos_lists_none(tmp_path: Path):
    (tmp_path / "notes").mkdir()
    assert list_demos(tmp_path) == ()


def test_every_example_runs_as_it_is_and_says_why_it_is_there(demo):
    assert len({given.sequence.name for given in demo.examples}) == len(demo.examples) >= 3
    for given in demo.examples:
        run = demo.model.run(given.sequence)
        assert run.predictions is not None
        assert run.timesteps == len(given.sequence) <= demo.max_timesteps
        assert given.sequence.alphabet == demo.model.encoder.alphabet
        assert given.sequence.columns == demo.model.encoder.columns
        assert given.note.endswith((".", "?"))


def test_targets_say_what_is_true_at_every_timestep(demo):
    for given in demo.examples:
        targets = demo.truth.targets(given.sequence)
        assert len(targets) == len(given.sequence)


def test_a_random_sequence_is_its_seeds_and_runs(demo):
    for seed in (0, 1, 2**31):
        sequence = demo.random_sequence(seed)
        assert sequence.id == demo.random_sequence(seed).id
        assert demo.model.run(sequence).timesteps == len(sequence)
    drawn = [demo.random_sequence(seed).id for seed in range(8)]
    assert len(set(drawn)) > 1


def test_the_demo_with_symbols_knows_where_its_predictions_are_right():
    demo = load_demo(DEMOS / "reber")
    string = symbol_sequence("BTBTXSETE")
    predictions = np.array(demo.model.run(string).predictions)
    assert demo.correct(string, predictions).tolist() == [1] * 8 + [-1]
    predictions[3] = 0.14  # nothing is likely any more
    assert demo.correct(string, predictions).tolist() == [1] * 3 + [0] + [1] * 4 + [-1]


def test_the_demo_with_numbers_knows_where_its_predictions_are_right():
    demo = load_demo(DEMOS / "adding")
    sequence = demo.examples[0].sequence
    predictions = np.array(demo.model.run(sequence).predictions)
    assert demo.correct(sequence, predictions)[-1] == 1
    predictions[-1] += 0.08
    verdicts = demo.correct(sequence, predictions)
    assert verdicts[-1] == 0
    assert np.all(verdicts[:-1] == -1)


def test_without_a_bound_on_the_error_no_forecast_is_called_right():
    demo = load_demo(DEMOS / "sunspots")
    sequence = demo.examples[0].sequence
    assert np.all(demo.correct(sequence, demo.model.run(sequence).predictions) == -1)


def test_a_symbol_on_the_threshold_does_not_count_as_predicted():
    legal = (frozenset("a"), frozenset("ab"), frozenset("ab"))
    predictions = np.array([[0.9, 0.3], [0.3, 0.3], [0.31, 0.31]])
    assert verdicts(legal, predictions, ("a", "b"), 0.3, None).tolist() == [1, 0, 1]


def test_a_number_is_right_where_its_error_is_below_the_tolerance_and_not_at_it():
    targets = np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]])
    predictions = np.array([[0.25, 0.1], [-0.125, 0.125], [0.1, 9.0]])
    assert verdicts(targets, predictions, ("x", "y"), None, 0.25).tolist() == [0, 1, 0]


def test_nobody_knows_where_one_of_several_targets_is_missing():
    targets = np.array([[0.0, np.nan], [np.nan, np.nan], [0.0, 0.0]])
    predictions = np.zeros((3, 2))
    assert verdicts(targets, predictions, ("x", "y"), None, 0.25).tolist() == [-1, -1, 1]


def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "reber"
    shutil.copytree(DEMOS / "reber", folder)
    return folder


def test_weights_that_are_not_the_certified_ones_are_refused(tmp_path: Path):
    folder = copied(tmp_path)
    content = bytearray((folder / "weights.npz").read_bytes())
    content[-1] ^= 1
    (folder / "weights.npz").write_bytes(content)
    with pytest.raises(ValueError, match="weights.npz of reber has sha256 .* expected"):
        load_demo(folder)


@pytest.mark.parametrize("missing", ["title", "sequences", "provenance"])
def test_a_certificate_with_something_missing_is_refused(missing, tmp_path: Path):
    folder = copied(tmp_path)
    words = json.loads((folder / "demo.json").read_text())
    del words[missing]
    (folder / "demo.json").write_text(json.dumps(words))
    with pytest.raises(ValueError, match=f"demo.json of reber is not complete: '{missing}'"):
        load_demo(folder)


def test_an_unknown_task_is_named(tmp_path: Path):
    folder = copied(tmp_path)
    words = json.loads((folder / "demo.json").read_text())
    words["provenance"]["task"] = "chess"
    (folder / "demo.json").write_text(json.dumps(words))
    with pytest.raises(ValueError, match="task is 'chess': expected one of first_letter"):
        load_demo(folder)


def test_a_saved_demo_is_the_demo_loaded(tmp_path: Path):
    original = load_demo(DEMOS / "reber")
    words = json.loads((DEMOS / "reber" / "demo.json").read_text())
    folder = tmp_path / "again"
    folder.mkdir()
    save_demo(folder, original.model, words)
    assert json.loads((folder / "demo.json").read_text()) == words
    assert load_demo(folder).provenance.sha256 == original.provenance.sha256


TWIN_WORDS = {
    "title": "Standard RNN, 12 units",
    "provenance": {
        "task": "embedded_reber",
        "made_by": "python -m somebody",
        "seed": 1,
        "training": "Not at all.",
        "date": "2026-11-26",
        "licence": "MIT, as this project",
        "criterion": "None.",
        "published": "Nowhere.",
        "reached": {"strings_right": 0},
    },
}


def with_twin(tmp_path: Path, name: str = "rnn_same_size") -> Path:
    folder = copied(tmp_path)
    model = model_of(recommended("embedded_reber", "rnn").replace(units=12))
    save_twin(folder, name, model, TWIN_WORDS)
    return folder


def test_a_twin_is_the_demo_with_another_network_in_it(tmp_path: Path):
    folder = with_twin(tmp_path)
    demo, twin = load_demo(folder), load_twin(folder, "rnn_same_size")
    assert (twin.name, twin.title) == ("reber/rnn_same_size", "Standard RNN, 12 units")
    assert twin.model.layers[0].kind == "rnn"
    assert twin.provenance.reached == {"strings_right": 0}
    assert {"python", "numpy"} <= set(twin.provenance.versions)
    for told in ("question", "summary", "examples", "max_timesteps", "truth"):
        assert repr(getattr(twin, told)) == repr(getattr(demo, told))
    assert twin.random_sequence(5).id == demo.random_sequence(5).id


def test_twins_are_listed_in_one_order_and_a_demo_may_have_none(tmp_path: Path):
    folder = copied(tmp_path)
    shutil.rmtree(folder / "twins", ignore_errors=True)
    assert list_twins(folder) == ()
    model = model_of(recommended("embedded_reber", "gru").replace(units=2))
    for name in ("gru_same_size", "rnn_same_count", "rnn_same_size"):
        save_twin(folder, name, model, TWIN_WORDS)
    assert list_twins(folder) == ("rnn_same_size", "rnn_same_count", "gru_same_size")
    certificate = json.loads((folder / "twins" / "rnn_same_count.json").read_text())
    assert certificate["alike"] == "count"
    assert list_demos(folder.parent) == ("reber",)


def test_a_twin_with_other_weights_or_half_a_certificate_is_refused(tmp_path: Path):
    folder = with_twin(tmp_path)
    with pytest.raises(ValueError, match="twin is 'cousin': expected one of rnn_same_size"):
        load_twin(folder, "cousin")
    certificate = folder / "twins" / "rnn_same_size.json"
    words = json.loads(certificate.read_text())
    certificate.write_text(json.dumps({**words, "alike": "count"}))
    with pytest.raises(ValueError, match="alike is 'count' in reber/rnn_same_size"):
        load_twin(folder, "rnn_same_size")
    certificate.write_text(json.dumps({"provenance": words["provenance"]}))
    with pytest.raises(ValueError, match="rnn_same_size.json of reber is not complete: 'alike'"):
        load_twin(folder, "rnn_same_size")
    (folder / "twins" / "rnn_same_size.npz").write_bytes(b"other")
    with pytest.raises(ValueError, match=r"rnn_same_size.npz of reber/rnn_same_size has sha256"):
        load_twin(folder, "rnn_same_size")
