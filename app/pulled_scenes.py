"""The stage's own request: the scene of the run with a gate pulled, in answer to one GET.

    pulled-run?base=…&whatif=…&signal=forget_gate&unit=3&first=20&last=20&t=20&value=0.1

Through the page the same scene takes two runs of the script, and the browser renders the page
after each. It is the very scene that the page shows afterwards, from the same store, so that
nothing is drawn twice. Where the answer is 404 the page alone changes the run.
"""

from __future__ import annotations

from .server.asgi import Server
from .server.own_requests import with_answers
from .session.pulled_runs import pulled_run
from .session.scenes import scene
from .words.language import ENGLISH, LANGUAGES, speaking

PATH = "pulled-run"


def with_pulled_scenes(server: Server) -> Server:
    """Return a server (ASGI) that answers the stage's requests for changed runs too."""
    return with_answers(server, PATH, pulled_scene)


def pulled_scene(asked: dict[str, str]) -> bytes | None:
    """Return the packed scene that is asked for, in its language; None where there is none."""
    opened = pulled_run(asked)
    if opened is None:
        return None
    code = asked.get("language", "")
    with speaking(code if code in LANGUAGES else ENGLISH.code):
        return scene(opened, pulls=True).payload
