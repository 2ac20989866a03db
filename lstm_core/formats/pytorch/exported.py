"""torch.export archives (`.pt2`): weights as raw bytes, with a list of their names beside them.

    <model>/data/weights/<model>_weights_config.json    name: its file, dtype, sizes, strides
    <model>/data/weights/weight_0                        the numbers of one storage

The graph of the exported program stands beside them and is not read: the weights are opened as
a state dict is. Archives from before PyTorch 2.8 hold a state dict of their own instead.

Source: torch/_export/serde/schema.py and torch/export/pt2_archive, as of 2.13.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ...model import Model
from ..containers import entry_view, open_zip
from ..door import Options
from ..errors import ModelFileError, shown
from ..source import Source
from .checkpoint_parts import model_of_checkpoint
from .tensors import DTYPES, Storage, StridedTensor

CONFIG = "_weights_config.json"
TITLE = "torch.export archive"
SCALARS = {
    1: "uint8",
    2: "int8",
    3: "int16",
    4: "int32",
    5: "int64",
    6: "float16",
    7: "float32",
    8: "float64",
    12: "bool",
    13: "bfloat16",
}
STRIDED = 7  # the layout of ordinary tensors
GRAPH = "The graph of the exported program is not read: its weights are opened by their names."
ADVICE = "save the state dict of the model instead, torch.save(model.state_dict(), path)."
Entries = Mapping[str, zipfile.ZipInfo]


def read(source: Source, options: Options) -> Model:
    """Return the recurrent layers among the weights of a torch.export archive.

    Raises ModelFileError for a damaged archive, and for one without recurrent weights.
    """
    with open_zip(source) as archive:
        entries = {info.filename: info for info in archive.infolist()}
    configs = [name for name in entries if name.endswith(CONFIG)]
    models = {name: _tensors(name, entries, source) for name in configs}
    named = {name.rpartition("/")[2].removesuffix(CONFIG): t for name, t in models.items()}
    root: Any = named if len(named) > 1 else next(iter(models.values()))
    model = model_of_checkpoint(root, TITLE, source, options)
    assert model.findings is not None
    findings = replace(model.findings, notes=(*model.findings.notes, GRAPH))
    return replace(model, findings=findings)


def _tensors(config: str, entries: Entries, source: Source) -> dict[str, StridedTensor]:
    """Return the tensors that one list names, in its order."""
    folder = config.rpartition("/")[0]
    try:
        listed = json.loads(bytes(entry_view(source, entries[config])))["config"]
        return {
            name: _tensor(name, words, f"{folder}/{words['path_name']}", entries, source)
            for name, words in listed.items()
        }
    except ModelFileError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ModelFileError(
            f"The list of weights of the {TITLE} does not say what they are ({shown(error)}): "
            f"{ADVICE}"
        ) from error


def _tensor(
    name: str, words: Mapping[str, Any], path: str, entries: Entries, source: Source
) -> StridedTensor:
    meta = words["tensor_meta"]
    dtype = SCALARS.get(meta["dtype"])
    if words.get("use_pickle") or dtype is None or meta["layout"] != STRIDED:
        raise ModelFileError(f"{shown(name)} is no ordinary tensor in the {TITLE}: {ADVICE}")
    if path not in entries:
        raise ModelFileError(f"The {TITLE} has no entry {shown(path)} for {shown(name)}.")
    entry = entries[path]
    storage = Storage(
        dtype=dtype,
        count=entry.file_size // np.dtype(DTYPES[dtype]).itemsize,
        content=lambda: entry_view(source, entry),
    )
    tensor = StridedTensor(
        storage=storage,
        offset=meta["storage_offset"]["as_int"],
        shape=tuple(size["as_int"] for size in meta["sizes"]),
        strides=tuple(stride["as_int"] for stride in meta["strides"]),
    )
    tensor.check()
    return tensor
