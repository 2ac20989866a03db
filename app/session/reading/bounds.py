"""Which files are read in a process of their own, and within which bounds."""

from __future__ import annotations

import io
import zipfile
import zlib

LONG_TEXT = 2**20  # bytes of text and of plain numbers that are read in half a second
LONG_LINES = 25_000  # lines that are read in half a second, however short they are
LONG_PACKED = 2**19  # bytes of what is packed: a workbook of this size takes as long
ZIP, GZIP, PARQUET = b"PK", b"\x1f\x8b", b"PAR1"

AT_ONCE = 2  # files that are read at the same time: others wait
PER_SESSION = 2  # files of one session that are read, or wait for it
SECONDS = 180.0  # that one file may take
MEMORY = 2 * 2**30  # bytes that one process may hold


def takes_long(data: bytes) -> bool:
    """Return whether a file probably takes more than half a second to read."""
    if not data.startswith((ZIP, GZIP, PARQUET)):
        return len(data) > LONG_TEXT or _lines(data) > LONG_LINES
    return len(data) > LONG_PACKED or _unpacked(data) > LONG_TEXT


def _lines(data: bytes) -> int:
    """How many lines a text has, whatever ends them."""
    return max(data.count(b"\n"), data.count(b"\r"))


def _unpacked(data: bytes) -> int:
    """How many bytes are packed in a file, or that they are many; 0 where nothing says it."""
    try:
        if data.startswith(GZIP):
            return len(zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, LONG_TEXT + 1))
        if data.startswith(ZIP):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                return sum(member.file_size for member in packed.infolist())
    except (zlib.error, zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        pass  # whoever reads the file says what is wrong with it
    return 0


def resident_bytes(process: int) -> int:
    """Return how much memory a process holds; 0 where the system does not say."""
    try:
        with open(f"/proc/{process}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * 4096
    except (OSError, ValueError, IndexError):
        return 0
