"""Change the code in small ways, one at a time, and list the changes that no test notices.

    python -m tests.mutations --seed 1 --count 20 lstm_core/training app/inputs/uploads.py

What is changed, and how, the seed decides; see `docs/mutations.md` for what was found.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time

from .trials import ROOT, chosen, copied_tree, modules, noticed, stages_of


def main() -> None:
    """Print a line for each change: which tests noticed it, or that it survived."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # cleans up on its way out
    asked = arguments().parse_args()
    sources = {m: (ROOT / m).read_text(encoding="utf-8") for m in modules(asked.paths)}
    tried = survived = 0
    with copied_tree() as tree:
        for module, change in chosen(sources, asked.count, asked.seed):
            began = time.monotonic()
            source, stages = change.applied(sources[module]), stages_of(module, asked.all)
            by = noticed(tree, module, source, stages, asked.limit)
            tried, survived = tried + 1, survived + (by is None)
            stage, test = by or ("SURVIVED", "")
            seconds = time.monotonic() - began
            print(
                f"{stage:8}{seconds:5.0f} s  {module}:{change.line}  {change}  {test}", flush=True
            )
    print(f"{survived} of {tried} changes survived")


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
