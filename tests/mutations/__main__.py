"""Change the code in small ways, one at a time, and list the changes that no test notices.

    python -m tests.mutations --seed 1 --count 20 lstm_core/training app/inputs/understanding

What is changed, and how, the seed decides; see `docs/mutations.md` for what was found.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from .trials import (
    ROOT,
    Stage,
    chosen,
    copied_tree,
    first_failure,
    modules,
    noticed,
    stages_of,
)


def main() -> None:
    """Print a line for each change: which tests noticed it, or that it survived."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # cleans up on its way out
    asked = arguments().parse_args()
    sources = {m: (ROOT / m).read_text(encoding="utf-8") for m in modules(asked.paths)}
    made = chosen(sources, asked.count, asked.seed)
    stages = {module: stages_of(module, asked.all) for module, _ in made}
    tried = survived = 0
    with copied_tree() as tree:
        expect_collected(tree, stages.values(), asked.limit)
        for module, change in made:
            began = time.monotonic()
            source = change.applied(sources[module])
            by = noticed(tree, module, source, stages[module], asked.limit)
            tried, survived = tried + 1, survived + (by is None)
            stage, test = by or ("SURVIVED", "")
            seconds = time.monotonic() - began
            print(
                f"{stage:8}{seconds:5.0f} s  {module}:{change.line}  {change}  {test}", flush=True
            )
    print(f"{survived} of {tried} changes survived")


def expect_collected(tree: Path, stages: Iterable[Sequence[Stage]], limit: float) -> None:
    """Exit with a sentence where a test file cannot be read: it would fail with every change."""
    tests = {path for each in stages for _, paths in each for path in paths}
    failure = first_failure(tree, sorted(tests), limit, "--collect-only")
    if failure is not None:
        sys.exit(f"{failure} cannot be collected without any change: mend it first")


def arguments() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutations",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", help="modules, or folders of modules")
    parser.add_argument("--seed", type=int, default=0, help="decides which changes are made")
    parser.add_argument("--count", type=int, default=20, help="how many changes are made")
    parser.add_argument("--limit", type=float, default=300, help="seconds that tests may take")
    parser.add_argument(
        "--all", action="store_true", help="try all tests of the package in the end"
    )
    return parser


if __name__ == "__main__":
    main()
