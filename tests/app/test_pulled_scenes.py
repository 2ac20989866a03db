"""The stage's own request for a changed run: the scene of the page, ahead of it."""

from __future__ import annotations

from typing import Any

import pytest

from app.container import unpack
from app.pulled_scenes import with_pulled_scenes
from app.session.opened_view import open_view
from app.session.scenes import scene
from app.session.view import View
from app.session.what_if import read_changes

from .test_document import run

ELSE = b"the server's own answer"
PULL = "signal=forget_gate&unit=0&first=12&last=12&t=12&value=0.25"


def answer(query: str, path: str = "/pulled-run", method: str = "GET") -> tuple[Any, bytes]:
    """The status and the body of what is sent where this is asked for."""
    sent: list[dict[str, Any]] = []

    async def server(scope, receive, send) -> None:
        await send({"body": ELSE})

    async def send(message) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "method": method, "query_string": query.encode()}
    run(with_pulled_scenes(server)(scope, None, send))
    return sent[0].get("status"), sent[-1]["body"]


def shown(changes: str = "") -> Any:
    return scene(open_view(View(t=12, unit=0, changes=read_changes(changes))), pulls=True)


def base() -> str:
    header, _ = unpack(shown().payload)
    return str(header["changed"]["base"])


def test_the_scene_is_the_one_that_the_page_shows_afterwards():
    status, body = answer(f"base={base()}&{PULL}")
    assert (status, body) == (200, shown("forget_gate:0.25:0:12-12").payload)


def test_a_second_pull_comes_upon_the_changes_that_the_scene_says_are_on():
    header, _ = unpack(shown("input_gate:0:0:3-3").payload)
    assert header["changed"]["base"] == base()
    spelled = header["changed"]["spelled"]
    _, body = answer(f"base={base()}&whatif={spelled}&{PULL}")
    assert body == shown("input_gate:0:0:3-3;forget_gate:0.25:0:12-12").payload
    let_go = PULL.replace("forget_gate", "input_gate").replace("12", "3").replace("0.25", "")
    assert answer(f"base={base()}&whatif={spelled}&{let_go}")[1] == shown().payload


@pytest.mark.parametrize("query", ["", f"base=nobody&{PULL}", "base={base}", "base={base}&t=x"])
def test_what_is_not_kept_or_makes_no_sense_is_left_to_the_page(query: str):
    assert answer(query.format(base=base())) == (404, b"")


@pytest.mark.parametrize(("path", "method"), [("/", "GET"), ("/pulled-run", "POST")])
def test_everything_else_is_the_server_s(path: str, method: str):
    assert answer(PULL, path, method)[1] == ELSE
