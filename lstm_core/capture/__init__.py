"""Capture: what the recurrent layers of a model read and answer, in the process where it lives.

    from lstm_core.capture import capture

    with capture(model) as run:  # a torch nn.Module or a Keras model
        model(batch)
    run.save("run.gatescope.npz")

`recording.py` writes the archive, `torch_hooks.py` and `keras_hooks.py` listen to one framework
each, and need nothing else of Gatescope: `snippet()` is their text, for a process in which
Gatescope is not installed. `lstm_core.formats` opens the archive like any other model file.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from .recording import LIMIT, Recorder

__all__ = ["LIMIT", "Recorder", "capture", "snippet"]

FRAMEWORKS = {"keras": "KerasRecorder", "torch": "TorchRecorder"}
"""For each framework its recorder. Keras first: on its torch backend a model is both."""

_IMPORTED_HERE = "from .recording import "


def capture(model: Any, limit: int = LIMIT) -> Recorder:
    """Return a context in which every call of the model's recurrent layers is recorded.

    `model` is a torch nn.Module or a Keras model or layer. Every nn.LSTM, nn.GRU, nn.RNN and their
    cells in it are listened to, or every LSTM, GRU, SimpleRNN, RNN and cell of Keras. What is kept
    are copies, at most `limit` bytes of them: calls beyond that are counted and left out. Nothing
    of the model is changed, and nothing stays on it, whatever happens inside.

    Raises TypeError for what is no model of either, and ValueError where no layer of it is
    recurrent.
    """
    for name, recorder in FRAMEWORKS.items():
        # A model of a framework that nobody has imported there is not.
        if name in sys.modules and _is_model(model, name):
            made: Recorder = getattr(_hooks(name), recorder)(model, limit)
            return made
    raise TypeError(
        f"model is {type(model).__name__}: expected a torch.nn.Module or a keras.Model."
    )


def snippet(framework: str) -> str:
    """Return Python text that records without Gatescope: "torch" or "keras" and NumPy alone.

    It is the text of `recording.py` and of the hooks, with an example below.
    """
    folder = Path(__file__).parent
    shared, hooks = (
        (folder / name).read_text(encoding="utf-8")
        for name in ("recording.py", f"{framework}_hooks.py")
    )
    lines = [
        line
        for line in hooks.splitlines()
        if not line.startswith((_IMPORTED_HERE, "from __future__ "))
    ]
    example = (
        f"\n\nwith {FRAMEWORKS[framework]}(model) as run:  # your model\n"
        "    model(batch)  # any forward pass\n"
        'run.save("run.gatescope.npz")\n'
    )
    return shared + "\n\n" + "\n".join(lines).strip() + example


def _is_model(model: Any, framework: str) -> bool:
    module = sys.modules[framework]
    kind = module.nn.Module if framework == "torch" else module.layers.Layer
    return isinstance(model, kind)


def _hooks(framework: str) -> Any:
    return import_module(f"{__package__}.{framework}_hooks")
