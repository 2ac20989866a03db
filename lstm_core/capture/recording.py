"""What recurrent layers read and answered, kept and written as one NumPy archive.

    "gatescope.capture"      JSON: the framework, versions, what was left out, and of each module
                             its name, class, settings, and how many sequences each call had
    "0.weights.weight_ih_l0" the weights of module 0, by the framework's own names
    "0.lengths" (R,)         how long each of the R sequences of all calls is
    "0.inputs" (N, D)        what was read: N = ΣR timesteps, one row each
    "0.start_hidden" (R, S, P), "0.start_cell" (R, S, H)    what each sequence began with
    "0.outputs" (N, O), "0.final_hidden" (R, S, P), "0.final_cell" (R, S, H)    what was answered

S is layers times directions. Rows stand call by call, sequence by sequence, in the sequence's own
order of time. What a framework did not answer is not there.
"""

from __future__ import annotations

import json
import platform
from collections import Counter
from typing import Any

import numpy as np

LIMIT = 512 * 2**20  # bytes that are kept, of all calls together
NOT_CALLED = (
    "none of its recurrent layers was called (a compiled model calls none: record the one that was "
    "compiled)"
)


class Recorder:
    """A context in which the calls of recurrent layers are recorded.

    A framework's own recorder says how to listen (`_attach`), how to stop (`_detach`), and how what
    it kept of a call is spelled in NumPy (`_arrays`).
    """

    framework = ""
    versions: dict[str, str]

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit, self.held = limit, 0
        self.modules: list[dict[str, Any]] = []
        self.calls: list[list[Any]] = []  # of each module
        self.left_out: Counter[str] = Counter()  # how many calls, by the reason

    def __enter__(self) -> Recorder:
        try:
            self._attach()
        except BaseException:
            self._detach()
            raise
        return self

    def __exit__(self, *failure: object) -> None:
        self._detach()

    def save(self, path: Any) -> None:
        """Write the archive to a path or an open binary file.

        Raises ValueError where nothing was recorded.
        """
        if not any(self.calls):
            reasons = ", ".join(self.left_out) or NOT_CALLED
            raise ValueError(f"Nothing of the model was recorded: {reasons}.")
        arrays = self._archive()
        if hasattr(path, "write"):
            np.savez(path, **arrays)
        else:
            with open(path, "wb") as file:
                np.savez(file, **arrays)

    def _archive(self) -> dict[str, Any]:
        """Every array of the file by its name."""
        arrays: dict[str, Any] = {}
        described = []
        for k, (module, calls) in enumerate(zip(self.modules, self.calls, strict=True)):
            if not calls:
                continue
            spelled = [self._arrays(module, call) for call in calls]
            names = [name for name in spelled[0] if all(name in call for call in spelled)]
            joined = {name: np.concatenate([call[name] for call in spelled]) for name in names}
            weights = {f"weights.{name}": array for name, array in module["weights"].items()}
            arrays |= {f"{k}.{name}": array for name, array in {**weights, **joined}.items()}
            about = {name: module[name] for name in ("name", "class", "settings")}
            sequences = [len(call["lengths"]) for call in spelled]
            described.append({**about, "number": k, "sequences": sequences})
        about = {
            "version": 1,
            "framework": self.framework,
            "versions": {
                **self.versions,
                "numpy": np.__version__,
                "python": platform.python_version(),
            },
            "modules": described,
            "left_out": self.left_out,
        }
        return {"gatescope.capture": np.array(json.dumps(about, default=str)), **arrays}

    def _keep(self, number: int, call: Any, size: int) -> None:
        """Keep what was copied of a call."""
        self.calls[number].append(call)
        self.held += size

    def _has_room(self, size: int) -> bool:
        """Whether a call of so many bytes is kept; one that is not is counted."""
        if self.held + size <= self.limit:
            return True
        self.left_out[f"the memory was full ({self.limit >> 20:,} MB)"] += 1
        return False

    def _attach(self) -> None:
        raise NotImplementedError

    def _detach(self) -> None:
        raise NotImplementedError

    def _arrays(self, module: dict[str, Any], call: Any) -> dict[str, Any]:
        raise NotImplementedError
