"""`python -m benchmarks [name]`."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys

from .provision import NoBrowserError

NAMES = (
    *("unroll", "training", "browser", "pull", "pages", "load", "long", "students", "sequence"),
    *("rooms", "hostile", "soak", "first_sight", "one_file"),
    *("census", "reading"),
    *("tasks", "trials", "variants"),  # studies, which take long and go on where they were stopped
    *("capture", "large_file"),
    "recall",  # a study of a minute
    "probes",
    "corpus",
    "memories",  # of a few seconds
)


OWN = ("app", "benchmarks", "lstm_core")  # that one of these is missing is no reader's fault


def main() -> None:
    """Run the benchmark that is named; without a name, the speed of a run."""
    name = sys.argv[1] if len(sys.argv) > 1 else "unroll"
    if name not in NAMES:
        sys.exit(f"benchmark is {name!r}: expected one of {', '.join(NAMES)}")
    with contextlib.suppress(AttributeError):  # of what is no text stream
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    # Everything on one thread: before NumPy and its peers are imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    run(name)


def run(name: str) -> None:
    """Run a benchmark; leave with one sentence where something that it needs is missing."""
    try:
        importlib.import_module(f"benchmarks.{name}").main()
    except NoBrowserError as problem:
        sys.exit(str(problem))
    except ModuleNotFoundError as problem:
        library = (problem.name or "").split(".")[0]
        if library in OWN:
            raise
        sys.exit(
            f"`python -m benchmarks {name}` needs {library}, which is not installed: "
            "pip install -r tests/requirements.txt"
        )


if __name__ == "__main__":
    main()
