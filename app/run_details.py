"""The stage's own request: what it shows of a long run, finer, in answer to one GET.

    run-details?asked={"id":…,"view":[975,1225],"exact":null,"signals":["cell_state"],"bars":null}

It is what the courier would bring, cut from the same scene, without a run of the script. Where the
answer is 404 the courier is asked.
"""

from __future__ import annotations

import json
from typing import Any

from .components.stage import asked_details
from .server.asgi import Server
from .server.own_requests import with_answers

PATH = "run-details"


def with_run_details(server: Server) -> Server:
    """Return a server (ASGI) that answers the stage's requests for details of a run too."""
    return with_answers(server, PATH, run_details)


def run_details(asked: dict[str, str]) -> bytes | None:
    """Return the details that are asked for; None where no such scene is shown, or for nonsense."""
    request = _read(asked.get("asked", ""))
    return None if request is None else asked_details(request)


def _read(text: str) -> dict[str, Any] | None:
    """A request as the browser spells it; None for anything else."""
    try:
        request = json.loads(text)
        windows = [request[name] for name in ("view", "exact") if request[name] is not None]
        bars = request["bars"]
        if bars is not None:
            windows += [bars["window"], [bars["t"], bars["unit"]]]
        texts = [request["id"], *request["signals"]]
    except (ValueError, RecursionError, KeyError, TypeError):
        return None
    right = all(map(_is_pair, windows)) and all(isinstance(one, str) for one in texts)
    return dict(request) if right else None


def _is_pair(window: Any) -> bool:
    """Whether it is a list of two whole numbers."""
    return isinstance(window, list) and len(window) == 2 and all(type(at) is int for at in window)
