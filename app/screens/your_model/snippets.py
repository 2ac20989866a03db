"""A few lines of each framework that compute the reference for one layer.

They read `input.npy`, the layer's own input as the page hands it out, and write
`reference.npy`, which the page compares. Names from the file are Python literals here, and
the page shows all of it as code.
"""

from __future__ import annotations

import re

import numpy as np

from lstm_core.model import Layer
from lstm_core.record import record

from ...words import your_model as model_words

INPUT, REFERENCE = "input.npy", "reference.npy"

_TENSOR = re.compile(r"(?P<prefix>.*?)(?:weight|bias)_(?:ih|hh|hr)(?P<number>_l\d+)?")
_WRAPPERS = re.compile(r"(?:^|(?<=\.))(?:module|_orig_mod|_fsdp_wrapped_module)\.")
_MODULES = {"lstm": "LSTM", "gru": "GRU", "rnn": "RNN"}
_READERS = {
    ".safetensors": "from safetensors.torch import load_file\n\ntensors = load_file({file!r})",
    ".npz": "tensors = {{k: torch.from_numpy(v) for k, v in numpy.load({file!r}).items()}}",
}
_TORCH_FILE = """
try:
    content = torch.load({file!r}, map_location='cpu', weights_only=True)
except pickle.UnpicklingError:  # it names classes: the next line runs their code
    content = torch.load({file!r}, map_location='cpu', weights_only=False)
""".strip("\n")
_CONTAINERS = {  # by the beginning of the format's title
    "TorchScript": "content = torch.jit.load({file!r}, map_location='cpu')",
    "torch.export": "content = torch.export.load({file!r}).state_dict",
    "pickle": "content = pickle.load(open({file!r}, 'rb'))",
}
_NAMED = r"""
def named(value, path=()):
    if hasattr(value, 'state_dict'):
        value = value.state_dict()
    if isinstance(value, (dict, list, tuple)):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from named(item, (*path, str(key)))
    else:
        yield '.'.join(path), value

wrappers = re.compile(r'(^|(?<=\.))(module|_orig_mod|_fsdp_wrapped_module)\.')
tensors = {wrappers.sub('', name): tensor for name, tensor in named(content)}
""".strip("\n")


@record
class Snippet:
    """Code for one framework; `note` says what the reader has to add, "" for nothing."""

    framework: str
    code: str
    note: str = ""


def snippet(
    file: str, layer: Layer, place: str, format_title: str = "", entry: str = ""
) -> Snippet | None:
    """Return code that computes the outputs of `layer` in the framework that wrote `file`.

    `place` says where in the file the layer stands, as its findings do; `format_title` is their
    format and `entry` the file inside an archive. None where the file is our own and no
    framework reads it.
    """
    if layer.convention.startswith("PyTorch"):
        unpack = [f"shutil.unpack_archive({file!r}, 'unpacked')"] if entry else []
        inner = f"unpacked/{entry}" if entry else file
        if format_title.startswith("Paddle"):
            return Snippet(framework="Paddle", code=_paddle(inner, layer, place, unpack))
        return _torch(inner, layer, place, format_title, unpack)
    if layer.convention.startswith("Keras"):
        return _keras(file, layer)
    if layer.convention.startswith("ONNX"):
        return Snippet(framework="ONNX Runtime", code=_onnx(file, layer, place))
    return None


def _torch(file: str, layer: Layer, place: str, format_title: str, unpack: list[str]) -> Snippet:
    """Load the layer's own tensors into a module of one layer, whatever they are called."""
    inside, prefix, number, biased = _tensors(layer, place)
    reader = _READERS.get("." + file.rpartition(".")[2].lower())
    lines = [*(["import shutil"] if unpack else []), "import numpy", "import torch", *unpack]
    prefix = f"{inside}.{prefix}" if inside else prefix
    if reader is None:
        known = (code for title, code in _CONTAINERS.items() if format_title.startswith(title))
        lines[:0] = ["import pickle", "import re"]
        lines += ["", next(known, _TORCH_FILE).format(file=file), "", _NAMED]
        prefix = _WRAPPERS.sub("", prefix)
    else:
        lines.append(reader.format(file=file))
    renamed = "name" if number == "_l0" else f"name.replace('_l0', {number!r})"
    key = f"{prefix!r} + {renamed}" if prefix else renamed
    double = ".double()" if layer.forward.dtype.itemsize == 8 else ""
    lines += [
        "",
        f"layer = torch.nn.{_MODULES[layer.kind]}({_arguments(layer, biased)}){double}",
        f"layer.load_state_dict({{name: torch.as_tensor(tensors[{key}])"
        " for name in layer.state_dict()})",
        f"x = torch.from_numpy(numpy.load({INPUT!r}))[None]",
        f"numpy.save({REFERENCE!r}, layer({_called(layer)})[0][0].detach().numpy())",
    ]
    note = "" if reader or format_title.startswith("TorchScript") else model_words.RUNS_CODE
    return Snippet(framework="PyTorch", code="\n".join(lines), note=note)


def _called(layer: Layer) -> str:
    """The arguments of PyTorch's layer: the input, and the states that it begins with."""
    sizes = {"hidden": layer.forward.output_size, "cell": layer.hidden_size}
    given = {"hidden": layer.initial_hidden, "cell": layer.initial_cell}
    if all(state is None for state in given.values()):
        return "x"
    ways = 1 + layer.bidirectional
    states = []
    for role, size in sizes.items():
        state = given[role]
        flat = np.zeros(ways * size) if state is None else state.ravel()
        numbers = ", ".join(map(str, flat))  # as short as they can be and still the same
        states.append(f"torch.tensor([{numbers}]).to(x).view({ways}, 1, {size})")
    return f"x, ({', '.join(states)})" if layer.kind == "lstm" else f"x, {states[0]}"


def _paddle(file: str, layer: Layer, place: str, unpack: list[str]) -> str:
    """Load the layer's own tensors into a Paddle module of one layer."""
    _, prefix, number, _ = _tensors(layer, place)
    kind = {"lstm": "LSTM", "gru": "GRU", "rnn": "SimpleRNN"}[layer.kind]
    way = "bidirect" if layer.bidirectional else "forward"
    sizes = f"{layer.input_size}, {layer.hidden_size}"
    return "\n".join(
        [
            *(["import shutil"] if unpack else []),
            "import numpy",
            "import paddle",
            *unpack,
            f"tensors = paddle.load({file!r})",
            "",
            f"layer = paddle.nn.{kind}({sizes}, direction={way!r})",
            "names = [name for name in layer.state_dict() if name.startswith(('weight', 'bias'))]",
            f"stored = {{name: {prefix!r} + name.replace('_l0', {number!r}) for name in names}}",
            "layer.set_state_dict({name: tensors[stored[name]] for name in names})",
            f"x = paddle.to_tensor(numpy.load({INPUT!r})[None])",
            f"numpy.save({REFERENCE!r}, layer(x)[0][0].numpy())",
        ]
    )


def _tensors(layer: Layer, place: str) -> tuple[str, str, str, bool]:
    """What a place says: the dict inside, the prefix, the layer's "_l1", whether it has a bias."""
    inside, colon, first = place.rpartition(": ")
    name = (first if colon else place).partition(" and ")[0]
    match = _TENSOR.match(name)
    prefix, number = (match["prefix"], match["number"] or "") if match else ("", "_l0")
    more = re.search(r" and (\d+) more", place)
    tensors = (1 + int(more[1]) if more else 1) / (2 if layer.bidirectional else 1)
    return inside, prefix, number, tensors - bool(_projection(layer)) > 2


def _projection(layer: Layer) -> int:
    """The size that an LSTM projects to, 0 where it does not."""
    size = layer.forward.output_size
    return size if size != layer.hidden_size else 0


def _arguments(layer: Layer, biased: bool) -> str:
    options = [str(layer.input_size), str(layer.hidden_size), "batch_first=True"]
    if layer.kind == "rnn":
        options.append(f"nonlinearity={layer.forward.activation!r}")  # type: ignore[union-attr]
    if layer.bidirectional:
        options.append("bidirectional=True")
    if size := _projection(layer):
        options.append(f"proj_size={size}")
    if not biased:
        options.append("bias=False")
    return ", ".join(options)


def _keras(file: str, layer: Layer) -> Snippet:
    whole = file.endswith(".keras") or (file.endswith((".h5", ".hdf5")) and "weights" not in file)
    load = (
        f"model = keras.models.load_model({file!r})"
        if whole
        else f"model = ...  # built by your own code\nmodel.load_weights({file!r})"
    )
    path = "".join(f".get_layer({name!r})" for name in layer.name.split("/"))
    lines = [
        "import keras",
        "import numpy",
        load,
        "",
        f"x = numpy.load({INPUT!r})[None]",
        f"y = model{path}(x)  # without return_sequences the final output alone",
        f"numpy.save({REFERENCE!r}, keras.ops.convert_to_numpy(y)[0])",
    ]
    note = "" if whole else model_words.WEIGHTS_ONLY
    return Snippet(framework="Keras", code="\n".join(lines), note=note)


def _onnx(file: str, layer: Layer, place: str) -> str:
    """Cut the node out of the graph, with whatever computes its weights and start, and run it.

    The node reads an input of its own. The graph's inputs stay: a start state may take the
    batch from their shape, so they are given zeros for one sequence.
    """
    name = place.partition("node ")[2]
    number = "DOUBLE" if layer.forward.dtype.itemsize == 8 else "FLOAT"
    return "\n".join(
        [
            "import numpy",
            "import onnx",
            "import onnxruntime",
            f"model = onnx.load({file!r})",
            f"node = next(n for n in model.graph.node if {name!r} in (n.name, *n.output))",
            "node.input[0], y = 'values', node.output[0]",
            f"number, make = onnx.TensorProto.{number}, onnx.helper.make_tensor_value_info",
            "model.graph.input.append(make('values', number, None))",
            "if y not in {i.name for i in model.graph.value_info}:",
            "    model.graph.value_info.append(make(y, number, None))",
            "fixed = {i.name for i in model.graph.initializer}",
            "given = [i for i in model.graph.input if i.name not in fixed]",
            "alone = onnx.utils.Extractor(model).extract_model([i.name for i in given], [y])",
            "session = onnxruntime.InferenceSession(alone.SerializeToString())",
            "",
            "feed = {}",
            "for i in given:  # every axis that the file leaves open is 1 long",
            "    dtype = onnx.helper.tensor_dtype_to_np_dtype(i.type.tensor_type.elem_type)",
            "    shape = [axis.dim_value or 1 for axis in i.type.tensor_type.shape.dim]",
            "    feed[i.name] = numpy.zeros(shape, dtype)",
            f"feed['values'] = numpy.load({INPUT!r})[:, None]  # (timesteps, batch, numbers)",
            "(output,) = session.run([y], feed)  # (timesteps, directions, batch, units)",
            f"numpy.save({REFERENCE!r}, output[:, :, 0].reshape(len(output), -1))",
        ]
    )
