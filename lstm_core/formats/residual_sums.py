"""Residual sums around layers, where a file of weights cannot say whether there are any: asked.

A layer that gives as many numbers as it reads may be wrapped in code that adds the two:

    none             what a layer gives is handed on as it is
    lstm2            what lstm2 reads is added to what it gives: h + x
    lstm1 + lstm2    each of the two is wrapped so
    lstm1 … lstm2    what lstm1 reads is added to what lstm2 gives, past both

Nothing is asked where the sum changes no number that is shown: behind a last layer that nothing
reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Layer, Model
from ..model.findings import Assumption
from ..record import record
from .errors import ModelFileError, shown

NONE, PLUS, PAST = "none", " + ", " … "
MOST_NAMED = 6  # blocks that are offered by themselves
MOST_PASSED = 3  # blocks of which every run is offered


@record
class Block:
    """Layers that the file keeps as one module, by its name: from `first` to `last`."""

    name: str
    first: int
    last: int


@record
class _Sum:
    spelling: str
    first: int  # the layer whose input is added
    last: int  # the layer to whose outputs it is added


def with_residual_sums(
    model: Model, blocks: Sequence[Block], asked: str | None, silent: str
) -> Model:
    """Return a model with the sums that were asked for, and with the question about them.

    `blocks` are the model's layers in order, and `silent` begins the reason: what does not say.
    Where no sum is possible, or none matters, the model is returned as it is. Raises
    ModelFileError for a sum that the model does not allow.
    """
    sums = [one for one in _sums(model, blocks) if _fits(model.layers, one)]
    possible = [one for one in sums if _matters(model, one.last)]
    if not possible or model.findings is None:
        if asked not in (None, NONE):
            raise ModelFileError(_refused(asked, sums))
        return model
    chosen = _chosen(asked, possible)
    question = Assumption(
        value=PLUS.join(one.spelling for one in chosen) or NONE,
        reason=f"{silent} whether what a layer reads is added to what it gives (a residual "
        "connection); the sizes allow it.",
        keyword="residual",
        choices=_choices(possible, chosen),
    )
    steps = {one.last: one.last - one.first + 1 for one in chosen}
    layers = tuple(
        replace(layer, residual=steps[k]) if k in steps else layer
        for k, layer in enumerate(model.layers)
    )
    findings = model.findings
    asking = replace(findings, assumptions=(*findings.assumptions, question))
    return replace(model, layers=layers, findings=asking)


def _sums(model: Model, blocks: Sequence[Block]) -> Iterator[_Sum]:
    """Yield every sum from one block to the same or a later one of its chain, the short first."""
    ordered = sorted(blocks, key=lambda block: block.first)
    for further in range(len(ordered)):
        for low, high in zip(ordered, ordered[further:], strict=False):
            if all(layer.follows for layer in model.layers[low.first + 1 : high.last + 1]):
                spelling = low.name if low is high else f"{low.name}{PAST}{high.name}"
                yield _Sum(spelling=spelling, first=low.first, last=high.last)


def _fits(layers: Sequence[Layer], one: _Sum) -> bool:
    in_order = not any(layer.running_order for layer in layers[one.first : one.last + 1])
    return in_order and layers[one.first].input_size == layers[one.last].output_size


def _matters(model: Model, last: int) -> bool:
    """Whether another layer, or a readout, reads what a layer hands on."""
    if last + 1 < len(model.layers):
        read_out = any(k == last for k, _ in model.chain_readouts)
        return model.layers[last + 1].follows or read_out
    return model.readout is not None


def _chosen(asked: str | None, possible: Sequence[_Sum]) -> list[_Sum]:
    """The sums that an answer names, each behind a layer of its own."""
    if asked in (None, NONE):
        return []
    by_spelling = {one.spelling: one for one in possible}
    named = [asked] if asked in by_spelling else asked.split(PLUS)
    chosen = [by_spelling[one] for one in named if one in by_spelling]
    if len(chosen) < len(named) or len({one.last for one in chosen}) < len(chosen):
        raise ModelFileError(_refused(asked, possible))
    return chosen


def _refused(asked: str, possible: Sequence[_Sum]) -> str:
    named = ", ".join(shown(one.spelling) for one in possible[:MOST_NAMED])
    others = f", or one of {named}, several with {shown(PLUS)} between them" if named else ""
    return f"The residual sum {shown(asked)} cannot be made: expected {shown(NONE)}{others}."


def _choices(possible: Sequence[_Sum], chosen: Sequence[_Sum]) -> tuple[str, ...]:
    alone = [one.spelling for one in possible if PAST not in one.spelling]
    past = [one.spelling for one in possible if PAST in one.spelling]
    every = [PLUS.join(alone)] if len(alone) > 1 else []
    value = PLUS.join(one.spelling for one in chosen) or NONE
    few = past if len(past) <= MOST_PASSED else []
    return tuple(dict.fromkeys((NONE, *every, *alone[:MOST_NAMED], *few, value)))
