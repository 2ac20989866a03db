"""What kind of file bytes are, judged by the bytes and never by the name; what is packed, unpacked.

Nothing unpacks into more than `MAX_BYTES`.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Literal

from lstm_core.record import record

from ..arrays import shown
from ..files import UploadError
from .limits import MAX_BYTES, MAX_MEMBERS, expect_size
from .notes import Notes

Content = Literal["text", "npy", "npz", "parquet", "excel", "archive"]

REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls)", "save it as .xlsx"),
    (b"%PDF-", "a PDF document", "give the table itself"),
    (b"\x89PNG", "a picture", "give the numbers themselves"),
    (b"\xff\xd8\xff", "a picture", "give the numbers themselves"),
    (b"GIF8", "a picture", "give the numbers themselves"),
    (b"\x89HDF\r\n", "an HDF5 file", "save the table as Parquet or .csv, an array as .npy"),
    (b"BZh", "a bzip2 archive", "unpack it"),
    (b"\xfd7zXZ\0", "an xz archive", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive", "unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-zip archive", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"SQLite format 3\0", "an SQLite database", "export the table as .csv"),
    (b"ARROW1", "a Feather file", "save it as Parquet or .csv"),
    (b"RDX", "a file of R's own", "save the table with write.csv"),
    (b"X\n\0\0\0", "a file of R's own", "save the table with write.csv"),
    (b"MATLAB 5.0", "a MATLAB file", "save the table with writematrix as .csv"),
    (b"\x80\x02", "a Python pickle", "save an array as .npy, a table as .csv"),
    (b"\x80\x03", "a Python pickle", "save an array as .npy, a table as .csv"),
    (b"\x80\x04\x95", "a Python pickle", "save an array as .npy, a table as .csv"),
    (b"\x80\x05\x95", "a Python pickle", "save an array as .npy, a table as .csv"),
    (b"{\\rtf", "a Rich Text document", "save it as plain text"),
)


@record
class Member:
    """One file out of an archive."""

    name: str
    data: bytes


def unpacked(name: str, data: bytes, notes: Notes) -> bytes:
    """Return the bytes of a file, out of their gzip where they are packed so."""
    expect_size(name, len(data))
    if not data.startswith(b"\x1f\x8b"):
        return data
    body = _gunzip(name, data)
    if body.startswith(b"\x1f\x8b"):
        raise UploadError(f"{shown(name)} is packed twice by gzip: unpack it once.")
    notes.remark("The file was packed by gzip.")
    return body


def _gunzip(name: str, data: bytes) -> bytes:
    parts: list[bytes] = []
    size = 0
    while data:
        stream = zlib.decompressobj(wbits=31)
        try:
            parts.append(stream.decompress(data, MAX_BYTES + 1 - size))
        except zlib.error:
            raise UploadError(f"{shown(name)} is a damaged gzip file: pack it again.") from None
        size += len(parts[-1])
        if size > MAX_BYTES:
            raise UploadError(
                f"{shown(name)} unpacks into more than {MAX_BYTES // 2**20} MB, which is the most "
                "that can be read: cut it into parts."
            )
        if not stream.eof:
            raise UploadError(f"{shown(name)} is a gzip file that breaks off: pack it again.")
        data = stream.unused_data.lstrip(b"\0")
    return b"".join(parts)


def content(name: str, data: bytes) -> Content:
    """Return what kind of file these bytes are; UploadError names a kind that is not read."""
    if not data:
        raise UploadError(f"{shown(name)} is empty: give at least one timestep.")
    for start, title, advice in REFUSED:
        if data.startswith(start):
            raise UploadError(f"{shown(name)} is {title}, which is not read here: {advice}.")
    if data.startswith(b"\x93NUMPY"):
        return "npy"
    if data.startswith(b"PAR1"):
        return "parquet"
    return _zipped(name, data) if data.startswith(b"PK\3\4") else "text"


def _zipped(name: str, data: bytes) -> Content:
    with opened(name, data) as archive:
        inside = archive.namelist()
    if "xl/workbook.xml" in inside or "xl/workbook.bin" in inside:
        return "excel"
    for part, title in (
        ("word/document.xml", "a Word document"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("content.xml", "an OpenDocument file"),
    ):
        if part in inside:
            raise UploadError(
                f"{shown(name)} is {title}, which is not read here: save the table as .csv."
            )
    if any(part.endswith("data.pkl") for part in inside):
        raise UploadError(
            f"{shown(name)} is a PyTorch file, not a sequence: open a model under Your model."
        )
    return "npz" if inside and all(part.endswith(".npy") for part in inside) else "archive"


def opened(name: str, data: bytes) -> zipfile.ZipFile:
    """Return an archive whose parts unpack into no more than can be read; UploadError else."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise UploadError(f"{shown(name)} is a damaged zip archive: pack it again.") from None
    size = sum(part.file_size for part in archive.infolist())
    if size > MAX_BYTES:
        raise UploadError(
            f"{shown(name)} unpacks into {size / 2**20:,.0f} MB: at most "
            f"{MAX_BYTES // 2**20} MB can be read; cut it into parts."
        )
    return archive


def part_of(archive: zipfile.ZipFile, name: str, part: str) -> bytes:
    """Return one part of an archive; UploadError where it is damaged or locked."""
    try:
        with archive.open(part) as stream:
            return stream.read(MAX_BYTES)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError):
        raise UploadError(
            f"{shown(part)} in {shown(name)} is damaged or locked: pack it again without a "
            "password."
        ) from None


def members(name: str, data: bytes, notes: Notes) -> tuple[Member, ...]:
    """Return the files in an archive, in the order of their names; UploadError for none."""
    with opened(name, data) as archive:
        parts = sorted(p.filename for p in archive.infolist() if not p.is_dir())
        hidden = [p for p in parts if p.startswith("__MACOSX") or p.split("/")[-1].startswith(".")]
        parts = [part for part in parts if part not in set(hidden)]
        if not 0 < len(parts) <= MAX_MEMBERS:
            raise UploadError(
                f"{shown(name)} holds {len(parts):,} files: expected 1 to {MAX_MEMBERS}."
            )
        if hidden:
            notes.remark(f"Hidden files in the archive are left out: {shown(', '.join(hidden))}.")
        return tuple(Member(name=part, data=part_of(archive, name, part)) for part in parts)
