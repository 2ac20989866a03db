"""Compressed files: gzip, bzip2 and xz around a tar or around one model file.

What is inside is unpacked in memory, within the bounds of every other file, and opened by its
content: `.tar.gz` and `.tgz`, and `model.pt.gz` alike.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath

from ..model import Model
from .door import Options, open_source
from .errors import ModelFileError
from .source import Source

XZ_MEMORY = 128 << 20  # bytes that an xz file may ask for to be unpacked
Unpack = Callable[[bytes, int], bytes]


def _gzip(content: bytes, most: int) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
        return file.read(most)


def _bzip2(content: bytes, most: int) -> bytes:
    with bz2.BZ2File(io.BytesIO(content)) as file:
        return file.read(most)


def _xz(content: bytes, most: int) -> bytes:
    return lzma.LZMADecompressor(memlimit=XZ_MEMORY).decompress(content, most)


SIGNATURES: dict[bytes, tuple[str, Unpack]] = {
    b"\x1f\x8b": ("gzip", _gzip),
    b"BZh": ("bzip2", _bzip2),
    b"\xfd7zXZ\x00": ("xz", _xz),
}
"""What such a file begins with, what it is called, and what unpacks at most so many bytes of it."""


def read(source: Source, options: Options) -> Model:
    """Return the model in a compressed file.

    Raises ModelFileError for a damaged file, for one that unpacks to more than `source.allowance`,
    and where what is inside is no model.
    """
    signature = next(known for known in SIGNATURES if source.head(6).startswith(known))
    name, unpack = SIGNATURES[signature]
    try:
        content = unpack(source.content, source.allowance + 1)
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError) as error:
        raise ModelFileError(f"The {name} file is damaged or cut off.") from error
    if len(content) > source.allowance:
        raise ModelFileError(
            f"The {name} file unpacks to more than {source.allowance} bytes from {source.size}: "
            "that is refused."
        )
    if any(content.startswith(known) for known in SIGNATURES):
        raise ModelFileError(f"The {name} file holds another compressed file: unpack it once.")
    inner = PurePosixPath(source.name).stem if source.name else ""
    return open_source(Source(content, inner, source.beside), options)
