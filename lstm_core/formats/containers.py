"""Zip archives from strangers: names and entries, with every promise checked before it is kept."""

from __future__ import annotations

import errno
import shutil
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import ModelFileError, shown
from .source import Source

MAX_ENTRIES = 65_536
MAX_DIRECTORY = 16 << 20  # bytes
END = b"PK\x05\x06"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS)  # a file that cannot be written


@contextmanager
def open_zip(source: Source) -> Iterator[zipfile.ZipFile]:
    """Open the archive; ModelFileError for a broken one, and for a bomb.

    `zipfile` reads the whole directory at once, so its size is looked at first. All entries
    together may unpack to `source.allowance` bytes.
    """
    _check_directory(source)
    with source.open() as file:
        try:
            archive = zipfile.ZipFile(file)
        except (
            zipfile.BadZipFile,
            ValueError,
            NotImplementedError,
            OSError,
            struct.error,
        ) as error:
            raise ModelFileError(
                "The file starts like a zip archive but its directory is damaged or cut off."
            ) from error
        with archive:
            total = sum(info.file_size for info in archive.infolist())
            if total > source.allowance:
                raise ModelFileError(
                    f"The zip archive claims to unpack to {total} bytes from a file of "
                    f"{source.size}: that is refused."
                )
            yield archive


def _check_directory(source: Source) -> None:
    tail = bytes(source.view[-(22 + 65_535) :])
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < 22:
        raise ModelFileError("The file starts like a zip archive but its end is missing.")
    entries, size = struct.unpack("<8xHxxI", tail[at : at + 16])
    wide = tail[: max(at - 20, 0)].rfind(b"PK\x06\x06")
    if wide >= 0 and at - wide >= 56:
        entries64, size64 = struct.unpack("<32xQQ", tail[wide : wide + 48])
        entries, size = max(entries % 0xFFFF, entries64), max(size % 0xFFFFFFFF, size64)
    if entries > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise ModelFileError(
            f"The zip archive lists {entries} entries in {size} bytes: no model has so many."
        )


def entry_names(source: Source) -> list[str]:
    """Return the names of the entries of a zip archive."""
    with open_zip(source) as archive:
        return archive.namelist()


def read_entry(source: Source, archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one entry, unpacked; ModelFileError where it is missing or damaged."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise ModelFileError(f"The zip archive has no entry {shown(name)}.") from None
    try:
        with archive.open(info) as entry:
            content = entry.read(info.file_size + 1)
    except Exception as error:  # zipfile raises its own, zlib's, struct's and NotImplementedError
        raise ModelFileError(f"The entry {shown(name)} of the zip archive is damaged.") from error
    if len(content) != info.file_size:
        raise ModelFileError(f"The entry {shown(name)} of the zip archive is cut off.")
    return content


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a temporary folder that is gone with the context; ModelFileError where that fails."""
    try:
        folder = tempfile.TemporaryDirectory()
    except OSError as problem:
        raise not_written(problem) from None
    with folder as path:
        yield Path(path)


def not_written(problem: OSError) -> ModelFileError:
    """Return what to say where a temporary file cannot be written."""
    reason = problem.strerror or "not all of it found room"
    return ModelFileError(
        f"Reading this file takes a temporary file, which cannot be written here ({reason}): make "
        "room, or name another folder in the environment variable TMPDIR."
    )


@contextmanager
def unpacked(archive: zipfile.ZipFile, name: str) -> Iterator[Path]:
    """Unpack one entry piece by piece to a file that is gone with the context.

    Raises ModelFileError where the entry is damaged, its checksum included, and where no temporary
    file can be written.
    """
    with scratch_folder() as folder:
        path = folder / "entry"
        try:
            with archive.open(name) as entry, path.open("wb") as file:
                shutil.copyfileobj(entry, file)
        except Exception as error:  # as in read_entry
            if isinstance(error, OSError) and error.errno in FULL:
                raise not_written(error) from None
            raise ModelFileError(
                f"The entry {shown(name)} of the zip archive is damaged."
            ) from error
        yield path


def entry_view(source: Source, info: zipfile.ZipInfo) -> memoryview:
    """Return the content of an entry: where it is stored as it is, a view that copies nothing.

    The checksum of such an entry is not looked at: PyTorch can be told to write none.
    """
    if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1:
        with open_zip(source) as archive:
            return memoryview(read_entry(source, archive, info.filename))
    header = bytes(source.view[info.header_offset : info.header_offset + 30])
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise ModelFileError(f"The entry {shown(info.filename)} of the zip archive is damaged.")
    lengths = struct.unpack("<HH", header[26:30])
    start = info.header_offset + 30 + sum(lengths)
    if start + info.file_size > source.size:
        raise ModelFileError(f"The entry {shown(info.filename)} of the zip archive is cut off.")
    return source.view[start : start + info.file_size]
