"""A demo: a trained model, examples worth watching, and its birth certificate.

A folder holds `weights.npz` (the model), `demo.json` (the certificate) and `make.py` (how both
were made). The folder's name is the demo's name, in links too. In `twins/` stand other networks
for the same task, each as NAME.npz and NAME.json: trained with equal care, and as large.
"""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from .formats import npz
from .model import Model
from .record import record
from .sequence import number_sequence, symbol_sequence
from .subject import Example, Subject
from .tasks import ground_truth

TWINS = {
    "rnn_same_size": "size",
    "rnn_same_count": "count",
    "gru_same_size": "size",
    "gru_same_count": "count",
}
"""The twins that a demo may have, and in what they are like it.

"size": the same hidden size. "count": as many trained numbers, to the nearest whole unit.
"""


@record
class Provenance:
    """Where a demo's weights come from, and what they were measured to do.

    `reached` are the numbers that `make.py` measured under `criterion`; a test recomputes every
    one of them. `published` is the number in the literature that they stand beside.
    """

    task: str
    made_by: str  # the command
    seed: int
    training: str  # what it was trained on and how, as a text
    versions: dict[str, str]
    date: str
    licence: str
    sha256: str  # of weights.npz
    criterion: str
    published: str
    reached: dict[str, float]


@record
class Demo(Subject):
    """One demo, ready to run, with what it shows and where it comes from."""

    summary: str
    provenance: Provenance


def list_demos(root: Path) -> tuple[str, ...]:
    """Return the names of the demos in the folder `root`, in teaching order."""
    orders = {
        certificate.parent.name: json.loads(certificate.read_text(encoding="utf-8"))["order"]
        for certificate in root.glob("*/demo.json")
    }
    return tuple(sorted(orders, key=lambda name: (orders[name], name)))


def sound_demos(root: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the names of the demos in `root` that load, in teaching order.

    With them comes, for each other folder that has a certificate, the reason why it does not: one
    damaged demo is no reason to be without the rest.
    """
    orders: dict[str, int] = {}
    problems: dict[str, str] = {}
    for certificate in root.glob("*/demo.json"):
        name = certificate.parent.name
        try:
            load_demo(certificate.parent)
            orders[name] = int(json.loads(certificate.read_text(encoding="utf-8"))["order"])
        except Exception as error:  # a damaged file may raise anything
            problems[name] = f"{type(error).__name__}: {error}"
    return tuple(sorted(orders, key=lambda name: (orders[name], name))), problems


def load_demo(folder: Path) -> Demo:
    """Return the demo in `folder`.

    Raises ValueError where its certificate is not complete, and where the weights are not
    those that it certifies.
    """
    certificate = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    try:
        provenance, model = _certified(certificate, folder / "weights.npz", folder.name)
        return Demo(
            name=folder.name,
            model=model,
            examples=tuple(_example(given, model) for given in certificate["sequences"]),
            provenance=provenance,
            truth=ground_truth(provenance.task, folder),
            **{name: certificate[name] for name in _FACTS},
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"demo.json of {folder.name} is not complete: {error}") from error


_FACTS = ("title", "question", "summary", "max_timesteps")


def list_twins(folder: Path) -> tuple[str, ...]:
    """Return the names of the twins of the demo in `folder`, in the order of `TWINS`."""
    there = {file.stem for file in (folder / "twins").glob("*.json")}
    return tuple(name for name in TWINS if name in there)


def sound_twins(folder: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the names of the twins of a demo that load, and why each other one does not."""
    names, problems = [], {}
    for name in list_twins(folder):
        try:
            load_twin(folder, name)
            names.append(name)
        except Exception as error:  # as above
            problems[f"{folder.name}/{name}"] = f"{type(error).__name__}: {error}"
    return tuple(names), problems


def load_twin(folder: Path, name: str) -> Demo:
    """Return the demo in `folder` with another network in it, certified as its own.

    Everything that the task says is the demo's: question, sequences, what is right. The result
    is called "demo/name". Raises ValueError as `load_demo` does, and for an unknown name.
    """
    if name not in TWINS:
        raise ValueError(f"twin is {name!r}: expected one of {', '.join(TWINS)}")
    of, file = load_demo(folder), folder / "twins" / f"{name}.json"
    called = f"{folder.name}/{name}"
    certificate = json.loads(file.read_text(encoding="utf-8"))
    try:
        provenance, model = _certified(certificate, file.with_suffix(".npz"), called)
        if certificate["alike"] != TWINS[name]:
            raise ValueError(
                f"alike is {certificate['alike']!r} in {called}: expected {TWINS[name]!r}"
            )
        title = certificate["title"]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{file.name} of {folder.name} is not complete: {error}") from error
    return replace(of, name=called, title=title, model=model, provenance=provenance)


def _certified(certificate: dict[str, Any], file: Path, name: str) -> tuple[Provenance, Model]:
    """The provenance in a certificate, and the weights; ValueError where they are others."""
    provenance = Provenance(**certificate["provenance"])
    weights = file.read_bytes()
    digest = hashlib.sha256(weights).hexdigest()
    if digest != provenance.sha256:
        raise ValueError(f"{file.name} of {name} has sha256 {digest}: expected {provenance.sha256}")
    return provenance, npz.load(weights)


def _example(given: dict[str, Any], model: Model) -> Example:
    """The example in a certificate, where symbols are one string and numbers are rows."""
    name, spelled = given["name"], given["sequence"]
    if isinstance(spelled, str):
        alphabet = model.encoder.alphabet if model.encoder else ()
        sequence = symbol_sequence(spelled, alphabet, name=name)
    else:
        columns = model.encoder.columns if model.encoder else ()
        sequence = number_sequence(np.array(spelled, np.float64), columns, name=name)
    return Example(sequence=sequence, note=given["note"])


def save_demo(folder: Path, model: Model, certificate: dict[str, Any]) -> None:
    """Write `weights.npz` and `demo.json`.

    `certificate` has what `load_demo` reads; the checksum and the versions are added.
    """
    made_by = f"python -m assets.demos.{folder.name}.make --write"
    _save(folder / "weights.npz", folder / "demo.json", model, certificate, {"made_by": made_by})


def save_twin(folder: Path, name: str, model: Model, certificate: dict[str, Any]) -> None:
    """Write twins/NAME.npz and twins/NAME.json of the demo in `folder`.

    `certificate` has "title" and "provenance"; the checksum and the versions are added. Raises
    ValueError for an unknown name.
    """
    if name not in TWINS:
        raise ValueError(f"twin is {name!r}: expected one of {', '.join(TWINS)}")
    file = folder / "twins" / f"{name}.npz"
    file.parent.mkdir(exist_ok=True)
    content = {"title": certificate["title"], "alike": TWINS[name], **certificate}
    _save(file, file.with_suffix(".json"), model, content, {})


def _save(
    weights: Path, file: Path, model: Model, certificate: dict[str, Any], origin: dict[str, str]
) -> None:
    """Write a model and its certificate, with origin, checksum and versions in its provenance."""
    content = npz.to_bytes(model)
    weights.write_bytes(content)
    added = {
        **origin,
        "sha256": hashlib.sha256(content).hexdigest(),
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
    }
    certified = certificate | {"provenance": added | certificate["provenance"]}
    file.write_text(_spelled(certified) + "\n", encoding="utf-8")


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
