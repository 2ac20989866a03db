"""Writes many files into a folder, and harms nothing that was there."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from ..inputs import UploadError
from ..words import command_line
from ..words import site as words


def write_files(
    folder: Path, files: Iterable[tuple[str, bytes]], *, force: bool = False
) -> tuple[int, int]:
    """Write files, each a place parted by slashes and its content; return how many, and bytes.

    The folder is made where there is none. One that is not empty is written into only with
    `force`, and then files of the same name are replaced, each when the new one is complete, and no
    other one is touched.

    Raises UploadError with one sentence for a folder that is not empty, for a file of its name,
    and where something cannot be written.
    """
    try:
        _prepare(folder, force)
        count = size = 0
        for place, content in files:
            target = folder / place
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(target, content)
            count, size = count + 1, size + len(content)
    except UploadError:
        raise
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise UploadError(command_line.not_written(str(folder), reason)) from None
    return count, size


def _write(target: Path, content: bytes) -> None:
    """Write a file whole, or leave the one that stood there."""
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _prepare(folder: Path, force: bool) -> None:
    """Make the folder, or see that it may be written into."""
    if folder.exists() and not folder.is_dir():
        raise UploadError(words.not_a_folder(str(folder)))
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not force:
        raise UploadError(words.not_empty(str(folder)))
