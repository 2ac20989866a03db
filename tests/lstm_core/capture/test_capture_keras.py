"""Capture of a Keras model: `call` is listened to, and is Keras's own again, whatever happens."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_core import load_model
from lstm_core.capture import capture, snippet
from lstm_core.model import agreement
from lstm_core.training import initial_lstm

from .keras_stand_in import LSTM, Layer, Model, installed


@pytest.fixture(autouse=True)
def keras() -> Iterator[Any]:
    with installed() as made:
        yield made


def network(**options: Any) -> Model:
    rng = np.random.default_rng(0)
    return Model(
        LSTM("below", initial_lstm(rng, 2, 3), **options), LSTM("above", initial_lstm(rng, 3, 3))
    )


def values(*shape: int) -> np.ndarray:
    return np.random.default_rng(sum(shape)).normal(size=shape).astype(np.float32)


def saved(run: Any) -> Any:
    content = io.BytesIO()
    run.save(content)
    return load_model(content.getvalue(), name="run.gatescope.npz")


def is_listened_to(model: Model) -> bool:
    return any("call" in vars(layer) for layer in model._flatten_layers())


def test_what_every_layer_read_and_answered_agrees_with_our_own_run():
    model, x = network(), values(2, 5, 2)
    with capture(model) as run:
        assert is_listened_to(model)
        model(x)
    opened = saved(run)
    assert [layer.name for layer in opened.layers] == ["below", "above"]
    for k in (0, 1):
        chain = opened.chain(k)
        assert len(chain.recorded) == 2
        assert agreement(chain.layers, chain.recorded).difference < 1e-6


def test_a_stateful_layer_is_one_sequence_with_its_seams():
    model = network(stateful=True)
    with capture(model) as run:
        for part in np.split(values(1, 9, 2), [4, 7], axis=1):
            model(part)
    (one,) = saved(run).chain(0).recorded
    assert (len(one), one.seams) == (9, (4, 7))


def test_predict_runs_eagerly_meanwhile_and_as_before_afterwards():
    model = network()
    with capture(model) as run:
        assert model.predict_function is None
        model.predict(values(1, 5, 2))
    assert len(saved(run).chain(0).recorded) == 1
    assert (model.run_eagerly, model.predict_function) == (False, None)


def test_a_call_without_numbers_is_left_out_and_counted():
    model = network()
    with capture(model) as run:
        model(values(1, 5, 2))
        model.run_eagerly = False
        model.predict(values(1, 5, 2))
    notes = saved(run).findings.notes
    assert any("2 calls were left out: a call has no numbers to copy" in note for note in notes)


def test_a_mask_gives_the_lengths_and_one_with_gaps_is_left_out():
    model, mask = network(), np.array([[1, 1, 1, 1, 1], [1, 1, 0, 0, 0]], bool)
    with capture(model) as run:
        model(values(2, 5, 2), mask=mask)
        model(values(2, 5, 2), mask=mask[:, ::-1])
    opened = saved(run)
    assert [len(one) for one in opened.chain(0).recorded] == [5, 2]
    assert any("a mask has gaps" in note for note in opened.findings.notes)


def test_nothing_is_left_on_the_model_where_it_fails():
    model = network()
    with pytest.raises(ValueError, match="could not convert"), capture(model):
        model("no numbers")
    assert not is_listened_to(model)
    assert not model.run_eagerly


def test_what_has_no_recurrent_layer_is_refused():
    with pytest.raises(ValueError, match="expected at least one"):
        capture(Model(Layer("dense")))


def test_the_printed_text_writes_the_same_file_without_gatescope(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    text, model, batch = snippet("keras"), network(), values(2, 5, 2)
    exec(compile(text, "snippet", "exec"), {"__name__": "snippet", "model": model, "batch": batch})
    with capture(model) as run:
        model(batch)
    run.save(tmp_path / "ours.npz")
    with np.load("run.gatescope.npz") as theirs, np.load("ours.npz") as ours:
        assert sorted(theirs) == sorted(ours)
        for name in ours:
            np.testing.assert_array_equal(theirs[name], ours[name])
