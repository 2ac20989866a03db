"""Ways to keep weights beside a state dict: torch.export, distributed, TorchScript, odd tensors."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_core import load_model

from .bad_files import checkpoint, pickled, refusal, zip_of
from .test_checkpoints import linear, opened, weights

EXPORTED = Path(__file__).parent / "cases" / "exported.pt2"
LIST = "exported/data/weights/model_weights_config.json"


# --- torch.export -----------------------------------------------------------------------------


def entries() -> dict[str, bytes]:
    with zipfile.ZipFile(EXPORTED) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(name: str, **meta: Any) -> bytes:
    """The exported program with other words about one weight."""
    held = entries()
    listed = json.loads(held[LIST])
    listed["config"][name]["tensor_meta"] |= meta
    return zip_of(held | {LIST: json.dumps(listed).encode()})


def test_an_exported_program_opens_whatever_its_name_and_compression():
    for content in (zip_of(entries()), zip_of(entries(), zipfile.ZIP_DEFLATED)):
        (layer,) = load_model(content).layers
        assert (layer.kind, layer.hidden_size) == ("gru", 4)


@pytest.mark.parametrize(
    ("meta", "words"),
    [
        ({"layout": 1}, "is no ordinary tensor"),
        ({"dtype": 99}, "is no ordinary tensor"),
        ({"sizes": [{"as_int": 12}, {"as_int": 400}]}, "reaches past the end of its storage"),
        ({"storage_offset": {"as_int": -1}}, "expected as many whole numbers"),
        ({"sizes": [{"as_expr": "s0"}]}, "does not say what they are"),
    ],
)
def test_an_exported_program_that_lies_is_refused(meta, words):
    assert words in refusal(changed("gru.weight_hh_l0", **meta), "model.pt2")


def test_an_exported_program_without_its_weights_is_refused():
    held = {n: c for n, c in entries().items() if not n.endswith("weight_0")}
    assert "has no entry" in refusal(zip_of(held))
    assert "does not say what they are" in refusal(zip_of(held | {LIST: b"[]"}))
    assert "does not say what they are" in refusal(zip_of(held | {LIST: b"\xff"}))


# --- torch.distributed ------------------------------------------------------------------------


def test_a_distributed_checkpoint_is_named_with_what_makes_one_file_of_it():
    piece = checkpoint(pickled({"a": 1}))
    told = b"\x80\x02ctorch.distributed.checkpoint.metadata\nMetadata\n)\x81}b."
    files = {"step/.metadata": told, "step/__0_0.distcp": piece}
    for content, name in [
        (zip_of(files), "x.zip"),
        (piece, "__0_0.distcp"),
        (told, ".metadata"),
        (told, ""),
    ]:
        assert "format_utils.dcp_to_torch_save(folder, path)" in refusal(content, name)


def test_a_pickle_of_another_name_is_no_distributed_checkpoint():
    assert "distributed" not in refusal(pickled({"state": 1}), "metadata.pkl")


# --- what TorchScript and odd tensors leave -----------------------------------------------------


def test_a_module_of_torchscript_without_tensors_is_said_to_be_frozen_or_quantised():
    content = checkpoint(b"\x80\x02c__torch__.___torch_mangle_0\nM\n)\x81}b.")
    sentence = refusal(content)
    assert "frozen or quantised TorchScript module" in sentence
    assert "'__torch__.___torch_mangle_0.M'" in sentence


@pytest.mark.parametrize(
    ("function", "words"),
    [
        ("_rebuild_sparse_tensor", "with .to_dense() and save again"),
        ("_rebuild_sparse_csr_tensor", "with .to_dense() and save again"),
        ("_rebuild_meta_tensor_no_storage", "its shape alone, without numbers"),
        ("_rebuild_wrapper_subclass", "save ordinary tensors"),
    ],
)
def test_a_weight_that_is_no_ordinary_tensor_is_said_to_be_what_it_is(function, words):
    state = weights("lstm.", 4, 3, 5)
    odd = f"ctorch._utils\n{function}\n)R".encode()
    content = pickled(state)
    item = b"X\x11\x00\x00\x00lstm.weight_hh_l0" + odd + b"s."
    assert content.endswith(b"u.")
    assert words in refusal(checkpoint(content[:-1] + item))


def test_names_that_were_kept_as_bytes_are_read():
    state = {**weights("lstm.", 4, 3, 5), **linear("fc", 2, 5)}
    as_bytes = {name.encode(): value for name, value in state.items()}
    for value in (as_bytes, {"state_dict": as_bytes}, {b"state_dict": as_bytes}):
        model = opened(value)
        assert [layer.name for layer in model.layers] == ["lstm"]
        np.testing.assert_array_equal(model.readout.kernel.T, state["fc.weight"])
    assert "'a.weight'" in refusal(checkpoint(pickled({b"a.weight": np.ones(3)})))
