"""Our own model file: what comes out is what went in, and nothing else comes out."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import (
    EmbeddingEncoder,
    Layer,
    Model,
    ModelFileError,
    NumericEncoder,
    OneHotEncoder,
    Readout,
)
from lstm_core.formats import npz
from lstm_core.training import initial_lstm

from ..strategies import cell_parameters

words = st.text(max_size=8)


@st.composite
def layers(draw: st.DrawFn, name: str) -> Layer:
    """Any cell with any option; the other direction mirrors it."""
    forward = draw(cell_parameters())
    two = draw(st.booleans())
    return Layer(
        name=name,
        forward=forward,
        backward=forward.replace(bias=-forward.bias) if two else None,
        merge=draw(st.sampled_from(["concat", "sum", "mul", "ave"])),
        reverse=draw(st.booleans()),
        running_order=draw(st.booleans()),
        follows=False,
        convention=draw(words),
    )


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Any mix of encoder, layers and readout; the layers needn't follow each other."""
    several = tuple(draw(layers(f"layer {k}")) for k in range(draw(st.integers(1, 3))))
    size, outputs = several[0].input_size, several[-1].output_size
    alphabet = tuple(draw(st.lists(words, min_size=size, max_size=size)))
    encoder = draw(
        st.sampled_from(
            [
                None,
                OneHotEncoder(alphabet=alphabet),
                EmbeddingEncoder(alphabet=alphabet, embedding=np.ones((size, size), np.float32)),
                NumericEncoder(columns=alphabet, offset=np.zeros(size), scale=np.full(size, 0.3)),
            ]
        )
    )
    readout = Readout(
        kernel=np.linspace(-1, 1, 2 * outputs).reshape(outputs, 2),
        bias=np.array([0.1, 1 / 3]),
        activation=draw(st.sampled_from(["softmax", "sigmoid", "linear"])),
        labels=("B", "é<b>"),
        offset=draw(st.sampled_from([None, np.array([1.0, 2.0])])),
        scale=draw(st.sampled_from([None, np.array([3.0, 4.0])])),
    )
    return Model(layers=several, encoder=encoder, readout=draw(st.sampled_from([None, readout])))


def assert_same(one: Any, other: Any) -> None:
    """Equal in type, words and every bit of every array."""
    assert type(one) is type(other)
    if isinstance(one, np.ndarray):
        assert (one.dtype, one.shape) == (other.dtype, other.shape)
        assert one.tobytes() == other.tobytes()
    elif isinstance(one, tuple):
        assert len(one) == len(other)
        for mine, theirs in zip(one, other, strict=True):
            assert_same(mine, theirs)
    elif dataclasses.is_dataclass(one):
        for field in dataclasses.fields(one):
            assert_same(getattr(one, field.name), getattr(other, field.name))
    else:
        assert one == other


@settings(max_examples=100)
@given(models())
def test_a_model_comes_back_exactly(model):
    assert_same(npz.load(npz.to_bytes(model)), model)


@given(models())
def test_the_same_model_makes_the_same_bytes(model):
    content = npz.to_bytes(model)
    assert npz.to_bytes(npz.load(content)) == content


def a_model() -> Model:
    rng = np.random.default_rng(0)
    return Model(layers=(Layer(name="lstm", forward=initial_lstm(rng, 2, 3)),))


def test_a_file_saved_is_the_file_loaded(tmp_path: Path):
    npz.save(a_model(), tmp_path / "model.npz")
    assert_same(npz.load(tmp_path / "model.npz"), a_model())


def test_the_arrays_are_plain_numpy_under_the_names_of_the_weights():
    with np.load(io.BytesIO(npz.to_bytes(a_model())), allow_pickle=False) as file:
        assert np.array_equal(file["layers.0.forward.kernel"], a_model().layers[0].forward.kernel)


def described(change: Any) -> bytes:
    """A file whose description has been tampered with."""
    arrays = dict(np.load(io.BytesIO(npz.to_bytes(a_model())), allow_pickle=False))
    told = json.loads(str(arrays["gatescope"]))
    told = change(told) or told
    return archive({**arrays, "gatescope": np.array(json.dumps(told))})


def archive(arrays: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    np.savez(file, allow_pickle=True, **arrays)
    return file.getvalue()


def arrays(**changes: Any) -> bytes:
    """A file some of whose arrays have been replaced (None: left out)."""
    found = dict(np.load(io.BytesIO(npz.to_bytes(a_model())), allow_pickle=False))
    found |= {name.replace("__", "."): array for name, array in changes.items()}
    return archive({name: array for name, array in found.items() if array is not None})


def zipped(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr(name, content)
    return file.getvalue()


def npy(header: str, content: bytes = b"") -> bytes:
    text = header.encode() + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + content


DEEP = "[" * 5000 + "]" * 5000
LAYER = ("model", "layers", 0)


def put(*path: Any, value: Any) -> Any:
    def change(told: Any) -> None:
        for key in path[:-1]:
            told = told[key]
        told[path[-1]] = value

    return change


BAD = {
    "no zip at all": (b"not a zip", "zip archive"),
    "no description": (archive({"x": np.ones(2)}), "has no 'gatescope' entry"),
    "no json": (archive({"gatescope": np.array("{")}), "does not fit"),
    "another version": (described(put("version", value=99)), "is of version '99': expected 1"),
    "a foreign record": (
        described(put("model", "record", value="os.system")),
        "describes 'os.system': expected a part of a model",
    ),
    "another part": (described(lambda told: put("model", value=told["model"]["layers"][0])(told)),
                     "describes a Layer: expected a Model"),
    "an unknown field": (described(put(*LAYER, "shape", value=1)), "does not fit"),
    "a list instead": (described(lambda told: [1]), "does not fit"),
    "an array left out": (arrays(layers__0__forward__bias=None), "has no array 'layers.0.forward"),
    "an array of words": (arrays(layers__0__forward__bias=np.array(["x"])), "other than finite"),
    "not a number": (
        arrays(layers__0__forward__bias=np.full(12, np.nan, np.float32)),
        "other than finite numbers",
    ),
    "another shape": (
        arrays(layers__0__forward__bias=np.zeros(5, np.float32)),
        r"bias is \(5,\): expected \(12,\)",
    ),
    "a pickle": (arrays(layers__0__forward__bias=np.array([{}], object)), "which its size is not"),
    "no array": (zipped("gatescope.npy", b"hello"), "is no array"),
    "a lying shape": (
        zipped("x.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (9000000000,)}")),
        "claims to be",
    ),
    "a negative shape": (
        zipped("x.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}")),
        "claims to be|is no array",
    ),
    "deep words": (
        archive({"gatescope": np.array(f'{{"version": 1, "model": {DEEP}}}')}),
        "does not fit|describes",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_bad_content_is_refused_in_one_sentence(what):
    content, sentence = BAD[what]
    with pytest.raises(ModelFileError, match=sentence) as caught:
        npz.load(content)
    assert "\n" not in str(caught.value)


@settings(max_examples=200)
@given(st.data())
def test_a_damaged_file_gives_an_error_or_a_model_never_anything_else(data):
    content = bytearray(npz.to_bytes(a_model()))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(len(content) // 2, len(content))) :]
    with contextlib.suppress(ModelFileError):
        assert isinstance(npz.load(bytes(content)), Model)


def test_a_single_flipped_bit_of_a_weight_is_noticed():
    model = a_model()
    content = bytearray(npz.to_bytes(model))
    weights = np.ascontiguousarray(model.layers[0].forward.recurrent_kernel).tobytes()
    content[content.index(weights) + 5] ^= 1
    with pytest.raises(ModelFileError, match="recurrent_kernel.npy' of the archive is damaged"):
        npz.load(bytes(content))
