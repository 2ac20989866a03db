"""What a Keras file of weights lists around its recurrent layers and is not run, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model import Model
from ..answers import CAPTURE
from ..errors import shown
from .recognition import Pair
from .weights import Bundle


def interrupted(listed: list[Bundle], pairs: Sequence[Pair]) -> set[str]:
    """Return the owners of layers right before which the file lists arrays of something else."""
    recurrent = {b.owner for pair in pairs for b in (pair.forward, pair.backward) if b}
    owners = [bundle.owner for bundle in listed]
    first = owners.index(pairs[0].forward.owner)
    return {
        pair.forward.owner
        for pair in pairs[1:]
        if (at := owners.index(pair.forward.owner)) > first and owners[at - 1] not in recurrent
    }


def unread_notes(listed: list[Bundle], pairs: Sequence[Pair], model: Model) -> Iterator[str]:
    """Yield which layers before the first recurrent one are not run, and which behind the last."""
    first, last = pairs[0].forward, pairs[-1].backward or pairs[-1].forward
    before, behind = listed[: listed.index(first)], listed[listed.index(last) + 1 :]
    left = before[:-1] if model.encoder is not None else before
    if left:
        yield (
            f"Before {shown(first.owner)} the file lists {_named(left)}: not run here, where it "
            "reads its inputs. A capture in your own process records what it reads."
        )
    if behind and model.readout is None:
        yield (
            f"No predictions are shown: behind {shown(last.owner)} the file lists "
            f"{_named(behind)}, and does not record which reads which, nor an activation. "
            f"{CAPTURE}"
        )


def _named(bundles: list[Bundle]) -> str:
    more = f" and {len(bundles) - 4} more" if len(bundles) > 4 else ""
    return ", ".join(shown(bundle.owner) for bundle in bundles[:4]) + more
