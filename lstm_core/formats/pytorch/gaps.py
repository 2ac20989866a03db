"""Gaps in the numbers of a Sequential: modules without weights that a file of tensors omits.

`head = Sequential(ReLU(), Linear(5, 2))` is saved as `head.1.weight`. What stood at place 0 is
not in the file; a Dropout changes nothing, and an activation does.
"""

from __future__ import annotations

from ..errors import shown
from .scenery import Scenery
from .stages import HANDS_ON

MAX_PLACES = 200
MAX_NAMED = 4


def gap_before(above: str, below: str, scenery: Scenery) -> list[str]:
    """Say which numbers before the module `above` have no weights, from those of `below` on."""
    parent, _, number = above.rpartition(".")
    if not number.isdecimal() or int(number) > MAX_PLACES:
        return []
    prefix = f"{parent}." if parent else ""
    first = below.removeprefix(prefix).split(".")[0] if below.startswith(prefix) else ""
    start = int(first) + 1 if first.isdecimal() and len(first) < 5 else 0
    taken = {name.removeprefix(prefix).split(".")[0] for name in _under(prefix, scenery)}
    places = [k for k in range(start, int(number)) if str(k) not in taken]
    open_ones = [str(k) for k in places if not _hands_on(f"{prefix}{k}", scenery)]
    if not open_ones:
        return []
    more = f" and {len(open_ones) - MAX_NAMED} more" if len(open_ones) > MAX_NAMED else ""
    named = ", ".join(open_ones[:MAX_NAMED]) + more
    where = f"of {shown(parent)}" if parent else f"before {shown(above)}"
    have = f"Place {named} {where} has" if len(open_ones) == 1 else f"Places {named} {where} have"
    return [
        f"{have} no weights in the file: Dropout would change nothing there, but an activation "
        "would, and none is computed here."
    ]


def _under(prefix: str, scenery: Scenery) -> list[str]:
    return [name for name in scenery.places if name.startswith(prefix)]


def _hands_on(path: str, scenery: Scenery) -> bool:
    """Whether the file says that a module changes nothing."""
    record = scenery.modules.get(path)
    return record is not None and record.kind in HANDS_ON
