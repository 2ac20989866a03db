"""The server's settings: private, quiet and in the page's own colours."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from app import theme
from app.inputs.reference import MAX_MB
from app.session.model_files import MODEL_MB
from app.session.uploads import UPLOAD_MB

APP = Path(__file__).parents[2] / "app"
CONFIG = tomllib.loads((APP / ".streamlit" / "config.toml").read_text("utf-8"))


def test_nothing_is_told_to_anybody_and_only_this_machine_is_served():
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["server"]["address"] == "localhost"
    assert CONFIG["client"]["showErrorDetails"] == "none"


def test_garbage_is_not_collected_after_every_step():
    assert CONFIG["runner"]["postScriptGC"] is False


def test_the_server_refuses_what_the_page_refuses():
    assert CONFIG["server"]["maxUploadSize"] == MODEL_MB
    assert MAX_MB <= MODEL_MB
    assert UPLOAD_MB <= MODEL_MB


@pytest.mark.parametrize(("name", "dark"), [("light", False), ("dark", True)])
def test_the_page_has_the_colours_of_the_stage(name, dark):
    colours, set_ = theme.palette(dark), CONFIG["theme"][name]
    assert set_["backgroundColor"] == colours["page"]
    assert set_["secondaryBackgroundColor"] == colours["panel"]
    assert set_["textColor"] == colours["ink"]
    assert set_["borderColor"] == colours["line"]
    assert set_["primaryColor"] == theme.signal_colour("cell_state", dark)


def test_no_style_or_script_of_the_page_fetches_anything():
    for path in APP.rglob("*"):
        if path.suffix in (".css", ".js", ".svg", ".html"):
            text = path.read_text("utf-8").replace("http://www.w3.org/", "")
            assert "http:" not in text, path
            assert "https:" not in text, path
            imported = re.findall(r"@import\s*(\S+)", text) if path.suffix == ".css" else []
            assert all(re.fullmatch(r'"\.\.?/[\w./]+\.css";', name) for name in imported), path
