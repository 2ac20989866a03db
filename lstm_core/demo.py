"""A demo: a trained model, sequences worth watching, and its birth certificate.

A folder holds `weights.npz` (the model), `demo.json` (the certificate) and `make.py` (how both
were made). The folder's name is the demo's name, in links too.
"""

from __future__ import annotations

import hashlib
import json
import platform
from pathlib import Path
from typing import Any

import numpy as np

from .formats import npz
from .model import Model
from .record import Array, record
from .tasks import Asker, Targets, task


@record
class NamedSequence:
    """A sequence worth watching, and one sentence that says why."""

    name: str
    note: str
    sequence: Any  # str of symbols, or values (T, D)


@record
class Provenance:
    """Where a demo's weights come from, and what they were measured to do.

    `reached` are the numbers that `make.py` measured under `criterion`; a test recomputes every
    one of them. `published` is the number in the literature that they stand beside.
    """

    task: str
    made_by: str  # the command
    seed: int
    training: str  # what it was trained on and how, in words
    versions: dict[str, str]
    date: str
    licence: str
    sha256: str  # of weights.npz
    criterion: str
    published: str
    reached: dict[str, float]


@record
class Demo:
    """One demo, ready to run.

    `legal_threshold` is the probability above which a predicted symbol counts as one that may
    follow; None where numbers are predicted. `tolerance` is the error below which a predicted
    number counts as right; None where there is no such bound. `max_timesteps` is how long a
    sequence of the reader's own may be.
    """

    name: str
    title: str
    question: str
    summary: str
    model: Model
    sequences: tuple[NamedSequence, ...]
    provenance: Provenance
    task: Asker
    max_timesteps: int
    legal_threshold: float | None = None
    tolerance: float | None = None

    def random_sequence(self, seed: int) -> Any:
        """Return the sequence of this seed: a string of symbols, or values (T, D)."""
        return self.task.random_sequence(np.random.default_rng(seed))

    def targets(self, sequence: Any) -> Targets:
        """Return what is true at each timestep of `sequence`.

        Symbols: the set of those that may follow, empty where nothing may. Numbers: (T, K),
        NaN where nothing is asked or nobody knows.
        """
        return self.task.targets(sequence)

    def correct(self, sequence: Any, predictions: Array) -> Array:
        """Return at each timestep whether the prediction is right, (T,): 1, 0, or -1 unknown.

        Symbols are right where exactly those that may follow have p > `legal_threshold`;
        numbers where every error is below `tolerance`.
        """
        targets = self.targets(sequence)
        verdicts = np.full(len(predictions), -1, np.int8)
        if isinstance(targets, tuple):
            labels = self.model.readout.labels if self.model.readout else ()
            for t, legal in enumerate(targets):
                likely = zip(labels, predictions[t], strict=True)
                if legal:
                    verdicts[t] = legal == {s for s, p in likely if p > (self.legal_threshold or 0)}
            return verdicts
        if self.tolerance is not None:
            known = np.isfinite(targets).all(axis=-1)
            errors = np.abs(predictions - targets)[known]
            verdicts[known] = (errors < self.tolerance).all(axis=-1)
        return verdicts


def list_demos(root: Path) -> tuple[str, ...]:
    """Return the names of the demos in the folder `root`, in teaching order."""
    orders = {
        certificate.parent.name: json.loads(certificate.read_text(encoding="utf-8"))["order"]
        for certificate in root.glob("*/demo.json")
    }
    return tuple(sorted(orders, key=lambda name: (orders[name], name)))


def load_demo(folder: Path) -> Demo:
    """Return the demo in `folder`.

    Raises ValueError where its certificate is not complete, and where the weights are not
    those that it certifies.
    """
    words = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    weights = (folder / "weights.npz").read_bytes()
    digest = hashlib.sha256(weights).hexdigest()
    try:
        provenance = Provenance(**words["provenance"])
        if digest != provenance.sha256:
            raise ValueError(
                f"weights.npz of {folder.name} has sha256 {digest}: expected {provenance.sha256}"
            )
        return Demo(
            name=folder.name,
            model=npz.load(weights),
            sequences=tuple(_named(given) for given in words["sequences"]),
            provenance=provenance,
            task=task(provenance.task, folder),
            **{name: words[name] for name in _FACTS},
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"demo.json of {folder.name} is not complete: {error}") from error


_FACTS = ("title", "question", "summary", "max_timesteps", "legal_threshold", "tolerance")


def _named(given: dict[str, Any]) -> NamedSequence:
    """A sequence as the certificate spells it: symbols as one string, numbers as rows."""
    sequence = given["sequence"]
    if not isinstance(sequence, str):
        sequence = np.array(sequence, np.float64)
    return NamedSequence(name=given["name"], note=given["note"], sequence=sequence)


def save_demo(folder: Path, model: Model, words: dict[str, Any]) -> None:
    """Write `weights.npz` and `demo.json`; what can be looked up is added to the certificate.

    `words` has what `load_demo` reads, but for the checksum and the versions.
    """
    weights = npz.to_bytes(model)
    (folder / "weights.npz").write_bytes(weights)
    looked_up = {
        "made_by": f"python assets/demos/{folder.name}/make.py --write",
        "sha256": hashlib.sha256(weights).hexdigest(),
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
    }
    certificate = words | {"provenance": looked_up | words["provenance"]}
    (folder / "demo.json").write_text(_spelled(certificate) + "\n", encoding="utf-8")


def _spelled(value: Any, indent: str = "") -> str:
    """JSON that a person can read: a row of numbers is one line."""
    deeper = indent + "  "
    if isinstance(value, dict):
        rows = [f"{json.dumps(key)}: {_spelled(item, deeper)}" for key, item in value.items()]
    elif isinstance(value, list) and any(isinstance(item, list | dict) for item in value):
        rows = [_spelled(item, deeper) for item in value]
    else:
        return json.dumps(value, ensure_ascii=False)
    left, right = "{}" if isinstance(value, dict) else "[]"
    return f"{left}\n{deeper}" + f",\n{deeper}".join(rows) + f"\n{indent}{right}"
