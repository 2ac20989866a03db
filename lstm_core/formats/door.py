"""The one door for model files: recognise the format, call its module, explain what failed.

A format is one module with one function

    read(source: Source, options: Options) -> Model

that raises `ModelFileError` with one plain sentence for whatever it cannot read, and returns
a model whose `findings` say what was found. A module is imported when such a file is opened,
and so is the library that it reads with. What a file says about itself is believed only after
it has been checked against the size of the file: nothing in it may make the program run code,
read outside the file (external data: only inside `source.folder`), or need much more memory
than the file is large.

Recognition goes by content first, by the file's name where the content has no signature.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, get_args

from .. import activations
from ..model import Merge, Model
from ..record import record
from .containers import entry_names
from .errors import ModelFileError, shown
from .reading_over_time import READS
from .source import Readable, Source


@record
class Options:
    """What the caller settles where a file cannot say; None takes the default of its era.

    Activations are spelled as in `lstm_core.activations.activation`.
    """

    recurrent_activation: str | None = None  # of the gates: "sigmoid", "hard_sigmoid(0.2, 0.5)"
    nonlinearity: str | None = None  # of a standard RNN: "tanh", "relu"
    activation: str | None = None  # of the candidate and the cell state: "tanh", "relu"
    chain: str | None = None  # which module reads which: "encoder → decoder", "apart"
    part: str | None = None  # which of several models in the file: "best_state_dict"
    merge: str | None = None  # how two directions are put together: "concat", "sum"
    reads: str | None = None  # how what stands behind reads time: "each", "mean", "max", "ends"
    start: str | None = None  # which modules begin with the h0 and c0 beside: "trained", "zero"
    backwards: str | None = None  # which layers read from the end: "none", "lstm, lstm_1"
    residual: str | None = None  # which layers what is read is added behind: "none", "lstm2"

    def check(self) -> None:
        """Raise ValueError for an activation, or a way to merge or to read, that there is not."""
        if self.merge not in (None, *get_args(Merge)):
            known = ", ".join(get_args(Merge))
            raise ValueError(f"merge is {self.merge!r}: expected one of {known}")
        if self.reads not in (None, *READS):
            raise ValueError(f"reads is {self.reads!r}: expected one of {', '.join(READS)}")
        for spelling in (self.recurrent_activation, self.nonlinearity, self.activation):
            if spelling is not None:
                activations.activation(spelling)


@record
class Format:
    """One kind of model file: how it is called, recognised and read."""

    title: str  # "an ONNX file"
    module: str  # in lstm_core.formats; its `read(source, options)` returns the model
    suffixes: tuple[str, ...]
    recognises: Callable[[Source], bool]


def _safetensors(source: Source) -> bool:
    head = source.head(9)
    if len(head) < 9 or head[8:9] != b"{":
        return False
    (length,) = struct.unpack("<Q", head[:8])
    return source.suffix == ".safetensors" or bool(length <= source.size)


def _zip_with(wanted: Callable[[str], bool]) -> Callable[[Source], bool]:
    def recognises(source: Source) -> bool:
        return _is_zip(source) and any(wanted(name) for name in entry_names(source))

    return recognises


def _is_zip(source: Source) -> bool:
    return source.head(4) in (b"PK\x03\x04", b"PK\x05\x06")


def _keras_archive(source: Source) -> bool:
    if not _is_zip(source):
        return False
    names = entry_names(source)
    inside = any(name.rpartition("/")[2] == "model.weights.h5" for name in names)
    described = "config.json" in names and set(names) <= {"config.json", "metadata.json"}
    return inside or described or (source.suffix == ".keras" and "config.json" in names)


TABLE_END = b"\x57\xfb\x80\x8b\x24\x75\x47\xdb"  # of LevelDB


def _tensorflow(source: Source) -> bool:
    """A SavedModel's graph, a bundle's index, or a zip with such an index in it."""
    if _is_zip(source):
        return any(name.endswith(".index") for name in entry_names(source))
    if source.name == "saved_model.pb" or bytes(source.view[-8:]) == TABLE_END:
        return True
    # A graph of TensorFlow: field 1, the version of the schema, is 1, and field 2 is long.
    return source.suffix == ".pb" and source.head(3) == b"\x08\x01\x12"


def _npz(source: Source) -> bool:
    return _is_zip(source) and all(name.endswith(".npy") for name in entry_names(source) or [""])


def _archive(source: Source) -> bool:
    return _is_zip(source) or bytes(source.view[257:262]) == b"ustar"


def _compressed(source: Source) -> bool:
    return source.head(6).startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"))


def _hdf5(source: Source) -> bool:
    offsets = [0, *(512 << k for k in range(16))]
    signature = b"\x89HDF\r\n\x1a\n"
    return any(bytes(source.view[at : at + 8]) == signature for at in offsets if at < source.size)


TEXT_PICKLES = (".pkl", ".pickle", ".pt", ".pth", ".ckpt", ".th", ".net", ".tar", ".pdparams")


def _pickle(source: Source) -> bool:
    head = source.head(2)
    if len(head) == 2 and head[0] == 0x80:
        return head[1] <= 5
    return source.suffix in TEXT_PICKLES and head[:1] in (b"(", b"c", b"}", b"]")


def _flax(source: Source) -> bool:
    # A map that begins with its parameters; MessagePack has no signature.
    return source.suffix == ".msgpack" or source.head(8)[1:] == b"\xa6params"


def _onnx(source: Source) -> bool:
    # A protobuf has no signature; field 1, ir_version, a varint, stands first in practice.
    return source.suffix == ".onnx" or source.head(1) == b"\x08"


def _distributed(source: Source) -> bool:
    if _is_zip(source) and source.suffix != ".distcp":
        return any(name.endswith(".distcp") for name in entry_names(source))
    return source.suffix == ".distcp" or (source.name == ".metadata" and _pickle(source))


FORMATS: tuple[Format, ...] = (
    Format(
        title="a checkpoint of torch.distributed",
        module="pytorch.distributed",
        suffixes=(".distcp",),
        recognises=_distributed,
    ),
    Format(
        title="a PyTorch checkpoint (zip container)",
        module="pytorch",
        suffixes=(".pt", ".pth", ".pkl", ".ckpt", ".bin", ".th", ".net"),
        recognises=_zip_with(lambda name: name == "data.pkl" or name.endswith("/data.pkl")),
    ),
    Format(
        title="a torch.export archive",
        module="pytorch.exported",
        suffixes=(".pt2",),
        recognises=_zip_with(
            lambda name: "/data/weights/" in name and name.endswith("_config.json")
        ),
    ),
    Format(
        title="a Keras 3 archive",
        module="keras",
        suffixes=(".keras",),
        recognises=_keras_archive,
    ),
    Format(
        title="a TensorFlow SavedModel or checkpoint",
        module="tensorflow",
        suffixes=(".pb", ".index"),
        recognises=_tensorflow,
    ),
    Format(
        title="a NumPy archive",
        module="arrays",
        suffixes=(".npz",),
        recognises=_npz,
    ),
    Format(
        title="a NumPy array",
        module="npy",
        suffixes=(".npy",),
        recognises=lambda source: source.head(6) == b"\x93NUMPY",
    ),
    Format(
        title="an archive of files",
        module="archives",
        suffixes=(".zip", ".tar"),
        recognises=_archive,
    ),
    Format(
        title="a compressed file",
        module="compressed",
        suffixes=(".gz", ".tgz", ".bz2", ".xz"),
        recognises=_compressed,
    ),
    Format(title="an HDF5 file", module="keras", suffixes=(".h5", ".hdf5"), recognises=_hdf5),
    Format(
        title="a safetensors file",
        module="pytorch.safetensors",
        suffixes=(".safetensors",),
        recognises=_safetensors,
    ),
    Format(
        title="a PyTorch checkpoint (before PyTorch 1.6) or pickle",
        module="pytorch",
        suffixes=(".pt", ".pth", ".pkl", ".pickle", ".pdparams"),
        recognises=_pickle,
    ),
    Format(
        title="a TensorFlow Lite file",
        module="tflite",
        suffixes=(".tflite",),
        recognises=lambda source: source.head(8)[4:] == b"TFL3",
    ),
    Format(
        title="a Flax file (MessagePack)",
        module="flax",
        suffixes=(".msgpack",),
        recognises=_flax,
    ),
    Format(title="an ONNX file", module="onnx", suffixes=(".onnx",), recognises=_onnx),
)
"""Every format that can be opened, in the order in which they are tried."""


def load_model(
    path_or_bytes: Readable | Mapping[str, Readable],
    recurrent_activation: str | None = None,
    nonlinearity: str | None = None,
    *,
    activation: str | None = None,
    chain: str | None = None,
    part: str | None = None,
    merge: str | None = None,
    reads: str | None = None,
    start: str | None = None,
    backwards: str | None = None,
    residual: str | None = None,
    name: str = "",
) -> Model:
    """Open a trained model: PyTorch, safetensors, Keras, ONNX, Flax, NumPy. No code in it is run.

    `recurrent_activation` (of the gates), `activation` (of the candidate and the cell state)
    and `nonlinearity` (of a standard RNN) settle what a file cannot say; None takes the default
    of the file's era, and `model.findings` says so. `chain` says which recurrent module reads
    which where names do not ("encoder → decoder", "apart"). Of several models in one file,
    which `model.findings.parts` names, `part` opens one; None opens the first. `merge` says how
    two directions are put together ("concat", "sum", "mul", "ave"). `reads` says how what
    stands behind the layers reads time ("each", "mean", "max", "ends"), and `backwards` which
    layers of a Keras file of weights read from the end ("none", or their names). `start` says
    which layers begin with the h0 and c0 that stand beside them ("trained", "zero"), and
    `residual` behind which layers what they read is added ("none", "lstm2"). `name` is the
    file's name where bytes are given, for recognition and messages.

    A model in several files (ONNX with its weights apart) is given as a mapping from their
    names to their bytes or paths.

    Raises ModelFileError (a ValueError) with one sentence for a file that cannot be opened,
    and ValueError for an activation or a way to merge that there is not.

    >>> from lstm_core.experiment import model_of, recommended
    >>> from lstm_core.formats import model_bytes
    >>> file = model_bytes(model_of(recommended("adding")), ".safetensors")
    >>> load_model(file, name="adding.safetensors").layers[0].forward.hidden_size
    8
    """
    options = Options(
        recurrent_activation=recurrent_activation,
        nonlinearity=nonlinearity,
        activation=activation,
        chain=chain,
        part=part,
        merge=merge,
        reads=reads,
        start=start,
        backwards=backwards,
        residual=residual,
    )
    if isinstance(path_or_bytes, Mapping):
        return _open_together(path_or_bytes, options)
    source = Source(path_or_bytes, name)
    model = open_source(source, options)
    if part is not None and not (model.findings and model.findings.parts):
        raise ModelFileError(f"{_this(source)} has no part {shown(part)}: it holds one model.")
    return model


def _open_together(files: Mapping[str, Readable], options: Options) -> Model:
    allowance = sum(Source(one).allowance for one in files.values())
    archives = import_module(f"{__package__}.archives")
    model: Model = archives.model_of_files(files, allowance, options, "among the files")
    return model


def open_source(source: Source, options: Options) -> Model:
    """Return the model in a file by the reader of its format.

    Raises ModelFileError with one sentence, whatever the reader stumbled over.
    """
    chosen = recognised(source)
    try:
        model: Any = import_module(f"{__package__}.{chosen.module}").read(source, options)
    except ModelFileError:
        raise
    except MemoryError:
        raise ModelFileError(f"{_this(source)} needs more memory than there is.") from None
    except ImportError as error:
        if error.name is None or error.name.startswith(__package__.split(".", maxsplit=1)[0]):
            raise
        raise ModelFileError(
            f"{_this(source)} is {chosen.title}: to open it, install {error.name}."
        ) from error
    except Exception as error:
        # A reader explains what it foresaw. What it did not foresee is still the file's fault
        # to the person who brought it, and one sentence to them.
        raise ModelFileError(
            f"{_this(source)} looks like {chosen.title} but breaks its rules "
            f"({type(error).__name__}: {shown(error)})."
        ) from error
    if not isinstance(model, Model):
        raise TypeError(f"{chosen.module}.read returned {type(model)}: expected a Model")
    return model


def recognised(source: Source) -> Format:
    """Return the format of a file, or raise ModelFileError that says what it starts with."""
    if not source.size:
        raise ModelFileError(f"{_this(source)} is empty.")
    for known in FORMATS:
        if known.recognises(source):
            return known
    for known in FORMATS:
        if source.suffix in known.suffixes:
            raise ModelFileError(
                f"{_this(source)} is named like {known.title} but does not start like one "
                f"(its first bytes are {source.head(8)!r})."
            )
    titles = (
        "PyTorch (.pt, .pth), safetensors, Keras (.keras, .h5), ONNX, TensorFlow, Flax and NumPy "
        "(.npz)"
    )
    raise ModelFileError(
        f"{_this(source)} is no model file known here: {titles} are, and this one starts "
        f"with {source.head(8)!r}."
    )


def _this(source: Source) -> str:
    return f"The file {shown(source.name)}" if source.name else "The file"
