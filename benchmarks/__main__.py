"""`python -m benchmarks [name]`."""

from __future__ import annotations

import importlib
import os
import sys

NAMES = (
    *("unroll", "training", "browser", "pages", "load", "long", "students"),
    *("tasks", "trials", "knobs"),  # studies, which take long and go on where they were stopped
)


def main() -> None:
    """Run the benchmark that is named; without a name, the speed of a run."""
    name = sys.argv[1] if len(sys.argv) > 1 else "unroll"
    if name not in NAMES:
        sys.exit(f"benchmark is {name!r}: expected one of {', '.join(NAMES)}")
    # Everything on one thread: before NumPy and its peers are imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    importlib.import_module(f"benchmarks.{name}").main()


main()
