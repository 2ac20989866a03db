"""Settings beside a model: the names and the scaling of its inputs, out of a run's folder."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import ModelFileError, load_model
from lstm_core.formats import netcdf
from lstm_core.formats.plain_yaml import parsed

GOLDEN = Path(__file__).parents[2] / "golden"
LSTM = (GOLDEN / "torch" / "lstm.pt").read_bytes()  # three inputs
SCALERS = GOLDEN / "run_scalers"  # see make_run_scalers.py

CONFIG = """\
# --- Model configuration ---
model: cudalstm
head: regression
statics_embedding:
dynamics_embedding:
dynamic_inputs:
- prcp(mm/day)
- tmean(C)
static_attributes:
- elevation
target_variables:
- QObs(mm/d)
loss: NSE
hidden_size: 4
"""
SCALER = """\
attribute_means:
  elevation: 500.0
attribute_stds:
  elevation: 250.0
xarray_feature_center:
  coords: {}
  attrs: {}
  dims: {}
  data_vars:
    prcp(mm/day):
      dims: []
      attrs: {}
      data: 3.5
    tmean(C):
      dims: []
      attrs: {}
      data: -1.0e1
xarray_feature_scale:
  data_vars:
    prcp(mm/day): {}
    tmean(C):
      data: 8
"""
SCALED = SCALER.replace("prcp(mm/day): {}", "prcp(mm/day):\n      data: 7.0")


def zipped(files: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"run_2911/{name}", content)
    return file.getvalue()


def run_folder(config: str = CONFIG, scaler: str = SCALED) -> bytes:
    beside = {"config.yml": config, "train_data/train_data_scaler.yml": scaler}
    return zipped({**beside, "model_epoch030.pt": LSTM})


def test_a_run_folder_names_the_inputs_and_says_how_they_are_scaled():
    model = load_model(run_folder(), name="run.zip")
    assert model.encoder.scaling == (
        ("prcp(mm/day)", 3.5, 7.0),
        ("tmean(C)", -10.0, 8.0),
        ("elevation", 500.0, 250.0),
    )
    np.testing.assert_allclose(model.encode([[10.5, -2.0, 500.0]]), [[1.0, 1.0, 0.0]])
    assert any("train_data_scaler.yml' says how" in note for note in model.findings.notes)


def test_without_the_scale_of_every_input_they_are_named_and_that_is_said():
    model = load_model(run_folder(scaler=SCALER), name="run.zip")
    assert model.encoder.columns == ("prcp(mm/day)", "tmean(C)", "elevation")
    assert model.encoder.scaling[0][1:] == (0.0, 1.0)
    assert any("does not say how 'prcp(mm/day)' is scaled" in note for note in model.findings.notes)


HEADED = """\
model: cudalstm
dynamic_inputs: [tmean]
static_attributes: [elevation, area]
target_variables: [QObs]
output_activation: relu
"""


@cache
def with_head(units: int = 4) -> tuple[bytes, dict[str, np.ndarray]]:
    """A network of three inputs with a head, as neuralhydrology calls its parts."""
    rng = np.random.default_rng(8)
    rows = 4 * units
    shapes: dict[str, tuple[int, ...]] = {
        "lstm.weight_ih_l0": (rows, 3),
        "lstm.weight_hh_l0": (rows, units),
    }
    shapes |= {"lstm.bias_ih_l0": (rows,), "lstm.bias_hh_l0": (rows,)}
    shapes |= {"head.net.0.weight": (1, units), "head.net.0.bias": (1,)}
    arrays = {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    return safetensors.numpy.save(arrays), arrays


@pytest.mark.parametrize(
    "kept", ["scaler_netcdf4.nc", "scaler_h5netcdf.nc", "scaler_scipy.nc", "train_data_scaler.p"]
)
def test_scalers_of_every_version_say_how_inputs_and_the_target_are_scaled(kept):
    content, arrays = with_head()
    as_listed = kept.endswith(".nc")
    beside = "scaler.nc" if as_listed else "train_data/train_data_scaler.p"
    files: dict[str, str | bytes] = {"config.yml": HEADED, "model.safetensors": content}
    model = load_model(zipped({**files, beside: (SCALERS / kept).read_bytes()}), name="run.zip")
    scaling = (("tmean", -10.0, 8.0), ("elevation", 500.0, 250.0), ("area", 30.0, 15.0))
    assert model.encoder.scaling == (scaling if as_listed else (scaling[0], *scaling[:0:-1]))
    assert model.readout.labels == ("QObs",)
    run = model.run(np.full((5, 3), [6.0, 0.0, 60.0]))
    hidden = run.layers[-1].outputs
    head = hidden @ arrays["head.net.0.weight"].T + arrays["head.net.0.bias"]
    np.testing.assert_allclose(run.predictions, np.maximum(head, 0) * 4 + 2, rtol=1e-5)


def test_what_the_settings_say_of_the_way_to_the_head_is_not_asked():
    content, _ = with_head(units=3)  # as wide as what is read: a state dict alone is asked
    alone = load_model(content, name="model.safetensors")
    asked = {a.keyword for a in alone.findings.assumptions if a.keyword}
    assert asked == {"reads", "residual"}
    files: dict[str, str | bytes] = {"config.yml": HEADED, "model.safetensors": content}
    scaler = (SCALERS / "scaler_scipy.nc").read_bytes()
    model = load_model(zipped({**files, "scaler.nc": scaler}), name="run.zip")
    assert model.readout is not None
    assert not [a for a in model.findings.assumptions if a.keyword]


def test_a_head_that_gives_the_parameters_of_a_distribution_is_no_prediction():
    content, _ = with_head()
    files: dict[str, str | bytes] = {
        "config.yml": f"{HEADED}head: cmal",
        "model.safetensors": content,
    }
    scaler = (SCALERS / "scaler_scipy.nc").read_bytes()
    model = load_model(zipped({**files, "scaler.nc": scaler}), name="run.zip")
    assert model.encoder.columns == ("tmean", "elevation", "area")
    assert model.readout is None
    assert any("its head 'cmal' gives no plain numbers" in note for note in model.findings.notes)


def test_without_a_scaler_the_order_of_static_attributes_is_not_guessed():
    content, _ = with_head()
    files = {"config.yml": HEADED, "model.safetensors": content}
    model = load_model(zipped(files), name="run.zip")
    assert model.encoder is None
    assert any("add train_data_scaler.yml or scaler.nc" in note for note in model.findings.notes)


@pytest.mark.parametrize("damage", [lambda c: c[:200], lambda c: b"CDF\x09" + c[4:]])
def test_a_damaged_scaler_is_said_and_leaves_the_network(damage):
    content, _ = with_head()
    scaler = damage((SCALERS / "scaler_scipy.nc").read_bytes())
    files = {"config.yml": HEADED, "model.safetensors": content, "scaler.nc": scaler}
    model = load_model(zipped(files), name="run.zip")
    assert model.encoder is None
    assert any("NetCDF" in note for note in model.findings.notes)


def test_variables_that_share_their_bytes_are_refused():
    scaler = (SCALERS / "scaler_scipy.nc").read_bytes()
    wide = scaler.replace(b"parameter\0\0\0\0\0\0\4", b"parameter\0\0\0\0\0\0\x20", 1)
    with pytest.raises(ModelFileError, match="more bytes than the file has"):
        netcdf.variables(memoryview(wide + bytes(100)))
    with pytest.raises(ModelFileError, match="is cut off"):
        netcdf.variables(memoryview(wide))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("- elevation\n", "- elevation\n- area\n", "It names 4 inputs, and the network reads 3."),
        ("model: cudalstm", "model: mamba", "Its model is 'mamba', not known here."),
        ("statics_embedding:", "statics_embedding: fc", "Its statics_embedding changes what"),
        ("loss: NSE", "loss: &a NSE", "Line 13 of the settings is not read: 'loss: &a NSE'."),
    ],
)
def test_settings_that_do_not_fit_are_not_used_and_the_note_says_why(before, after, said):
    model = load_model(run_folder(CONFIG.replace(before, after)), name="run.zip")
    assert model.encoder is None
    assert any(said in note for note in model.findings.notes)


def tar_of_the_model(mode: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        info = tarfile.TarInfo("run/lstm.pt")
        info.size = len(LSTM)
        archive.addfile(info, io.BytesIO(LSTM))
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.tar.gz", tar_of_the_model("w:gz")),
        ("run.tgz", tar_of_the_model("w:gz")),
        ("run.tar.bz2", tar_of_the_model("w:bz2")),
        ("run.tar.xz", tar_of_the_model("w:xz")),
        ("lstm.pt.gz", gzip.compress(LSTM)),
    ],
)
def test_a_compressed_file_opens_as_what_is_in_it(name: str, content: bytes):
    kernel = load_model(content, name=name).layers[0].forward.kernel
    np.testing.assert_array_equal(kernel, load_model(LSTM).layers[0].forward.kernel)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (gzip.compress(bytes(40 << 20), 1), "unpacks to more than"),
        (tar_of_the_model("w:gz")[:-200], "is damaged or cut off."),
        (tar_of_the_model("w:xz")[:-200], "damaged"),
        (gzip.compress(gzip.compress(LSTM)), "holds another compressed file"),
        (gzip.compress(b"notes"), "no model file known here"),
    ],
    ids=["a bomb", "cut off", "cut off, xz", "twice", "no model"],  # gzip writes the time
)
def test_a_compressed_file_without_a_model_is_refused_in_one_sentence(content: bytes, said: str):
    with pytest.raises(ModelFileError) as refused:
        load_model(content, name="run.gz")
    assert said in str(refused.value)


NAMES = st.text("abcdefgh_()/ ", min_size=1, max_size=8).map(lambda t: "k" + t.strip())
NUMBERS = st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = NUMBERS | st.booleans() | st.none()
VALUES = st.recursive(
    SCALARS | NAMES,
    lambda inner: st.lists(SCALARS | NAMES, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


def spelled(value: object, indent: int = 0) -> str:
    """YAML as libraries write it, of the plain part."""
    space = " " * indent
    if isinstance(value, dict) and value:
        items = (f"{space}{k}:{spelled(v, indent + 2)}" for k, v in value.items())
        return ("\n" if indent else "") + "\n".join(items)
    if isinstance(value, list) and value:
        return "\n" + "\n".join(f"{space}-{spelled(item)}" for item in value)
    plain = isinstance(value, bool) or value is None or value == {}
    return f" {json.dumps(value) if plain else value}"


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=4))
def test_what_the_plain_part_of_yaml_spells_is_read_back(value: dict[str, object]):
    assert parsed(spelled(value)) == value


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: *anchor", 2),
        ("a: {x: 1}", 1),
        ("text: |\n  two\n  lines", 1),
        ("a: 1\n   b: 2", 2),
        ("a: !!python/object 1", 1),
        ('a: "unfinished', 1),
        ("just words", 1),
    ],
)
def test_what_is_not_plain_is_refused_with_its_line(text: str, line: int):
    with pytest.raises(ModelFileError, match=f"Line {line} of the settings is not read"):
        parsed(text)
