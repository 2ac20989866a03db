"""A page as a reader uses it, without a browser: what tests of pages open, press and read."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from app.words import common as words

ROOT = Path(__file__).parents[2]
MOMENTS = count()  # each report of the browser has its own
PATIENCE = 60  # seconds


def whole_app() -> AppTest:
    """The app, which opens on Explore."""
    return _without_strangers(
        AppTest.from_file(str(ROOT / "app" / "main.py"), default_timeout=PATIENCE)
    )


def one_page(name: str, before: str = "") -> AppTest:
    """The page of `app.screens` that has this name, alone; `before` is run before it."""
    script = f"{before}\nfrom app.screens.{name} import page\npage.page()"
    return _without_strangers(AppTest.from_string(script, default_timeout=PATIENCE))


def _without_strangers(app: AppTest) -> AppTest:
    """The app with the components it has itself.

    Else every opening searches all installed packages for some, which takes five times as long
    as the page.
    """
    app._bidi_component_manager = BidiComponentManager()
    return app


def opened(app: AppTest, address: dict[str, str]) -> AppTest:
    """The page as this address opens it."""
    app.query_params.update(address)
    return ran(app.run())


def ran(app: AppTest) -> AppTest:
    """The page, which never shows an exception."""
    assert [exception.message for exception in app.exception] == []
    assert 'class="problem incident"' not in texts(app)
    return app


def texts(app: AppTest) -> str:
    """All the HTML on the page."""
    return "\n".join(element.proto.body for element in app.get("html"))


def component(app: AppTest, name: str) -> Any:
    """What the page sends to the one component of this name."""
    (found,) = [
        element.proto
        for element in app.get("bidi_component")
        if element.proto.component_name.endswith(name)
    ]
    return found


def link(app: AppTest) -> dict[str, str]:
    """The address that the page asks the browser to show."""
    query = json.loads(component(app, "gatescope_spell").json)["query"]
    return dict(parse_qsl(query, keep_blank_values=True))


def reported(app: AppTest, key: str, **report: object) -> AppTest:
    """The page after the stage of this key came to rest and reported where."""
    app.session_state[key] = {**report, "moment": next(MOMENTS)}
    return ran(app.run())


def button(app: AppTest, label: str) -> Any:
    """The one button of this label."""
    return _labelled(app.button, label)


def press(app: AppTest, label: str) -> AppTest:
    """The page after its button of this label was pressed."""
    return ran(button(app, label).click().run())


def press_key(app: AppTest, key: str) -> AppTest:
    """The page after its button of this key was pressed."""
    return ran(app.button(key=key).click().run())


def give_files(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """The page after sequences were given as files, which are shown before they are run."""
    (found,) = [w for w in app.file_uploader if w.label == words.UPLOAD_LABEL]
    found.set_value([(name, data, "application/octet-stream") for name, data in files])
    return ran(app.run())


def run_upload(app: AppTest) -> AppTest:
    """The page after what is shown of a file was run."""
    return press_key(app, "run-upload")


def picker(app: AppTest, label: str) -> Any:
    """The one list of this label."""
    return _labelled(app.selectbox, label)


def choose(app: AppTest, label: str, value: object) -> AppTest:
    """The page after this was chosen in the list of this label."""
    return ran(picker(app, label).select(value).run())


def group(app: AppTest, label: str) -> Any:
    """The one group of buttons of this label."""
    (found,) = [group for group in app.button_group if group.proto.label == label]
    return found


def choose_button(app: AppTest, label: str, value: object) -> AppTest:
    """The page after this was chosen in the group of this label."""
    return ran(group(app, label).set_value(value).run())


def give(app: AppTest, label: str, name: str, data: bytes) -> AppTest:
    """The page after a file was dropped into the uploader of this label."""
    uploader, file = _labelled(app.file_uploader, label), (name, data, "application/octet-stream")
    uploader.set_value([file] if uploader.proto.multiple_files else file)
    return ran(app.run())


def _labelled(widgets: Any, label: str) -> Any:
    (found,) = [widget for widget in widgets if widget.label == label]
    return found
