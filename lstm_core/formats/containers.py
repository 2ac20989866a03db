"""Zip archives from strangers: names and entries, with every promise checked before it is kept."""

from __future__ import annotations

import struct
import zipfile

from .errors import ModelFileError, shown
from .source import Source

MAX_ENTRIES = 65_536
MAX_DIRECTORY = 16 << 20  # bytes
END = b"PK\x05\x06"


def open_zip(source: Source) -> zipfile.ZipFile:
    """Return the archive; ModelFileError for a broken one or an absurdly long directory.

    `zipfile` reads the whole directory at once, so its size is looked at first.
    """
    _check_directory(source)
    try:
        return zipfile.ZipFile(source.open())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
        raise ModelFileError(
            "The file starts like a zip archive but its directory is damaged or cut off."
        ) from error


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
    """Return one entry, unpacked; ModelFileError where it is missing, damaged or a bomb.

    An entry may unpack to at most 20 times the size of the file and 512 MB, or twice the file.
    """
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise ModelFileError(f"The zip archive has no entry {shown(name)}.") from None
    if info.file_size > max(min(20 * source.size, 512 << 20), 2 * source.size) + (1 << 20):
        raise ModelFileError(
            f"The entry {shown(name)} claims to unpack to {info.file_size} bytes from a file of "
            f"{source.size}: that is refused."
        )
    try:
        with archive.open(info) as entry:
            content = entry.read(info.file_size + 1)
    except Exception as error:  # zipfile raises its own, zlib's, struct's and NotImplementedError
        raise ModelFileError(f"The entry {shown(name)} of the zip archive is damaged.") from error
    if len(content) != info.file_size:
        raise ModelFileError(f"The entry {shown(name)} of the zip archive is cut off.")
    return content
