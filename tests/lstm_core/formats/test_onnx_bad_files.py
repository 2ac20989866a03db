"""Damaged and hostile ONNX files: one sentence, and nothing read outside the file's folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from lstm_core import ModelFileError, load_model

from .onnx_models import model, node, single, weights


def good(seed: int = 0) -> dict[str, np.ndarray]:
    return weights(np.random.default_rng(seed), "LSTM", 4, 3)


def lstm(*before: onnx.NodeProto, without: str = "", **constants: np.ndarray) -> onnx.ModelProto:
    """A good LSTM, or one with other constants, or with some computed by nodes before it."""
    held = {name: array for name, array in (good() | constants).items() if name != without}
    return model([*before, node("LSTM", {"W", "R", "B"}, 3)], held)


def claiming(name: str, **fields: object) -> onnx.ModelProto:
    """A good LSTM with a tensor that says something else about itself."""
    made = lstm()
    (tensor,) = [t for t in made.graph.initializer if t.name == name]
    for field, value in fields.items():
        tensor.ClearField(field)
        if isinstance(value, list):
            getattr(tensor, field).extend(value)
        else:
            setattr(tensor, field, value)
    return made


def attributed(**attributes: object) -> onnx.ModelProto:
    return model([node("LSTM", set(good()), 3, **attributes)], good())


def doubling() -> onnx.ModelProto:
    """Sixty nodes, each twice as large as the one before: 2^60 rows from a few hundred bytes."""
    nodes = [helper.make_node("Concat", [f"w{k}"] * 2, [f"w{k + 1}"], axis=1) for k in range(60)]
    rename = helper.make_node("Identity", ["w60"], ["W"])
    return lstm(*nodes, rename, without="W", w0=good()["W"])


def circle() -> onnx.ModelProto:
    """A node that needs itself."""
    nodes = [helper.make_node("Identity", ["a"], ["W"]), helper.make_node("Identity", ["W"], ["a"])]
    return lstm(*nodes, without="W")


def expanded(op_type: str) -> onnx.ModelProto:
    vast = np.array([1, 1 << 20, 1 << 20])
    data = [] if op_type == "ConstantOfShape" else ["one"]
    return lstm(
        helper.make_node(op_type, [*data, "vast"], ["W"]),
        without="W",
        one=np.ones((1, 1, 1), np.float32),
        vast=vast,
    )


def doubled_inputs() -> onnx.ModelProto:
    """Sixty times side by side what the LSTM reads: 2^60 ways back through the graph."""
    nodes = [helper.make_node("Concat", [f"x{k}"] * 2, [f"x{k + 1}"], axis=2) for k in range(60)]
    made = lstm(*nodes)
    made.graph.node[-1].input[0] = "x60"
    return made


def nested(depth: int = 30) -> onnx.ModelProto:
    made = lstm()
    for k in range(depth):
        made.graph.name = f"graph_{k}"
        inside = helper.make_node("If", ["flag"], ["Y"], then_branch=made.graph)
        made = model([inside], {}, ("Y",), {"flag": TensorProto.BOOL})
    return made


NAN = good()["R"].copy()
NAN[0, 5, 1] = np.nan
VAST = [1, 1 << 31, 1 << 31]
BAD = {
    "NaN": (lstm(R=NAN), "NaN"),
    "shapes that do not fit": (lstm(R=np.ones((1, 12, 4), np.float32)), "W is"),
    "a bias of another size": (lstm(B=np.ones((1, 23), np.float32)), "B is"),
    "two directions where one is said": (
        model(
            [node("LSTM", {"W", "R", "B"}, 3)],
            weights(np.random.default_rng(0), "LSTM", 4, 3, directions=2),
        ),
        "expected",
    ),
    "a scalar for a kernel": (lstm(W=np.float32(1)), "W is"),
    "whole numbers without a shape": (lstm(R=np.zeros((0,), np.float32)), "expected"),
    "an absurd shape": (claiming("W", dims=VAST), "claims the shape"),
    "a negative shape": (claiming("W", dims=[-1, 12, 4]), "claims the shape"),
    "an unknown type of number": (claiming("W", data_type=99), "unknown type"),
    "text for numbers": (claiming("W", data_type=TensorProto.STRING), "claims|unknown"),
    "a bomb of doubling": (doubling(), "far larger"),
    "a bomb of Expand": (expanded("Expand"), "far larger"),
    "a bomb of ConstantOfShape": (expanded("ConstantOfShape"), "far larger"),
    "a bomb of Tile": (expanded("Tile"), "far larger"),
    "a node that needs itself": (circle(), "no constant"),
    "graphs in graphs": (nested(), "beyond reason|hold together"),
    "a direction nobody knows": (attributed(direction="sideways"), "sideways"),
    "an activation nobody knows": (attributed(activations=["Sigmoid", "Tanh", "Wave"]), "Wave"),
    "two activations of three": (attributed(activations=["Sigmoid", "Tanh"]), "names 2"),
    "a clip below zero": (attributed(clip=-1.0), "clip"),
    "an attribute of another kind": (attributed(direction=3), "breaks the rules"),
}


@pytest.mark.parametrize("damage", BAD)
def test_a_bad_onnx_file_is_refused_in_one_sentence(damage):
    made, words = BAD[damage]
    with pytest.raises(ModelFileError, match=words) as refused:
        load_model(made.SerializeToString())
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 400


def test_inputs_that_are_doubled_again_and_again_are_not_followed_back_for_ever():
    assert load_model(doubled_inputs().SerializeToString()).encoder is None


def test_a_bad_node_beside_a_good_one_is_named_and_left_out():
    bad = helper.make_node("LSTM", ["X", "V", "R", "B"], ["Z"], name="bad", hidden_size=3)
    made = lstm(bad, V=NAN)
    found = load_model(made.SerializeToString())
    assert len(found.layers) == 1
    assert "bad" in found.findings.notes[0]


def external(folder: Path, location: str, **entries: int) -> Path:
    """A good LSTM whose W lies in the file at `location`."""
    w = good()["W"]
    (folder / "weights.bin").write_bytes(bytes(64) + w.tobytes())
    made = lstm()
    (tensor,) = [t for t in made.graph.initializer if t.name == "W"]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in {"location": location, "offset": 64, "length": w.nbytes, **entries}.items():
        entry = tensor.external_data.add()
        entry.key, entry.value = key, str(value)
    path = folder / "model.onnx"
    path.write_bytes(made.SerializeToString())
    return path


def test_weights_beside_the_file_are_read(tmp_path):
    layer = load_model(external(tmp_path, "weights.bin")).layers[0]
    expected = load_model(lstm().SerializeToString()).layers[0]
    np.testing.assert_array_equal(layer.forward.kernel, expected.forward.kernel)


def test_weights_in_a_folder_beside_the_file_are_read(tmp_path):
    path = external(tmp_path, "sub/weights.bin")
    (tmp_path / "sub").mkdir()
    (tmp_path / "weights.bin").rename(tmp_path / "sub" / "weights.bin")
    assert load_model(path).layers


@pytest.mark.parametrize(
    "location",
    ["../weights.bin", "/etc/passwd", "", ".", "sub/../../weights.bin", "C:/x", "..\\weights.bin"],
)
def test_weights_outside_the_folder_are_never_read(location, tmp_path):
    (tmp_path / "inside").mkdir()
    path = external(tmp_path / "inside", location)
    (tmp_path / "weights.bin").write_bytes(bytes(10_000))
    with pytest.raises(ModelFileError, match="beside it|not there"):
        load_model(path)


def test_a_symbolic_link_does_not_lead_out_of_the_folder(tmp_path):
    (tmp_path / "inside").mkdir()
    path = external(tmp_path / "inside", "link.bin")
    (tmp_path / "inside" / "weights.bin").rename(tmp_path / "weights.bin")
    (tmp_path / "inside" / "link.bin").symlink_to(tmp_path / "weights.bin")
    with pytest.raises(ModelFileError, match="beside it"):
        load_model(path)


@pytest.mark.parametrize("entries", [{"offset": -8}, {"offset": 10_000}, {"length": 1 << 40}])
def test_weights_beyond_the_end_of_their_file_are_refused(entries, tmp_path):
    with pytest.raises(ModelFileError, match="beyond the end"):
        load_model(external(tmp_path, "weights.bin", **entries))


def test_weights_in_another_file_need_a_path(tmp_path):
    content = external(tmp_path, "weights.bin").read_bytes()
    with pytest.raises(ModelFileError, match="another file"):
        load_model(content)


@pytest.mark.parametrize("start", [b"", lstm().SerializeToString()], ids=["zeros", "a model first"])
def test_a_gigabyte_of_nothing_is_refused(start, tmp_path):
    path = tmp_path / "model.onnx"
    with path.open("wb") as file:
        file.write(start)
        file.truncate(1 << 30)
    with pytest.raises(ModelFileError):
        load_model(path)


def test_a_large_file_around_a_small_lstm_opens(tmp_path):
    made = lstm()
    made.graph.initializer.append(numpy_helper.from_array(np.zeros(1 << 20, "f4"), "unused"))
    path = tmp_path / "model.onnx"
    path.write_bytes(made.SerializeToString())
    assert load_model(path).layers


WHOLE = [
    lstm().SerializeToString(),
    single("GRU", weights(np.random.default_rng(1), "GRU", 3, 3, 2, batch=2),
           direction="bidirectional", activations=["HardSigmoid", "Elu"] * 2,
           activation_alpha=[0.2, 1.0] * 2, activation_beta=[0.5] * 2).SerializeToString(),
    lstm(helper.make_node("Slice", ["w", "a", "b", "c"], ["W"]), without="W", w=good()["W"],
         a=np.array([0]), b=np.array([12]), c=np.array([1])).SerializeToString(),
    nested(3).SerializeToString(),
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good file with a few bytes changed, or cut off."""
    content = bytearray(draw(st.sampled_from(WHOLE)))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(content) - 9))
        new = draw(st.binary(min_size=1, max_size=8) | st.sampled_from([b"\xff" * 8, bytes(8)]))
        content[at : at + len(new)] = new
    return bytes(content[: draw(st.just(len(content)) | st.integers(1, len(content)))])


@settings(max_examples=400, deadline=None)
@given(damaged())
@example(b"\x08")
@example(WHOLE[0][:-1])
@example(WHOLE[0].replace(b"LSTM", b"L\xffTM"))  # found by fuzzing: a name that is no text
@example(WHOLE[1].replace(b"direction", b"dire\xffti\xffn"))
@example(WHOLE[1].replace(b"bidirectional", b"\xff" * 13))
def test_a_damaged_file_opens_or_is_refused_and_nothing_else(content):
    refusal = ""
    try:
        assert load_model(content, name="model.onnx").layers
    except ModelFileError as refused:
        refusal = str(refused)
    assert "\n" not in refusal
