"""The stage's own request for details of a long run: what the courier would bring, and no more."""

from __future__ import annotations

import gc
import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.components.stage import Scene, StageSettings, asked_details, component, stage
from app.components.stage.scene import cut_details
from app.run_details import run_details, with_run_details

from .components.stage.scenes import make_lstm, make_scene
from .test_document import run

ELSE = b"the server's own answer"


def show(scene: Scene) -> None:
    """Run a page that shows this scene, as Streamlit does."""

    def page(scene, shown, settings) -> None:
        shown(scene, settings)

    AppTest.from_function(page, args=(scene, stage, StageSettings())).run()


@pytest.fixture(scope="module")
def shown() -> Scene:
    scene = make_scene(make_lstm(), 1300)
    show(scene)
    return scene


def request(scene_id: str, **more: Any) -> dict[str, Any]:
    asked = {"id": scene_id, "view": [100, 800], "exact": [5, 40], "signals": ["cell_state"]}
    return {**asked, "bars": None, **more}


def answer(asked: Any, path: str = "/run-details") -> tuple[Any, bytes]:
    """The status and the body of what is sent where this is asked for."""
    sent: list[dict[str, Any]] = []

    async def server(scope, receive, send) -> None:
        await send({"body": ELSE})

    async def send(message) -> None:
        sent.append(message)

    query = f"asked={json.dumps(asked)}".encode()
    scope = {"type": "http", "path": path, "method": "GET", "query_string": query}
    run(with_run_details(server)(scope, None, send))
    return sent[0].get("status"), sent[-1]["body"]


def test_it_is_what_is_cut_from_the_scene_that_is_shown(shown: Scene):
    bars = {"t": 1200, "unit": 2, "window": [100, 1250]}
    status, body = answer(request(shown.id, bars=bars))
    assert status == 200
    assert body == cut_details(shown, (100, 800), (5, 40), {}, ["cell_state"], bars)
    _, view = answer(request(shown.id, exact=None))
    assert view == cut_details(shown, (100, 800), None, {}, ["cell_state"])


def test_any_timesteps_units_and_signals_are_brought_into_the_run(shown: Scene):
    far = 10**30
    bars = {"t": far, "unit": far, "window": [far, -far]}
    windows = {"view": [-far, far], "exact": [far, far], "signals": ["no such"], "bars": bars}
    assert answer(request(shown.id, **windows))[0] == 200


@pytest.mark.parametrize(
    "change",
    [
        {"id": "of nothing that is shown"},
        {"id": 5},
        {"id": ["x"]},
        {"view": [1.5, 20]},
        {"view": [1, 2, 3]},
        {"view": "ab"},
        {"exact": [True, 2]},
        {"exact": {"0": 1}},
        {"signals": None},
        {"signals": [1]},
        {"bars": 7},
        {"bars": {"t": 1, "unit": 0}},
        {"bars": {"t": "1", "unit": 0, "window": [0, 1]}},
        {"bars": {"t": 1, "unit": 0, "window": None}},
    ],
)
def test_what_is_not_shown_or_makes_no_sense_is_left_to_the_page(shown: Scene, change):
    assert answer({**request(shown.id), **change}) == (404, b"")


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "NaN", "{}", "[" * 3000])
def test_what_is_no_request_is_left_to_the_page(text: str):
    assert run_details({"asked": text}) is None


def test_a_scene_that_nobody_holds_any_more_is_not_held_for_requests():
    scene = make_scene(make_lstm(seed=3), 1300)
    component._mounted[scene.id] = scene  # as a page does; the test's own page would hold it
    asked = request(scene.id)
    assert asked_details(asked) is not None
    del scene
    gc.collect()
    assert asked_details(asked) is None


def test_everything_else_is_the_server_s(shown: Scene):
    assert answer(request(shown.id), "/")[1] == ELSE
