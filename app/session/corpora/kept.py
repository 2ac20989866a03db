"""Where corpora are kept: a folder for each, by what is in it, bounded in bytes.

They outlive a session and a restart: who asks for the same sequences of the same network again
finds them. What was opened longest ago goes first. A corpus of what a reader gave goes with the
file, or where nobody has opened it for as long as files are kept; the folder is this user's alone.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from lstm_core.corpus import NotWrittenError, SearchIndex
from lstm_core.corpus.index import ABOUT

from ..shared_store import IDLE, store

OPTION, SIZE_OPTION = "GATESCOPE_CORPORA", "GATESCOPE_CORPORA_MB"
DEFAULT_MB = 2000
GIVEN = "given-"  # how the key of a corpus begins whose sequences a reader gave

T = TypeVar("T")


def root(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of all corpora: that of the option, or one of this user's."""
    user = getattr(os, "getuid", lambda: 0)()
    return Path(environment.get(OPTION) or Path(tempfile.gettempdir()) / f"gatescope-{user}")


def limit(environment: Mapping[str, str] = os.environ) -> int:
    """Return the bound of all corpora together in bytes; nonsense takes the default."""
    value = environment.get(SIZE_OPTION, "")
    plain = value.isascii() and value.isdigit()
    return (int(value) if plain else DEFAULT_MB) * 2**20


def folder_of(key: str) -> Path:
    """Return the folder of a corpus, whether it is there or not."""
    return root() / key


def is_kept(key: str) -> bool:
    """Return whether a corpus is there, complete or as far as it was made."""
    return (folder_of(key) / ABOUT).is_file()


def opened(folder: Path) -> SearchIndex:
    """Return the index that a folder holds, and count that as its use.

    Raises CorpusError, in one sentence, where it cannot be opened.
    """
    about = folder / ABOUT
    try:
        written = about.stat().st_mtime_ns
    except OSError:
        return SearchIndex.open(folder)  # which says why not
    if folder.parent == root():
        os.utime(folder)
    return _opened(folder, written)


@lru_cache(maxsize=8)
def _opened(folder: Path, written: int) -> SearchIndex:
    return SearchIndex.open(folder)


def computed(
    index: SearchIndex, what: str, key: tuple[str | int, ...], compute: Callable[[], T]
) -> T:
    """Return what is computed of an index, kept for all sessions; `what` and `key` name it."""
    known = (what, str(index.folder), len(index), index.timesteps, *key)
    return store.get_or_compute(known, compute)


def make_root() -> None:
    """Make the folder of all corpora, where it is not there; nobody else may look into it.

    Raises NotWrittenError where it cannot be made.
    """
    try:
        root().mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise NotWrittenError(root(), problem) from None


def make_room(keep: str, now: float | None = None) -> None:
    """Remove the corpora that were opened longest ago, until the others are within the bound.

    Of what readers gave those go that nobody has opened for long. That of the key `keep` stays.
    """
    now = time.time() if now is None else now
    folders = [one for one in _folders() if one.name != keep]
    folders.sort(key=lambda one: one.stat().st_mtime, reverse=True)
    free = limit() - size(folder_of(keep))
    for folder in folders:
        free -= size(folder)
        given = folder.name.startswith(GIVEN) and now - folder.stat().st_mtime > IDLE
        if free < 0 or given:
            shutil.rmtree(folder, ignore_errors=True)


def forget_upload(upload_id: str) -> None:
    """Remove the corpora of what a reader gave."""
    for folder in _folders():
        if folder.name.startswith(f"{GIVEN}{upload_id}-"):
            shutil.rmtree(folder, ignore_errors=True)


def _folders() -> list[Path]:
    return [one for one in root().iterdir() if one.is_dir()] if root().is_dir() else []


def size(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
