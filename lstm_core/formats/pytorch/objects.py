"""The names in PyTorch checkpoints that stand for tensors and plain values, and what they make.

What a name means was read off PyTorch's own `torch._utils` and `torch.serialization`, and off
NumPy's `__reduce__`; nothing of either is imported or called.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ...record import Array
from ..errors import ModelFileError, shown
from .pickles import hashable
from .quantised import QuantisedTensor
from .tensors import DTYPES, Storage, StridedTensor
from .values import Inert, Name, Unfinished

STORAGES: Mapping[str, str] = {
    "Double": "float64",
    "Float": "float32",
    "Half": "float16",
    "BFloat16": "bfloat16",
    "Long": "int64",
    "Int": "int32",
    "Short": "int16",
    "Char": "int8",
    "Byte": "uint8",
    "Bool": "bool",
    "ComplexFloat": "complex64",
    "ComplexDouble": "complex128",
    "Untyped": "uint8",
    "QInt8": "int8",
    "QUInt8": "uint8",
    "QInt32": "int32",
}
QUANTISED = {"qint8": "int8", "quint8": "uint8", "qint32": "int32"}
MODULES_OF_NUMPY = ("numpy.core", "numpy._core")


def dict_of(*arguments: Any) -> dict[Any, Any]:
    """Stand in for OrderedDict, defaultdict, Counter and the like: pairs, a mapping or nothing."""
    given = arguments[-1] if arguments else {}
    if isinstance(given, Name | Inert):  # defaultdict(list): the factory is never called
        return {}
    if isinstance(given, dict):
        return dict(given)
    pairs = [tuple(pair) for pair in given]
    if not all(len(pair) == 2 and isinstance(pair[0], str | int) for pair in pairs):
        raise ModelFileError("The pickle makes a dict of what are no pairs: refused.")
    return dict(pairs)


def rebuilt_tensor(storage: Any, offset: Any, shape: Any, strides: Any, *_: Any) -> StridedTensor:
    """Stand in for torch._utils._rebuild_tensor_v2 and its elder sister."""
    if not isinstance(storage, Storage):
        reason = getattr(storage, "problem", "") or "A tensor has no storage: the file is damaged."
        raise ModelFileError(reason)
    shape, strides = tuple(shape), tuple(strides)
    return StridedTensor(storage=storage, offset=offset, shape=shape, strides=strides)


def rebuilt_typed_tensor(
    storage: Any, offset: Any, shape: Any, strides: Any, requires_grad: Any, hooks: Any, dtype: Any
) -> StridedTensor:
    """Stand in for torch._utils._rebuild_tensor_v3: the dtype stands beside an untyped storage."""
    name = dtype.name.removeprefix("torch.") if isinstance(dtype, Name) else ""
    name = QUANTISED.get(name, name)
    if name not in DTYPES or not isinstance(storage, Storage):
        raise ModelFileError(f"A tensor is stored as {shown(name)}: expected a known dtype.")
    count = storage.count // np.dtype(DTYPES[name]).itemsize
    typed = Storage(dtype=name, count=count, content=storage.content, byteorder=storage.byteorder)
    return rebuilt_tensor(typed, offset, shape, strides)


def parameter(tensor: Any, *_: Any) -> Any:
    """Stand in for torch._utils._rebuild_parameter: a parameter is its tensor."""
    return tensor


def quantised_tensor(
    storage: Any, offset: Any, shape: Any, strides: Any, quantiser: Any, *_: Any
) -> QuantisedTensor:
    """Stand in for torch._utils._rebuild_qtensor: whole numbers, and how they are scaled.

    `quantiser` is (torch.per_tensor_affine, scale, zero point), or for one scale in each row
    (torch.per_channel_affine, scales, zero points, axis).
    """
    codes = rebuilt_tensor(storage, offset, shape, strides)
    _, scale, zero_point, *axis = quantiser
    return QuantisedTensor(
        codes=codes, scale=scale, zero_point=zero_point, axis=axis[0] if axis else None
    )


def from_type(make: Any, _: Any, arguments: Any, *__: Any) -> Any:
    """Stand in for torch._tensor._rebuild_from_type_v2: a tensor of a class of somebody's own."""
    known = make.make if isinstance(make, Name) else None
    if known is None or not isinstance(arguments, tuple):
        raise ModelFileError("A tensor of an own class says not how it is made.")
    return known(*arguments)


def from_array(array: Any, *_: Any) -> Any:
    """Stand in for torch._utils._rebuild_device_tensor_from_numpy, and for tags of TorchScript."""
    return array


def _reconstructed(kind: Any, *arguments: Any) -> Any:
    """Stand in for copyreg._reconstructor and __newobj__: an object of a class."""
    if isinstance(kind, Name) and kind.make is not None:
        return kind.make(*arguments)
    return Inert(kind.name if isinstance(kind, Name) else "object", arguments)


class NumPyType(Unfinished):
    """Stand-in for a numpy.dtype: a spelling, then BUILD with its byte order."""

    def __init__(self, spelling: Any, *_: Any):
        self.problem = ""
        self.spelling = str(spelling).lstrip("<>=|")

    def finish(self, state: Any) -> None:
        """Take the byte order."""
        if isinstance(state, tuple) and len(state) > 1 and state[1] in ("<", ">", "|", "="):
            self.spelling = state[1] + self.spelling

    @property
    def dtype(self) -> np.dtype[Any]:
        """The dtype, of plain numbers only."""
        if self.spelling.lstrip("<>=|") not in ("f8", "f4", "f2", "b1", *_INTEGERS):
            raise ModelFileError(f"An array is stored as {shown(self.spelling)}: expected numbers.")
        return np.dtype(self.spelling)


_INTEGERS = tuple(f"{sign}{width}" for sign in "iu" for width in (1, 2, 4, 8))


class NumPyArray(Unfinished):
    """Stand-in for a numpy.ndarray: empty, then BUILD with shape, dtype and bytes."""

    def __init__(self, *_: Any):
        self.problem = ""
        self.array: Array = np.empty(0, np.uint8)
        self.texts: tuple[str, ...] = ()  # of an array of objects that are all text

    def finish(self, state: Any) -> None:
        """Take (version, shape, dtype, is Fortran-ordered, bytes)."""
        if not isinstance(state, tuple) or len(state) != 5:
            raise ModelFileError("A NumPy array in the pickle has no usable content.")
        _, shape, dtype, fortran, content = state
        if isinstance(content, list) and all(isinstance(item, str) for item in content):
            self.texts = tuple(content)
        self.fill(content, dtype, shape, "F" if fortran else "C")

    def fill(self, content: Any, dtype: Any, shape: Any, order: Any) -> None:
        """Check the shape against the bytes and view them."""
        whole = isinstance(shape, tuple) and all(isinstance(n, int) and n >= 0 for n in shape)
        if not (whole and isinstance(dtype, NumPyType) and isinstance(content, bytes | bytearray)):
            raise ModelFileError("A NumPy array in the pickle has no usable content.")
        if math.prod(shape) * dtype.dtype.itemsize != len(content):
            raise ModelFileError(
                f"A NumPy array claims shape {shown(shape)} but has {len(content)} bytes."
            )
        flat = np.frombuffer(content, dtype.dtype)
        self.array = flat.reshape(shape, order="F" if order == "F" else "C")

    @property
    def shape(self) -> tuple[int, ...]:
        """The array's shape."""
        return tuple(self.array.shape)

    @property
    def dtype(self) -> str:
        """The array's dtype by name."""
        return self.array.dtype.name


def array_from_buffer(content: Any, dtype: Any, shape: Any, order: Any = "C") -> NumPyArray:
    """Stand in for NumPy's _frombuffer (pickle protocol 5)."""
    array = NumPyArray()
    array.fill(content, dtype, shape, order)
    return array


def _numpy_names() -> dict[str, Callable[..., Any]]:
    names: dict[str, Callable[..., Any]] = {
        "numpy.dtype": NumPyType,
    }
    for module in MODULES_OF_NUMPY:
        names[f"{module}.multiarray._reconstruct"] = NumPyArray
        names[f"{module}.numeric._frombuffer"] = array_from_buffer
    return names


def _encoded(text: Any, encoding: Any = "latin1", *_: Any) -> bytes:
    """Stand in for _codecs.encode, with which old pickles spell bytes."""
    if not isinstance(text, str) or encoding not in ("latin1", "latin-1"):
        raise ModelFileError(f"The pickle encodes text as {shown(encoding)}: refused.")
    return text.encode("latin1")


def storage_type(dtype: str) -> Callable[..., Any]:
    """Return the stand-in for a storage class: a word of a persistent id, not to be called."""

    def make(*_: Any) -> Any:
        raise ModelFileError(f"The pickle makes a storage of {dtype} of its own: refused.")

    return make


_PLAIN: Mapping[str, Callable[..., Any]] = {
    "dict": dict_of,
    "list": lambda *given: list(given[0]) if given else [],
    "tuple": lambda *given: tuple(given[0]) if given else (),
    "set": lambda *given: list(given[0]) if given else [],
    "frozenset": lambda *given: frozenset(map(hashable, given[0])) if given else frozenset(),
    "bytearray": lambda *given: given[0] if given and isinstance(given[0], bytes) else b"",
}
_DICTS = (
    "collections.OrderedDict",
    "collections.defaultdict",
    "collections.Counter",
    "pytorch_lightning.utilities.parsing.AttributeDict",
    "lightning.pytorch.utilities.parsing.AttributeDict",
    "lightning_fabric.utilities.data.AttributeDict",
    "lightning.fabric.utilities.data.AttributeDict",
)
NAMES: Mapping[str, Callable[..., Any]] = {
    "torch._utils._rebuild_tensor": rebuilt_tensor,
    "torch._utils._rebuild_tensor_v2": rebuilt_tensor,
    "torch._utils._rebuild_tensor_v3": rebuilt_typed_tensor,
    "torch._utils._rebuild_parameter": parameter,
    "torch._utils._rebuild_parameter_with_state": parameter,
    "torch._utils._rebuild_qtensor": quantised_tensor,
    "torch._utils._rebuild_device_tensor_from_numpy": from_array,
    "torch._utils._rebuild_device_tensor_from_cpu_tensor": from_array,
    "torch._tensor._rebuild_from_type_v2": from_type,
    "torch.nn.parameter.Parameter": parameter,
    "torch.nn.parameter.Buffer": parameter,
    "torch.jit._pickle.restore_type_tag": from_array,
    "copyreg._reconstructor": _reconstructed,
    "copy_reg._reconstructor": _reconstructed,
    "copyreg.__newobj__": _reconstructed,
    "_codecs.encode": _encoded,
    **{f"torch.{kind}Storage": storage_type(kind) for kind in STORAGES},
    **{f"torch.storage.{kind}Storage": storage_type(kind) for kind in ("Untyped", "Typed")},
    **{
        f"{module}.{n}": make
        for module in ("builtins", "__builtin__")
        for n, make in _PLAIN.items()
    },
    **dict.fromkeys(_DICTS, dict_of),
    **_numpy_names(),
}
"""Every name that makes more than an inert value, and what stands in for it."""
