"""Checkpoints of torch.distributed: recognised, and told how to become one file.

`torch.distributed.checkpoint` (and FSDP with it) writes a folder: `.metadata` says which piece of
which tensor lies where in the files `__0_0.distcp`, of which each process writes its own.
"""

from __future__ import annotations

from typing import NoReturn

from ..door import Options
from ..errors import ModelFileError
from ..source import Source

CONVERTED = (
    "The file is of a torch.distributed.checkpoint, a folder in which tensors lie in pieces, which "
    "is not read here: make one file of it with "
    "torch.distributed.checkpoint.format_utils.dcp_to_torch_save(folder, path)."
)


def read(source: Source, options: Options) -> NoReturn:
    """Raise ModelFileError, which says what turns such a checkpoint into one that opens."""
    raise ModelFileError(CONVERTED)
