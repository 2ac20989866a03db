"""Arrays without names, in the order of `model.get_weights()`: layers told by their shapes.

    np.savez("weights.npz", *model.get_weights())     arr_0, arr_1, ...

An LSTM is (D, 4H), (H, 4H), (4H,), a GRU (D, 3H), (H, 3H) and (3H,) or (2, 3H), a standard RNN
(D, H), (H, H), (H,), a dense layer (D, K), (K,), an embedding (V, E). What the shapes leave
open, whether two layers alike are two directions of one, is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...model import Model
from ...model.findings import Assumption
from ...record import Array, record
from ..door import Options
from ..errors import ModelFileError
from .arrays import model_of_keras_arrays

ROLES = {
    "recurrent": ("kernel", "recurrent_kernel", "bias"),
    "dense": ("kernel", "bias"),
    "embedding": ("embeddings",),
    "other": ("values",),
}
BLOCKS = {4: "lstm", 3: "gru", 1: "simple_rnn"}
STACKED, BIDIRECTIONAL, APART = "one after the other", "two directions of one", "apart"


@record
class Run:
    """Consecutive arrays that are one layer, or one direction of one."""

    kind: str  # "lstm", "gru", "simple_rnn", "dense", "embedding", "other"
    arrays: tuple[Array, ...]

    @property
    def recurrent(self) -> bool:
        """Whether it is a recurrent layer."""
        return self.kind in BLOCKS.values()

    @property
    def input_size(self) -> int:
        """D of its kernel."""
        return int(self.arrays[0].shape[0])

    @property
    def alike(self) -> tuple[object, ...]:
        """What two directions of one layer have in common."""
        return self.kind, *(array.shape for array in self.arrays)


def in_order(arrays: Mapping[str, Array]) -> list[Array] | None:
    """Return the arrays by their numbers; None where their names are no numbers from 0 on."""
    numbered = {}
    for name, array in arrays.items():
        match = re.fullmatch(r"(?:.*/)?(?:arr_|array_|weights?_)?(\d+)", name)
        if match is None:
            return None
        numbered[int(match[1])] = array
    if sorted(numbered) != list(range(len(arrays))) and sorted(numbered) != list(
        range(1, len(arrays) + 1)
    ):
        return None
    return [numbered[k] for k in sorted(numbered)]


def model_of_unnamed_arrays(arrays: list[Array], options: Options) -> Model:
    """Return the model whose weights these are, in Keras's order.

    Raises ModelFileError where no layer among them is recurrent, and for weights that are not
    finite.
    """
    runs = list(_runs(arrays))
    if not any(run.recurrent for run in runs):
        raise ModelFileError(_no_layer(arrays))
    pairs = _pairs(runs)
    chain = options.chain if options.chain in (STACKED, BIDIRECTIONAL, APART) else None
    together = {k for k in pairs if (chain or pairs[k]) == BIDIRECTIONAL}
    model = model_of_keras_arrays(_named(runs, together), options)
    assert model.findings is not None
    asked = [
        replace(_question(runs, k), value=chain or value)
        for k, value in pairs.items()
        if len(_choices(runs, k)) > 1
    ]
    findings = replace(
        model.findings,
        format="NumPy archive without names, in the order of Keras's get_weights",
        assumptions=(
            *asked[:1],
            *map(_settled, model.findings.assumptions),
        ),
    )
    return replace(model, findings=findings)


def _settled(assumption: Assumption) -> Assumption:
    """An assumption as it is, but for which layer reads which: that is asked here or certain."""
    return (
        replace(assumption, keyword="", choices=()) if assumption.keyword == "chain" else assumption
    )


def _runs(arrays: list[Array]) -> Iterator[Run]:
    """Cut the arrays into layers, from the first on, the longest that fits first."""
    left = list(arrays)
    while left:
        kind, count = _first(left)
        yield Run(kind=kind, arrays=tuple(left[:count]))
        left = left[count:]


def _first(left: list[Array]) -> tuple[str, int]:
    shapes = [array.shape for array in left[:3]]
    kind = _recurrent(shapes)
    if kind is not None:
        rows = shapes[1][1]
        biased = len(shapes) > 2 and shapes[2] in ((rows,), (2, rows), (2 * rows,))
        if biased or kind != "simple_rnn":  # two matrices alone may be anything
            return kind, 2 + biased
    if len(shapes) > 1 and len(shapes[0]) == 2 and shapes[1] == shapes[0][1:]:
        return "dense", 2
    if len(shapes) > 1 and len(shapes[0]) == 2 and len(shapes[1]) == 2:
        return ("embedding" if shapes[0][1] == shapes[1][0] else "other"), 1
    return "other", 1


def _recurrent(shapes: list[tuple[int, ...]]) -> str | None:
    """The kind of cell that two matrices are: blocks of H columns over H rows."""
    if len(shapes) < 2 or len(shapes[0]) != 2 or len(shapes[1]) != 2:
        return None
    rows, columns = shapes[1]
    if not rows or shapes[0][1] != columns or columns % rows:
        return None
    return BLOCKS.get(columns // rows)


def _pairs(runs: list[Run]) -> dict[int, str]:
    """By the first of two layers alike in a row: whether they stand one after the other.

    What reads them tells, by its own size: H where they are stacked, 2H where they are the two
    directions of one layer. Where the second cannot read the first, they are directions.
    """
    pairs: dict[int, str] = {}
    k = 0
    while k + 1 < len(runs):
        run, following = runs[k], runs[k + 1]
        if run.recurrent and run.alike == following.alike:
            hidden_size = int(run.arrays[1].shape[0])
            read = runs[k + 2].input_size if k + 2 < len(runs) else 0
            both = run.input_size != hidden_size or read == 2 * hidden_size
            pairs[k] = BIDIRECTIONAL if both else STACKED
            k += 2 if both else 1
        else:
            k += 1
    return pairs


def _choices(runs: list[Run], k: int) -> tuple[str, ...]:
    """What two layers alike may be, as far as the shapes say."""
    hidden_size = int(runs[k].arrays[1].shape[0])
    read = runs[k + 2].input_size if k + 2 < len(runs) else 0
    if runs[k].input_size != hidden_size:
        return BIDIRECTIONAL, APART
    known = {hidden_size: (STACKED,), 2 * hidden_size: (BIDIRECTIONAL,)}
    return known.get(read, (STACKED, BIDIRECTIONAL))


def _question(runs: list[Run], k: int) -> Assumption:
    return Assumption(
        value=STACKED,
        reason=f"Two {runs[k].kind} layers in a row have the same shapes, and arrays without names "
        "do not say whether the second is the other direction of the first.",
        keyword="chain",
        choices=_choices(runs, k),
    )


def _named(runs: list[Run], together: set[int]) -> dict[str, Array]:
    """The arrays under the names that Keras gives them."""
    named: dict[str, Array] = {}
    for k, run in enumerate(runs):
        owner = f"{run.kind}_{k}" if run.kind != "embedding" else f"embedding_{k}"
        if k in together:
            owner = f"bidirectional_{k}/forward_{run.kind}"
        elif k - 1 in together:
            owner = f"bidirectional_{k - 1}/backward_{run.kind}"
        roles = ROLES["recurrent"] if run.recurrent else ROLES[run.kind]
        for role, array in zip(roles, run.arrays, strict=False):
            named[f"{owner}/{role}"] = array
    return named


def _no_layer(arrays: list[Array]) -> str:
    shapes = ", ".join(str(array.shape) for array in arrays[:6]) or "none"
    more = f" and {len(arrays) - 6} more" if len(arrays) > 6 else ""
    return (
        f"The arrays have no names, and their shapes ({shapes}{more}) are those of no LSTM, GRU or "
        "standard RNN in Keras's order. Save all of a Keras model's weights, as in "
        'np.savez("weights.npz", *model.get_weights()), or a PyTorch model\'s with their names, '
        'np.savez("weights.npz", **{k: v.numpy() for k, v in model.state_dict().items()}).'
    )
