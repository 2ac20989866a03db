"""Python's source as a text: what is read, what is held out, how it is dealt and measured."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import Layer, Model, OneHotEncoder
from lstm_core.sequence import symbol_sequence
from lstm_core.tasks import python_source as source
from lstm_core.tasks.common import string_of
from lstm_core.tasks.python_source import ALPHABET, LINE_BREAK, PythonSource
from lstm_core.training import initial_lstm, initial_readout

from ..strategies import seeds

LINES = [f"    line_{k} = {k * k} + something[{k}]\n" for k in range(400)]
SAMPLE = PythonSource.load(Path(__file__).parents[3] / "assets/demos/python/held_out")


def small_model(seed: int) -> Model:
    rng = np.random.default_rng(seed)
    cell = initial_lstm(rng, len(ALPHABET), 5, dtype=np.float64)
    return Model(
        layers=(Layer(name="lstm", forward=cell),),
        encoder=OneHotEncoder(alphabet=ALPHABET),
        readout=initial_readout(rng, 5, ALPHABET, "softmax", dtype=np.float64),
    )


@given(st.text())
def test_a_text_is_read_character_by_character_and_a_stranger_is_replaced(text):
    read = source.readable(text)
    assert len(read) == len(text)
    expected = [c if c == "\n" or " " <= c <= "~" else source.REPLACEMENT for c in text]
    assert list(read) == expected
    assert [ALPHABET[k] for k in source.places(text)] == expected


def test_tests_packages_tables_and_what_a_machine_wrote_are_not_read(tmp_path):
    kept = ["abc.py", "json/decoder.py", "importlib/metadata/__init__.py", "zipfile.py"]
    left = [
        "test/test_abc.py",
        "lib2to3/tests/data/infinite.py",
        "site-packages/six.py",
        "encodings/cp037.py",
        "_sysconfigdata__linux_.py",
        "config-3.11/python-config.py",
    ]
    for name in kept + left:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("pass\n", encoding="utf-8")
    assert list(source.standard_library(tmp_path)) == sorted(kept)


def test_a_windows_line_break_is_one_line_break(tmp_path):
    (tmp_path / "abc.py").write_bytes(b"a = 'caf\xc3\xa9'\r\nb = 2\r\n")
    assert source.standard_library(tmp_path) == {"abc.py": "a = 'caf\ufffd'\nb = 2\n"}


@given(seeds)
def test_every_file_is_trained_on_or_held_out_as_its_name_decides(seed):
    files = {f"module_{k}.py": f"value_{k} = function_{k}(argument_{k})\n" for k in range(50)}
    whole, fewer = source.split(files, seed, 0.3), source.split(dict([*files.items()][:25]), seed)
    assert {**whole.training, **whole.held_out} == files
    assert not set(whole.training) & set(whole.held_out)
    assert not set(fewer.held_out) & set(whole.training)


def test_about_the_share_that_was_asked_for_is_held_out():
    files = {f"{k}.py": f"value_{k} = function_{k}(argument_{k})\n" for k in range(2000)}
    assert len(source.split(files, 1, 0.25).held_out) == pytest.approx(500, abs=60)


def test_a_file_that_repeats_the_training_is_not_tested():
    files = {f"{k}.py": LINES[k] for k in range(50)}
    chosen = source.split(files, 1, 0.3)
    copied, original = next(iter(chosen.held_out)), next(iter(chosen.training))
    again = source.split(files | {copied: files[original]}, 1, 0.3)
    assert copied not in again.held_out
    assert copied not in again.training
    assert set(again.held_out) == set(chosen.held_out) - {copied}


def test_short_lines_and_indentation_do_not_make_two_files_alike():
    known = {"self.assertEqual(one, other)"}
    assert source.repeated("    self.assertEqual(one, other)\nreturn\n", known) == 1
    assert source.repeated("something = quite_different()\nelse:\n", known) == 0
    assert source.repeated("", known) == 0


def test_a_checksum_tells_one_corpus_from_another():
    files = {f"{k}.py": LINES[k] for k in range(20)}
    assert source.split(files, 1).sha256 == source.split(files, 1).sha256
    assert source.split(files, 1).sha256 != source.split(files, 3).sha256
    assert source.split(files, 1).sha256 != source.split(files | {"3.py": "pass\n"}, 1).sha256


TEXT = source.places("".join(LINES))


@given(seeds, st.integers(1, 5), st.integers(1, 60))
def test_each_target_is_the_next_character_and_a_window_goes_on_where_the_last_one_ended(
    seed, size, timesteps
):
    dealt = source.batches(np.random.default_rng(seed), TEXT, size, timesteps)
    last = np.full(size, -1)
    for batch in islice(dealt, 12):
        assert batch.inputs.shape == batch.targets.shape == (size, timesteps)
        assert np.array_equal(batch.inputs[:, 1:], batch.targets[:, :-1])
        follows = np.asarray(batch.follows)
        assert np.array_equal(batch.inputs[follows, 0], last[follows])
        last = batch.targets[:, -1]


def test_what_does_not_follow_begins_a_line_and_the_first_batch_follows_nothing():
    text = source.places("".join(f"#{line}" for line in LINES))
    dealt = source.batches(np.random.default_rng(1), text, 3, 50)
    begun = [batch.inputs[~np.asarray(batch.follows), 0] for batch in islice(dealt, 200)]
    assert len(begun[0]) == 3
    assert {ALPHABET[k] for k in np.concatenate(begun)} == {"#"}


def test_in_every_round_all_of_the_text_is_read_once():
    numbered = np.arange(20_000)
    numbered[99::100] = LINE_BREAK
    pieces = len(source.piece_starts(numbered))
    read, rounds = np.zeros(20_000, int), 2
    begun = 0
    for batch in source.batches(np.random.default_rng(1), numbered, 1, 50):
        begun += not np.asarray(batch.follows)[0]
        if begun > rounds * pieces:
            break
        np.add.at(read, batch.inputs[batch.inputs > 200], 1)
    inside = read[(numbered != LINE_BREAK) & (np.arange(20_000) > 200)][:-100]
    assert inside.min() == rounds
    assert np.mean(inside > rounds) < 0.05  # where a piece's last window reaches into the next


@given(seeds, st.lists(st.text(ALPHABET, min_size=2, max_size=30), min_size=1, max_size=4))
def test_bits_per_character_are_those_of_the_predictions_one_text_at_a_time(seed, texts):
    model = small_model(seed)
    surprises = []
    for text in texts:
        predictions = model.run(text).predictions
        followed = source.places(text)[1:]
        surprises += [-np.log2(p[k]) for p, k in zip(predictions[:-1], followed, strict=True)]
    read = [source.places(text) for text in texts]
    assert source.bits_per_character(model, read, window=7) == pytest.approx(np.mean(surprises))


def test_bits_are_the_mean_surprise():
    assert source.bits(np.array([0.5, 0.25, 0.125])) == pytest.approx(2)


@given(seeds)
def test_a_random_sequence_is_a_stretch_of_a_held_out_file_from_the_beginning_of_a_line(seed):
    sequence = string_of(SAMPLE.random_sequence(np.random.default_rng(seed)))
    assert len(sequence) == source.STRETCH
    assert any(f"\n{sequence}" in f"\n{text}" for text in SAMPLE.files.values())
    assert set(sequence) <= set(ALPHABET)


@given(seeds)
def test_the_target_is_the_character_that_did_follow(seed):
    sequence = string_of(SAMPLE.random_sequence(np.random.default_rng(seed)))
    targets = SAMPLE.targets(symbol_sequence(sequence))
    assert targets[:-1] == tuple(frozenset(symbol) for symbol in sequence[1:])
    assert targets[-1] == frozenset() or any(
        sequence + "".join(targets[-1]) in text for text in SAMPLE.files.values()
    )


def test_after_the_last_character_only_a_file_that_holds_the_sequence_once_knows():
    task = PythonSource(files={"a.py": "x = 1\ny = 2\n", "b.py": "y = 3\n"})
    assert task.targets(symbol_sequence("x = "))[-1] == {"1"}
    assert task.targets(symbol_sequence("y = "))[-1] == frozenset()
    assert task.targets(symbol_sequence("z = "))[-1] == frozenset()
    assert task.targets(symbol_sequence("y = 3\n"))[-1] == frozenset()


def test_a_sequence_that_overlaps_itself_stands_in_the_file_twice():
    task = PythonSource(files={"a.py": "# ---\n"})
    assert task.targets(symbol_sequence("---"))[-1] == {"\n"}
    assert task.targets(symbol_sequence("--"))[-1] == frozenset()


@pytest.mark.parametrize("timesteps", [4, 5])
def test_a_text_that_is_shorter_than_a_window_is_refused(timesteps):
    dealt = source.batches(np.random.default_rng(0), np.arange(5), 1, timesteps)
    with pytest.raises(ValueError, match="the text has 5 symbols: expected at least"):
        next(dealt)
    assert next(source.batches(np.random.default_rng(0), np.arange(5), 1, 3)).inputs.shape == (1, 3)
