"""Bad files: each is refused in one sentence, runs nothing and fills no memory."""

from __future__ import annotations

import builtins
import importlib
import io
import json
import os
import pickle
import struct
import subprocess
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import load_model

from .bad_files import (
    Calls,
    checkpoint,
    expect_refusals_within_limits,
    opens_or_refuses,
    pickled,
    refusal,
    zip_of,
)

FOLDER = Path(__file__).parents[2] / "golden" / "torch"
FILES = sorted(path.name for path in FOLDER.iterdir() if path.name != "expected.npz")


# --- code in pickles --------------------------------------------------------------------------


def payloads(canary: Path) -> dict[str, object]:
    """Values whose unpickling would make the file `canary`."""
    touch = f"open({str(canary)!r}, 'w')"
    return {
        "os.system": Calls(os.system, f"touch {canary}"),
        "eval": Calls(builtins.eval, touch),
        "exec": Calls(builtins.exec, touch),
        "subprocess": Calls(subprocess.Popen, ["touch", str(canary)]),
        "importlib": Calls(importlib.import_module, "antigravity"),
        "getattr": Calls(getattr, "text", "format"),
        "nested": {"state_dict": OrderedDict(a=[("deep", {1: Calls(builtins.eval, touch)})])},
        "beside tensors": {"a.weight": np.zeros((4, 1)), "note": Calls(builtins.eval, touch)},
        "as a key": {("a", "b"): Calls(builtins.eval, touch)},
        "open": Calls(open, str(canary), "w"),
    }


@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize("name", payloads(Path("x")))
def test_code_in_a_pickle_is_named_and_never_run(name, protocol, tmp_path):
    canary = tmp_path / "canary"
    content = pickle.dumps(payloads(canary)[name], protocol)
    for given_file in (content, checkpoint(content)):
        if protocol < 2 and given_file is content:
            assert refusal(given_file, "model.pkl")  # pickles without a signature
        else:
            sentence = refusal(given_file)
            assert "could run code" in sentence or "'a.weight'" in sentence
    assert not canary.exists()


OPCODES = {
    "INST": b"\x80\x02(cos\nsystem\nVls\nios\nsystem\n.",
    "OBJ": b"\x80\x02(cbuiltins\neval\nV1\no.",
    "EXT1": b"\x80\x02\x82\x01.",
    "EXT4": b"\x80\x02\x84\x01\x00\x00\x00.",
    "PERSID": b"\x80\x02Pmodel\n.",
    "BINPERSID": b"\x80\x02X\x01\x00\x00\x00aQ.",
    "NEXT_BUFFER": b"\x80\x05\x97.",
    "a name made of pieces": b"\x80\x04\x8c\x02os\x8c\x06system\x93.",
    "a name that is no text": b"\x80\x04K\x01K\x02\x93.",
    "a dotted way out of an allowed module": b"\x80\x04\x8c\x0bcollections\x8c\x09abc.sys.x\x93.",
    "a call of a value": b"\x80\x02X\x01\x00\x00\x00a)R.",
    "a call without arguments": b"\x80\x02ccollections\nOrderedDict\nX\x01\x00\x00\x00aR.",
    "nothing on the stack": b"\x80\x020.",
    "a memo that is not there": b"\x80\x02h\x07.",
    "no mark": b"\x80\x02t.",
    "a mark as the value": b"\x80\x02(.",
    "no end": b"\x80\x02]",
    "an unknown instruction": b"\x80\x02\xff.",
    "a list as a key": b"\x80\x02}]K\x01s.",
    "an endless number": b"\x80\x02\x8b\x00\x10\x00\x00" + b"\x7f" * 4096 + b".",
    "text that is cut off": b"\x80\x02X\xff\xff\xff\x7fabc.",
    "text of 2^62 bytes": b"\x80\x04\x8d" + struct.pack("<Q", 1 << 62) + b"abc.",
    "a storage of its own": b"\x80\x02ctorch\nFloatStorage\n)R.",
}


@pytest.mark.parametrize("name", OPCODES)
def test_an_instruction_that_builds_no_plain_value_is_refused(name):
    refusal(OPCODES[name])
    refusal(checkpoint(OPCODES[name]))


def test_a_pickled_module_is_refused_with_what_to_do_instead():
    content = b"\x80\x02c__main__\nNet\n)\x81}X\x01\x00\x00\x00aK\x01sb."
    sentence = refusal(checkpoint(content))
    assert "'__main__.Net'" in sentence
    assert "torch.save(model.state_dict(), path)" in sentence


def test_a_small_pickle_cannot_keep_us_busy_for_long():
    """Lists of lists that refer to each other, and a set made a million times over."""
    laughs = b"\x80\x02]q\x00" + b"".join(
        b"](" + b"h" + bytes([k]) + (b"h" + bytes([k])) * 9 + b"eq" + bytes([k + 1])
        for k in range(200)
    )
    refusal(laughs + b".")
    again = b"\x80\x02cbuiltins\nset\nq\x01](" + b"K\x01" * 100_000 + b"e\x85q\x02"
    refusal(again + b"h\x01h\x02R0" * 100_000 + b".")
    nested = b"\x80\x02)q\x00" + b"h\x00h\x00\x86q\x00" * 100 + b"}h\x00K\x01s."
    refusal(nested)
    refusal(b"\x80\x02" + b"]" * 200_000 + b"a" * 199_999 + b".")


# --- files that lie about their tensors -------------------------------------------------------


def torch_names(**shapes: tuple[int, ...]) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(1)
    return {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


def npz(arrays: dict[str, np.ndarray]) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


GOOD = {"weight_ih_l0": (20, 3), "weight_hh_l0": (20, 5), "bias_ih_l0": (20,)}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"weight_ih_l0": (16, 3)}, "weight_ih of 'the module layer 0' is (16, 3)"),
        ({"weight_ih_l0": (20,)}, "weight_ih of 'the module layer 0' is (20,)"),
        ({"weight_hh_l0": (20, 7)}, "weight_hh of 'the module layer 0' is (20, 7)"),
        ({"weight_hh_l0": (20, 0)}, "weight_hh of 'the module layer 0' is (20, 0)"),
        ({"weight_hh_l0": ()}, "weight_hh of 'the module layer 0' is ()"),
        ({"bias_ih_l0": (5,)}, "bias_ih of 'the module layer 0' is (5,): expected (20,)"),
        ({"weight_hr_l0": (2, 5)}, "weight_hh of 'the module layer 0' is (20, 5)"),
        ({"weight_ih_l2": (20, 5), "weight_hh_l2": (20, 5)}, "has no layer 1"),
        ({"weight_ih_l1": (20, 9), "weight_hh_l1": (20, 5)}, "'rnn layer 1' takes 9"),
        ({"weight_ih_l1": (20, 5)}, "'the module layer 1' has no weight_hh"),
        ({"weight_ih_l0_reverse": (20, 3)}, "has no weight_hh"),
        (
            {"weight_ih_l0_reverse": (16, 3), "weight_hh_l0_reverse": (16, 4)},
            "The two directions of 'the module layer 0' differ in size",
        ),
        ({"weight_hh_l0_g": (5, 1)}, "a second part that is missing"),
    ],
)
def test_shapes_that_do_not_fit_are_named(changed, words):
    shapes = GOOD | changed
    if "weight_ih_l1" in changed and "weight_hh_l1" in changed:
        shapes = {f"rnn.{name}": shape for name, shape in shapes.items()}
    assert words in refusal(npz(torch_names(**shapes)))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("name", GOOD)
def test_weights_that_are_not_numbers_are_named(name, value):
    arrays = torch_names(**GOOD)
    arrays[name].flat[1] = value
    sentence = refusal(npz(arrays))
    assert name.removesuffix("_l0") in sentence
    assert str(value) in sentence


def test_a_file_without_recurrent_weights_says_what_it_has():
    assert "'conv.weight'" in refusal(npz(torch_names(**{"conv.weight": (3, 3)})))
    assert "no named tensors" in refusal(checkpoint(pickled({"epoch": 3})))
    assert "no named tensors" in refusal(checkpoint(pickled([1, 2])))


def tensor_pickle(count: int, shape: tuple[int, ...], strides: tuple[int, ...], offset: int = 0):
    """A state dict of one tensor with these promises, as PyTorch spells it."""

    def number(value: int) -> bytes:
        return b"\x8a\x08" + struct.pack("<q", value)

    def numbers(values: tuple[int, ...]) -> bytes:
        return b"(" + b"".join(map(number, values)) + b"t"

    def text(value: str) -> bytes:
        return b"X" + struct.pack("<I", len(value)) + value.encode()

    pid = text("storage") + b"ctorch\nFloatStorage\n" + text("0") + text("cpu") + number(count)
    storage = b"(" + pid + b"tQ"
    arguments = b"(" + storage + number(offset) + numbers(shape) + numbers(strides) + b"\x89}t"
    tensor = b"ctorch._utils\n_rebuild_tensor_v2\n" + arguments + b"R"
    return b"\x80\x02}" + text("weight_hh_l0") + tensor + b"s."


@pytest.mark.parametrize(
    ("count", "shape", "strides", "offset"),
    [
        (100, (20, 5), (5, 1), 1),
        (100, (21, 5), (5, 1), 0),
        (100, (20, 5), (500, 1), 0),
        (100, (1 << 40, 1 << 20), (0, 0), 0),
        (1 << 60, (1 << 58, 4), (4, 1), 0),
        (100, (20, 5), (5,), 0),
        (100, (-20, 5), (5, 1), 0),
        (100, (20, 5), (-5, 1), 95),
        (-1, (20, 5), (5, 1), 0),
        (10_000, (20, 5), (5, 1), 0),
        (100, (1,) * 60, (1,) * 60, 0),
    ],
)
def test_a_tensor_that_reaches_outside_its_storage_is_refused(count, shape, strides, offset):
    refusal(checkpoint(tensor_pickle(count, shape, strides, offset), **{"0": bytes(400)}))


def test_a_storage_that_is_missing_is_named():
    assert "'model/data/0'" in refusal(checkpoint(tensor_pickle(100, (20, 5), (5, 1))))


def safetensors_file(header: object, body: bytes = b"", claimed: int | None = None) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    length = len(text) if claimed is None else claimed
    return struct.pack("<Q", length) + text + body


def entry(shape: list[int], begin: int, end: int, dtype: str = "F32") -> dict[str, object]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


SAFETENSORS = {
    "a header longer than the file": safetensors_file({}, b"", 1 << 40),
    "a header that is cut off": safetensors_file({"a": entry([2], 0, 8)}, bytes(8), 10),
    "no JSON": safetensors_file(b"{'a': 1}", bytes(8)),
    "JSON of another kind": safetensors_file(b"{}[]"),
    "nothing": safetensors_file({}),
    "very deep JSON": safetensors_file(b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}"),
    "numbers that are cut off": safetensors_file({"a": entry([2], 0, 8)}, bytes(7)),
    "numbers too many": safetensors_file({"a": entry([2], 0, 8)}, bytes(9)),
    "overlapping tensors": safetensors_file(
        {"a": entry([2], 0, 8), "b": entry([2], 4, 12)}, bytes(12)
    ),
    "the same place twice": safetensors_file(
        {"a": entry([2], 0, 8), "b": entry([2], 0, 8)}, bytes(8)
    ),
    "a hole": safetensors_file({"a": entry([2], 0, 8), "b": entry([2], 12, 20)}, bytes(20)),
    "backwards": safetensors_file({"a": entry([2], 8, 0)}, bytes(8)),
    "negative": safetensors_file({"a": entry([-2], 0, 8)}, bytes(8)),
    "an absurd shape": safetensors_file({"a": entry([1 << 62, 4], 0, 8)}, bytes(8)),
    "a shape that does not fit": safetensors_file({"a": entry([3], 0, 8)}, bytes(8)),
    "an unknown dtype": safetensors_file({"a": entry([2], 0, 8, "F99")}, bytes(8)),
    "no dtype": safetensors_file({"a": {"shape": [2], "data_offsets": [0, 8]}}, bytes(8)),
    "metadata of another kind": safetensors_file(
        {"__metadata__": [1], "a": entry([2], 0, 8)}, bytes(8)
    ),
    "no recurrent weights": safetensors_file({"a": entry([2], 0, 8)}, bytes(8)),
    "a description of something else": safetensors_file(
        {"__metadata__": {"gatescope": "[]"}, "a": entry([2], 0, 8)}, bytes(8)
    ),
    "a description of a layer that is not there": safetensors_file(
        {
            "__metadata__": {"gatescope": '{"version": 1, "layers": [{"module": "a"}]}'},
            "a": entry([2], 0, 8),
        },
        bytes(8),
    ),
}


@pytest.mark.parametrize("name", SAFETENSORS)
def test_a_safetensors_header_that_lies_is_refused(name, tmp_path):
    refusal(SAFETENSORS[name], "model.safetensors")
    path = tmp_path / "model.safetensors"
    path.write_bytes(SAFETENSORS[name])
    refusal(path)


# --- archives ---------------------------------------------------------------------------------


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    huge = bytes(20 << 20)
    for name in ("model/data.pkl", "weight_hh_l0.npy"):
        sentence = refusal(zip_of({name: huge}, zipfile.ZIP_DEFLATED))
        assert "claims to unpack" in sentence


def test_entries_that_share_one_place_cannot_multiply():
    """One compressed entry that the directory lists many times."""
    content = zip_of({"a.npy": bytes(4 << 20)}, zipfile.ZIP_DEFLATED)
    start = content.rfind(b"PK\x01\x02")
    end = content.rfind(b"PK\x05\x06")
    directory = content[start:end] * 2000
    forged = content[:start] + directory
    forged += struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2000, 2000, len(directory), start, 0)
    assert "claims to unpack" in refusal(forged)


def test_a_directory_of_absurd_length_is_not_read():
    content = bytearray(zip_of({"model/data.pkl": b"\x80\x02}."}))
    end = content.rfind(b"PK\x05\x06")
    content[end + 12 : end + 16] = struct.pack("<I", 1 << 30)
    refusal(bytes(content))


def test_a_torchscript_program_is_named():
    content = zip_of({"m/data.pkl": b"\x80\x02}.", "m/constants.pkl": b"\x80\x02)."})
    assert "TorchScript" in refusal(content)


@pytest.mark.parametrize(
    "shape", [(1 << 40,), (-5,), (1 << 62, 1 << 62), (3, "a"), "no tuple", (2.5,)]
)
def test_an_array_that_claims_another_shape_is_refused(shape):
    header = repr({"descr": "<f4", "fortran_order": False, "shape": shape}).encode() + b"\n"
    array = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + bytes(400)
    refusal(zip_of({"weight_hh_l0.npy": array}))


def test_an_array_of_objects_is_never_unpickled(tmp_path):
    canary = tmp_path / "canary"
    file = io.BytesIO()
    objects = np.array([Calls(os.system, f"touch {canary}")], dtype=object)
    np.savez(file, weight_hh_l0=objects, allow_pickle=True)
    refusal(file.getvalue())
    assert not canary.exists()


# --- damage of every kind ---------------------------------------------------------------------


def test_what_is_no_model_says_what_it_starts_with(tmp_path):
    assert refusal(b"") == "The file is empty."
    for content in (b"\x00", b"PK", b"\x80", b"hello", b"<html>", bytes(100), b"PK\x03\x04"):
        refusal(content)
    assert "named like a safetensors" in refusal(bytes(100), "a.safetensors")
    refusal(tmp_path / "missing.pt")
    refusal(tmp_path)
    refusal("a\0b")
    (tmp_path / "empty.pt").touch()
    assert "'empty.pt' is empty" in refusal(tmp_path / "empty.pt")


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_cut_off_is_refused(name):
    content = (FOLDER / name).read_bytes()
    for part in np.linspace(0, len(content) - 1, 24).astype(int):
        refusal(content[:part], name)


def huge(path: Path, start: bytes) -> Path:
    """A file with this start, and a gigabyte of zeros behind it."""
    with path.open("wb") as file:
        file.write(start)
        file.truncate(len(start) + (1 << 30))
    return path


@pytest.mark.parametrize("suffix", [".pt", ".safetensors", ".npz"])
def test_a_gigabyte_of_nothing_is_refused_within_a_gigabyte(suffix, tmp_path):
    starts = (b"", b"\x80\x02X\xff\xff\xff\x3f", b"\x80\x02c", b"PK\x03\x04")
    expect_refusals_within_limits(
        *(huge(tmp_path / f"{k}{suffix}", start) for k, start in enumerate(starts))
    )


def test_a_gigabyte_with_a_header_that_lies_is_refused_within_a_gigabyte(tmp_path):
    tensors = {"weight_hh_l0": entry([1 << 27], 0, 1 << 29), "b": entry([8], 0, 32)}
    expect_refusals_within_limits(huge(tmp_path / "huge.safetensors", safetensors_file(tensors)))


SMALL = sorted(FILES, key=lambda name: (FOLDER / name).stat().st_size)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_opens_or_is_refused_in_one_sentence(data):
    name = data.draw(st.sampled_from(SMALL))
    content = bytearray((FOLDER / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(content)))
        content[at:at] = data.draw(st.binary(max_size=20))
    opens_or_refuses(bytes(content), data.draw(st.sampled_from([name, ""])))


PIECES = [
    *(value for value in OPCODES.values()),
    *(bytes([code]) for code in range(256)),
    b"ctorch._utils\n_rebuild_tensor_v2\n",
    b"ctorch\nFloatStorage\n",
    b"cnumpy.core.multiarray\n_reconstruct\n",
    b"cnumpy\ndtype\n",
    b"ccollections\nOrderedDict\n",
    b"ccollections\ndefaultdict\n",
    b"c_codecs\nencode\n",
    b"cbuiltins\nlist\n",
    b"X\x0c\x00\x00\x00weight_hh_l0",
    b"X\x07\x00\x00\x00storage",
    b"X\x02\x00\x00\x00f4",
    b"(K\x02K\x03t",
    b")R",
    b"\x85R",
    b"tR",
    b"tQ",
    b"}",
    b"](",
    b"e",
    b"s",
    b"b",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.booleans())
def test_a_pickle_of_any_pieces_opens_or_is_refused_in_one_sentence(pieces, zipped):
    content = b"\x80\x02" + b"".join(pieces) + b"."
    opens_or_refuses(checkpoint(content, **{"0": bytes(400)}) if zipped else content)


shapes = st.lists(st.integers(-1, 30), max_size=3)
entries = st.builds(
    entry, shapes, st.integers(-1, 500), st.integers(-1, 500), st.sampled_from(["F32", "F16", "X"])
)
tensor_names = st.sampled_from(["weight_hh_l0", "weight_ih_l0", "a", "weight_hh_l0_reverse", ""])


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(tensor_names, entries | st.integers()), st.integers(0, 600))
def test_a_safetensors_file_of_any_header_opens_or_is_refused_in_one_sentence(header, length):
    opens_or_refuses(safetensors_file(header, bytes(length)), "model.safetensors")


def test_the_readers_still_open_what_is_good():
    assert load_model(npz(torch_names(**GOOD))).layers[0].hidden_size == 5
