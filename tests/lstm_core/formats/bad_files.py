"""What tests of bad files share: the promise, and how pickles and archives are forged."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from lstm_core import Model, ModelFileError, load_model

SECONDS, MEGABYTES = 10, 1024


def refusal(given: Any, name: str = "") -> str:
    """The one sentence with which a file is refused."""
    with pytest.raises(ModelFileError) as caught:
        load_model(given, name=name)
    sentence = str(caught.value)
    assert is_one_sentence(sentence), sentence
    return sentence


def is_one_sentence(text: str) -> bool:
    """Short, on one line, with an end, and nothing of a traceback."""
    return len(text) < 500 and "\n" not in text and text.endswith(".") and "Traceback" not in text


def opens_or_refuses(content: bytes, name: str = "") -> Model | None:
    """Open a forged file: a model, or one sentence; anything else fails the test."""
    try:
        return load_model(content, name=name)
    except ModelFileError as error:
        sentence = str(error)
    assert is_one_sentence(sentence), sentence
    return None


def zip_of(entries: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def checkpoint(pickled: bytes, **storages: bytes) -> bytes:
    """A zip container with this pickle and these storages."""
    entries = {"model/data.pkl": pickled, "model/version": b"3\n"}
    return zip_of(entries | {f"model/data/{key}": content for key, content in storages.items()})


class Calls:
    """Pickles as a call of `function`: what unpickling would run."""

    def __init__(self, function: Any, *arguments: Any):
        self.function, self.arguments = function, arguments

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self.function, self.arguments


def pickled(value: Any, protocol: int = 2) -> bytes:
    return pickle.dumps(value, protocol)


WORKER = """
import resource, sys
import lstm_core
import lstm_core.formats.pytorch, lstm_core.formats.pytorch.safetensors, lstm_core.formats.arrays
for path in sys.argv[1:]:
    try:
        lstm_core.load_model(path)
        print("opened")
    except lstm_core.ModelFileError as error:
        print(error)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def expect_refusals_within_limits(*paths: Path) -> None:
    """Refuse each file in one sentence, all in one process whose memory is watched."""
    done = subprocess.run(
        [sys.executable, "-c", WORKER, *map(str, paths)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        timeout=len(paths) * SECONDS + 50,  # the machine may be busy, and Python has to start
    )
    *sentences, megabytes = done.stdout.splitlines()
    assert len(sentences) == len(paths)
    for sentence in sentences:
        assert is_one_sentence(sentence), sentence
        assert sentence != "opened"
    assert float(megabytes) < MEGABYTES
