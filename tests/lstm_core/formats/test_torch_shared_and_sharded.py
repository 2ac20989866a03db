"""Weights under two names of one safetensors file, and models in several numbered files.

The files in `cases` were written by `safetensors.torch.save_model` and `save_file` and by
`torch.save`, and each archive beside them has what PyTorch computed.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save

from lstm_core import Model, load_model

from .bad_files import pickled, refusal, zip_of
from .test_checkpoints import linear, weights

FOLDER = Path(__file__).parent / "cases"
KINDS = ["model-{}-of-00002.safetensors", "pytorch_model-{}-of-00002.bin"]


def names(kind: str) -> list[str]:
    return [kind.format(f"{k:05}") for k in (1, 2)]


# --- one tensor under two names ---------------------------------------------------------------


def test_a_readout_that_is_the_embedding_too_is_found():
    golden = np.load(FOLDER / "tied_words.npz")
    model = load_model(FOLDER / "tied_words.safetensors")
    np.testing.assert_array_equal(model.readout.kernel.T, model.encoder.embedding)
    for symbols, scores in zip(golden["symbols"], golden["scores"], strict=True):
        run = model.run([model.encoder.alphabet[k] for k in symbols])
        np.testing.assert_allclose(run.predictions, scores, rtol=0, atol=2e-6)


def test_a_module_with_two_names_is_said_to_have_them():
    model = load_model(FOLDER / "run_twice.safetensors")
    assert [layer.name for layer in model.layers] == ["l1"]
    assert "'l2' is another name for the weights of 'l1'." in model.findings.notes


def test_other_words_in_the_metadata_name_no_tensors():
    state = {**weights("lstm.", 4, 3, 5), **linear("fc", 2, 5)}
    model = load_model(save(state, {"format": "pt", "fc": "lstm", "fc.weight": "fc.bias"}))
    assert model.findings.ignored == ()
    np.testing.assert_array_equal(model.readout.kernel.T, state["fc.weight"])


def test_numbers_of_another_kind_do_not_make_the_order_that_of_the_modules():
    state = {**weights("lstm.", 4, 3, 5), **linear("fc", 2, 5)}
    for one in (state, {**state, "z.steps": np.array(3, np.int64)}):
        assert load_model(save(one)).readout is not None


# --- one model in several files ---------------------------------------------------------------


def assert_whole(model: Model) -> None:
    golden = np.load(FOLDER / "shards.npz")
    values = golden["lstm/x"]
    for layer in model.layers:
        values = layer.unroll(values).outputs
    np.testing.assert_allclose(values, golden["lstm/y"], rtol=0, atol=1e-6)
    scores = model.run(golden["lstm/x"][0]).predictions
    np.testing.assert_allclose(scores, golden["fc/y"][0], rtol=0, atol=1e-6)
    assert model.findings.parts == ()


def files(kind: str, **also: bytes) -> dict[str, Any]:
    read = {name: (FOLDER / name).read_bytes() for name in names(kind)}
    return read | {name.replace("__", "."): content for name, content in also.items()}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("turned", [False, True])
def test_parts_that_are_given_together_are_one_model(kind, turned):
    given = files(kind, model__index__json=b"{}", config__json=b"{}")
    assert_whole(load_model(dict(reversed(given.items())) if turned else given))


@pytest.mark.parametrize("kind", KINDS)
def test_parts_in_an_archive_are_one_model(kind):
    assert_whole(load_model(zip_of(files(kind))))
    assert_whole(load_model(zip_of({f"run/{n}": c for n, c in files(kind).items()})))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", [0, 1])
def test_a_part_finds_the_others_in_its_folder(kind, number):
    assert_whole(load_model(FOLDER / names(kind)[number]))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", [0, 1])
def test_a_part_alone_is_not_taken_for_the_whole(kind, number, tmp_path):
    name = names(kind)[number]
    other = f"is part {number + 1} of 2 of a model, and part {2 - number} is not beside it"
    assert other in refusal((FOLDER / name).read_bytes(), name)
    alone = shutil.copy(FOLDER / name, tmp_path)
    assert other in refusal(alone)
    assert other in refusal(zip_of({name: (FOLDER / name).read_bytes()}))


@pytest.mark.parametrize(
    "name",
    [
        "model-00001-of-00001.safetensors",
        "model-00003-of-00002.safetensors",
        "fold-1-of-5.safetensors",
        "fold-01-of-05.safetensors",
        "run-0001-of-5.safetensors",
    ],
)
def test_a_number_that_says_nothing_of_other_parts_changes_nothing(name):
    model = load_model(save(weights("lstm.", 4, 3, 5)), name=name)
    assert [layer.name for layer in model.layers] == ["lstm"]


@pytest.mark.parametrize(("suffix", "pack"), [("safetensors", save), ("bin", pickled)])
def test_files_that_name_the_same_tensors_are_no_parts_of_one_model(suffix, pack):
    given = {f"m-0000{k}-of-00002.{suffix}": pack(weights("lstm.", 4, 3, 5)) for k in (1, 2)}
    assert "they are no parts of one model but models of their own" in refusal(zip_of(given))
