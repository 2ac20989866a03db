"""Damaged and hostile Keras files: one sentence, and nothing read outside the file."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lstm_core import ModelFileError, load_model
from lstm_core.formats.keras import hdf5

GOLDEN = Path(__file__).parents[2] / "golden"
SECRET = np.full((4, 12), 42.0, np.float32)


def described(**layer: object) -> str:
    """A Sequential model with one LSTM of 4 inputs and 3 units."""
    config = {"name": "lstm", "units": 3, "activation": "tanh", "recurrent_activation": "sigmoid"}
    layers = [{"class_name": "LSTM", "config": config | layer}]
    return json.dumps({"class_name": "Sequential", "config": {"name": "model", "layers": layers}})


def arrays() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    shapes = {"kernel": (4, 12), "recurrent_kernel": (3, 12), "bias": (12,)}
    return {name: rng.normal(size=shape).astype("f4") for name, shape in shapes.items()}


def written(folder: Path, change: Callable[[h5py.File, h5py.Group], None]) -> Path:
    """A good file, after `change` was let loose on the file and its group of weights."""
    path = folder / "model.h5"
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = "2.15.0"
        file.attrs["model_config"] = described()
        weights = file.create_group("model_weights")
        weights.attrs["layer_names"] = ["lstm"]
        group = weights.create_group("lstm")
        group.attrs["weight_names"] = list(arrays())
        for name, array in arrays().items():
            group[name] = array
        change(file, group)
    return path


def nothing(file: h5py.File, group: h5py.Group) -> None:
    pass


def test_the_file_that_these_tests_damage_is_good(tmp_path):
    assert load_model(written(tmp_path, nothing)).layers[0].hidden_size == 3


def replaced(name: str, **dataset: object) -> Callable[[h5py.File, h5py.Group], None]:
    def change(file: h5py.File, group: h5py.Group) -> None:
        del group[name]
        group.create_dataset(name, **dataset)

    return change


def linked(link: Callable[[h5py.File], object]) -> Callable[[h5py.File, h5py.Group], None]:
    def change(file: h5py.File, group: h5py.Group) -> None:
        del group["kernel"]
        group["kernel"] = link(file)

    return change


def attribute(name: str, value: object) -> Callable[[h5py.File, h5py.Group], None]:
    def change(file: h5py.File, group: h5py.Group) -> None:
        (group if name == "weight_names" else file).attrs[name] = value

    return change


def deep(file: h5py.File, group: h5py.Group) -> None:
    for _ in range(60):
        group = group.create_group("deeper")


def crowded(file: h5py.File, group: h5py.Group) -> None:
    for k in range(21_000):
        file.create_group(f"g{k}")


NAN = arrays()["kernel"].copy()
NAN[1, 2] = np.nan
BAD = {
    "a bomb of chunks that are not there": (
        replaced("kernel", shape=(1 << 20, 1 << 20), dtype="f4", chunks=(64, 64)),
        "claims",
    ),
    "a bomb of compressed zeros": (
        replaced("kernel", data=np.zeros((1000, 12000), "f4"), compression="gzip"),
        "claims",
    ),
    "NaN": (replaced("kernel", data=NAN), "finite"),
    "shapes that do not fit": (replaced("recurrent_kernel", data=np.ones((4, 12), "f4")), "expect"),
    "a bias of another size": (replaced("bias", data=np.ones(13, "f4")), "bias is"),
    "a scalar for a kernel": (replaced("kernel", data=np.float32(1)), "kernel is"),
    "no numbers": (replaced("kernel", data=np.zeros((0, 12), "f4")), "kernel is"),
    "text": (replaced("kernel", data=np.array([b"code"])), "not numbers"),
    "a link to another file": (linked(lambda f: h5py.ExternalLink("secret.h5", "x")), "link"),
    "a link to itself": (linked(lambda f: h5py.SoftLink("/model_weights/lstm/kernel")), "link"),
    "a name that leads out": (attribute("weight_names", ["../../../secret.h5", "b", "c"]), "no d"),
    "a name of nothing": (attribute("weight_names", ["kernel", "recurrent_kernel", "b"]), "no dat"),
    "a description that is no JSON": (attribute("model_config", "{'class"), "JSON"),
    "a description that is a number": (attribute("model_config", "17"), "expected an object"),
    "a description without end": (attribute("model_config", "[" * 50_000), "JSON"),
    "an activation nobody knows": (attribute("model_config", described(activation="x")), "'x'"),
    "groups in groups": (deep, "more groups"),
    "more groups than any model": (crowded, "more groups"),
}


@pytest.mark.parametrize("damage", BAD)
def test_a_bad_hdf5_file_is_refused_in_one_sentence(damage, tmp_path):
    change, words = BAD[damage]
    with pytest.raises(ModelFileError, match=words) as refused:
        load_model(written(tmp_path, change))
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 400


def test_numbers_in_another_file_are_never_read(tmp_path):
    (tmp_path / "secret.bin").write_bytes(SECRET.tobytes())
    place = [(str(tmp_path / "secret.bin"), 0, SECRET.nbytes)]
    change = replaced("kernel", shape=SECRET.shape, dtype="f4", external=place)
    with pytest.raises(ModelFileError, match="another file"):
        load_model(written(tmp_path, change))


def test_virtual_datasets_are_never_read(tmp_path):
    with h5py.File(tmp_path / "secret.h5", "w") as file:
        file["x"] = SECRET

    def change(file: h5py.File, group: h5py.Group) -> None:
        del group["kernel"]
        layout = h5py.VirtualLayout(SECRET.shape, "f4")
        layout[:] = h5py.VirtualSource(str(tmp_path / "secret.h5"), "x", SECRET.shape)
        group.create_virtual_dataset("kernel", layout)

    with pytest.raises(ModelFileError, match="other files"):
        load_model(written(tmp_path, change))


def test_a_group_that_holds_itself_does_not_lead_round_for_ever(tmp_path):
    def change(file: h5py.File, group: h5py.Group) -> None:
        group["again"] = file["model_weights"]

    assert load_model(written(tmp_path, change)).layers


def test_a_file_that_sends_the_hdf5_library_round_for_ever_ends(monkeypatch):
    monkeypatch.setattr(hdf5, "SECONDS", 1.5)
    with pytest.raises(ModelFileError, match=r"longer than 1\.5 seconds"):
        load_model(GOLDEN / "damaged" / "hdf5_loops.h5")


@pytest.mark.parametrize("start", [b"\x89HDF\r\n\x1a\n", b"PK\x03\x04"])
def test_a_gigabyte_of_nothing_is_refused(start, tmp_path):
    path = tmp_path / "model.h5"
    with path.open("wb") as file:
        file.write(start)
        file.truncate(1 << 30)
    with pytest.raises(ModelFileError):
        load_model(path)


def archive(**entries: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, entry in entries.items():
            made.writestr(name.replace("_", "."), entry)
    return content.getvalue()


KERAS_3 = json.dumps({"keras_version": "3.0.0"}).encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (archive(config_json=described().encode()), "no model.weights.h5"),
        (archive(config_json=b"{", model_weights_h5=b""), "JSON"),
        (archive(model_weights_h5=b"not HDF5 at all"), "damaged"),
        (archive(model_weights_h5=b"", metadata_json=KERAS_3), "damaged"),
        (archive(model_weights_h5=bytes(20 << 20)), "refused"),
        (archive(config_json=described().encode(), model_weights_h5=b"\x89HDF"), "damaged"),
        (archive(config_json=b"[1, 2]", model_weights_h5=b""), "expected an object"),
    ],
    ids=["weights missing", "no JSON", "no HDF5", "empty", "bomb", "cut off", "a list"],
)
def test_a_bad_keras_archive_is_refused_in_one_sentence(content, words):
    with pytest.raises(ModelFileError, match=words):
        load_model(content)


def test_a_model_without_recurrent_layers_says_what_it_holds(tmp_path):
    path = tmp_path / "dense.weights.h5"
    with h5py.File(path, "w") as file:
        file["layers/dense/vars/0"] = np.ones((3, 2), "f4")
        file["layers/dense/vars/1"] = np.ones(2, "f4")
    with pytest.raises(ModelFileError, match=r"no LSTM.*layers/dense"):
        load_model(path)


WHOLE = [
    (GOLDEN / "keras" / name).read_bytes()
    for name in ("keras1_gru.h5", "keras2_cudnn_lstm_weights.h5", "keras3_every.keras")
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A real file with a few bytes changed, or cut off."""
    content = bytearray(draw(st.sampled_from(WHOLE)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content) - 9))
        new = draw(st.binary(min_size=1, max_size=8) | st.sampled_from([b"\xff" * 8, bytes(8)]))
        content[at : at + len(new)] = new
    return bytes(content[: draw(st.just(len(content)) | st.integers(1, len(content)))])


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(damaged())
@example(b"\x89HDF\r\n\x1a\n")
@example(WHOLE[0][:4096])
def test_a_damaged_file_opens_or_is_refused_and_nothing_else(content):
    refusal = ""
    try:
        assert load_model(content).layers
    except ModelFileError as refused:
        refusal = str(refused)
    assert "\n" not in refusal


def test_without_h5py_the_worker_says_what_is_missing():
    bare = [sys.executable, "-I", "-S", str(hdf5.WORKER), "model.h5"]  # without installed packages
    done = subprocess.run(bare, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {"error": "No module named 'h5py'"}


def test_a_process_that_is_killed_is_not_taken_for_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = tmp_path / "killed.py"
    killed.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    monkeypatch.setattr(hdf5, "WORKER", killed)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with pytest.raises(ModelFileError, match=r"^The process that reads the HDF5 file was killed"):
        load_model(written(tmp_path, lambda file, group: None).read_bytes())
    assert list(temporary.iterdir()) == []
