"""The buffer in which text and numbers travel: read as it was written, by us and by safetensors."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of
from safetensors import numpy as safetensors

from app.components.shared.payload import Packer
from app.container import NAMES, pack, read, unpack

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
DOCUMENTS = st.dictionaries(st.text(), JSON)
ARRAYS = st.dictionaries(
    st.text(max_size=5),
    arrays_of.arrays(st.sampled_from(list(NAMES)), arrays_of.array_shapes(min_dims=0, min_side=0)),
    max_size=4,
)


def assert_same(read: dict[str, Any], written: dict[str, Any]) -> None:
    assert read.keys() == written.keys()
    for name, array in written.items():
        assert read[name].dtype == array.dtype
        np.testing.assert_array_equal(read[name], array)


@given(DOCUMENTS, ARRAYS)
def test_a_buffer_is_read_as_it_was_written(document: dict[str, Any], arrays: Any) -> None:
    again, read_arrays = unpack(pack(document, arrays))
    assert again == document
    assert_same(read_arrays, arrays)


@given(DOCUMENTS, ARRAYS)
def test_safetensors_reads_the_same_arrays(document: dict[str, Any], arrays: Any) -> None:
    assert_same(safetensors.load(pack(document, arrays)), arrays)


@given(ARRAYS)
def test_every_array_begins_at_a_multiple_of_its_own_width(arrays: Any) -> None:
    content = pack({}, arrays)
    start = np.frombuffer(content, np.uint8).ctypes.data
    for array in unpack(content)[1].values():
        assert array.size == 0 or (array.ctypes.data - start) % array.itemsize == 0


@given(st.lists(st.tuples(DOCUMENTS, ARRAYS), max_size=3))
def test_a_stream_is_read_buffer_by_buffer_and_none_is_its_end(buffers: Any) -> None:
    stream = io.BytesIO(b"".join(pack(*buffer) for buffer in buffers))
    for document, arrays in buffers:
        contents = read(stream)
        assert contents is not None
        assert contents[0] == document
        assert_same(contents[1], arrays)
    assert read(stream) is None


@given(DOCUMENTS, ARRAYS, st.data())
def test_a_buffer_that_was_cut_is_not_read(document: Any, arrays: Any, data: Any) -> None:
    content = pack(document, arrays)
    part = content[: data.draw(st.integers(0, len(content) - 1))]
    assert read(io.BytesIO(part)) is None
    with pytest.raises(ValueError, match="buffer"):
        unpack(part)


def test_another_layout_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a header with a document"):
        unpack(b"PK\x03\x04 and something else")
    with pytest.raises(ValueError, match="expected a header with a document"):
        unpack(safetensors.save({"x": np.zeros(2)}))


def test_what_has_no_place_in_the_layout_is_refused() -> None:
    with pytest.raises(ValueError, match="array 'x' is of complex64: expected numbers or bool"):
        pack({}, {"x": np.zeros(2, np.complex64)})
    with pytest.raises(ValueError, match="JSON compliant"):
        pack({"loss": float("nan")}, {})
    assert np.isnan(unpack(pack({"loss": float("nan")}, {}, allow_nan=True))[0]["loss"])


@given(st.lists(st.sampled_from([np.uint8, np.float32, np.float64, np.int64]), max_size=5))
def test_a_component_is_sent_bytes_and_single_precision(kinds: list[Any]) -> None:
    packer, added = Packer(), [np.arange(k + 1, dtype=kind) for k, kind in enumerate(kinds)]
    document, arrays = unpack(packer.pack({"names": [packer.add(array) for array in added]}))
    for name, array in zip(document["names"], added, strict=True):
        assert arrays[name].dtype == (np.uint8 if array.dtype == np.uint8 else np.float32)
        np.testing.assert_array_equal(arrays[name], array)
