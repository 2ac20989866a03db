"""A corpus on disk: begun, made block by block, and finished; what is whole is never made twice.

    plan.json       what is made, and of what: written first
    blocks/NAME/    a folder for each block, whole or not there (see `blocks`)
    corpus.json     what is there: written last

Whoever stops in between, wherever, goes on from the blocks that are there. Nothing in the files
says when, where or by whom they were made: the same files, model and versions give the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .index import ABOUT, BLOCKS, VERSION
from .plan import CorpusError, NotWrittenError, Plan

PLAN = "plan.json"


def begin(folder: Path, plan: Plan, made_of: dict[str, Any]) -> None:
    """Make a folder ready for a corpus, or for going on with it.

    `made_of` says of what the corpus is made, in plain values. Raises CorpusError where the folder
    holds another corpus, or something else, or cannot be written.
    """
    about = {"version": VERSION, "plan": plan.spelled(), "made_of": made_of}
    text = _spelled(about)
    try:
        if (folder / PLAN).exists():
            if (folder / PLAN).read_text(encoding="utf-8") == text:
                return
            raise CorpusError(
                f"{folder} holds the corpus of another model, other files or other options: name "
                "another folder, or remove this one."
            )
        if folder.exists() and any(folder.iterdir()):
            raise CorpusError(f"{folder} holds other files: name an empty folder, or a new one.")
        (folder / BLOCKS).mkdir(parents=True, exist_ok=True)
        _write(folder / PLAN, text)
    except OSError as problem:
        raise NotWrittenError(folder, problem) from None


def is_done(folder: Path, block: str) -> bool:
    """Return whether a block of this name is there, whole."""
    return (folder / BLOCKS / block).is_dir()


def block_folder(folder: Path, block: str) -> Path:
    """Return where the block of this name stands."""
    return folder / BLOCKS / block


def finish(folder: Path, blocks: Sequence[str], problems: Sequence[str] = ()) -> None:
    """Say that a corpus is complete: its blocks in their order, and what could not be read.

    What was left by somebody who stopped midway is removed. Raises CorpusError where a block is
    missing, or the folder cannot be written.
    """
    missing = [name for name in blocks if not is_done(folder, name)]
    if missing:
        raise CorpusError(f"{folder} lacks {len(missing)} of {len(blocks)} blocks: run it again.")
    begun = json.loads((folder / PLAN).read_text(encoding="utf-8"))
    about = {**begun, "blocks": list(blocks), "problems": list(problems)}
    try:
        for left in (folder / BLOCKS).glob(".*"):
            shutil.rmtree(left, ignore_errors=True)
        _write(folder / ABOUT, _spelled(about))
    except OSError as problem:
        raise NotWrittenError(folder, problem) from None


def _spelled(about: dict[str, Any]) -> str:
    return json.dumps(about, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
