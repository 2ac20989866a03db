"""A scene: one trace and the strip above it, packed for the browser."""

from __future__ import annotations

from lstm_core.record import Array, record
from lstm_core.trace import Trace


@record
class SymbolStrip:
    """The sequence as symbols, with what the network expects to follow each.

    tokens: one text per timestep (T). predicted: a short text per timestep, such as "TP" for
    "T or P may follow"; () where the network predicts nothing. correct (T,): 1 right, 0 wrong,
    -1 unknown; None where nobody knows. Texts are data: the page never reads them as markup.
    """

    tokens: tuple[str, ...]
    predicted: tuple[str, ...] = ()
    correct: Array | None = None
    tokens_title: str = "reads"
    predicted_title: str = "may follow"


@record
class NumberStrip:
    """The sequence as numbers, drawn as small lines, with the prediction against the truth.

    values (T, D) are what the network read, in the user's own units, a name in `columns` each.
    predicted (T,) and truth (T,) are drawn in one chart where they are given; NaN leaves a gap
    (a task that asks only at its last timestep has one number and NaN before). `unit` stands
    behind the numbers, such as "sunspots".
    """

    columns: tuple[str, ...]
    values: Array
    predicted: Array | None = None
    truth: Array | None = None
    unit: str = ""
    predicted_title: str = "predicted"
    truth_title: str = "truth"


Strip = SymbolStrip | NumberStrip


@record
class Scene:
    """Everything the stage needs to play one trace; immutable, made by `build_scene`.

    `id` is the hash of what it holds. `payload` is what the browser gets at once.
    """

    id: str
    payload: bytes
    trace: Trace
    strip: Strip


def build_scene(trace: Trace, strip: Strip, *, layer_note: str = "") -> Scene:
    """Pack the trace of one sequence, (T, ·) without batch axes, for the stage.

    `layer_note` says in a few words what is seen where there is a choice ("layer 2, backward").
    Raises ValueError for a batch, or where the strip is not as long as the trace.
    """
    raise NotImplementedError
