"""An error that nobody expected: one sentence and a number for the reader, all else for the log."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from app.figures import prediction
from app.words import hosting as words
from app.words.language import LANGUAGES, speaking
from tests.app.pages import texts, whole_app


def broken(*_: object, **__: object) -> str:
    raise RuntimeError("secret of the machine")


@pytest.mark.usefixtures("server_follows")
def test_a_broken_part_leaves_the_page_standing(monkeypatch, caplog) -> None:
    monkeypatch.setattr(prediction, "most_probable", broken)
    page = whole_app()
    page.query_params["details"] = "prediction"
    page.run()
    shown = texts(page)
    [number] = re.findall(r"incident ([0-9a-f]{8})", shown)
    assert "headline" in shown, "the rest is there"
    assert 'class="foot"' in shown, "so is what follows"
    assert "secret" not in shown
    assert "Traceback" not in shown
    assert not page.exception
    [logged] = [record for record in caplog.records if record.name == "gatescope"]
    assert number in logged.getMessage()
    assert "secret of the machine" in caplog.text


def test_a_page_that_fails_says_so_in_place_of_a_traceback(caplog) -> None:
    script = "from app.incidents import on_script_error\n"
    script += "assert on_script_error(RuntimeError('secret of the machine')) is True"
    page = AppTest.from_string(script).run()
    assert not page.exception
    [number] = re.findall(r"incident ([0-9a-f]{8})", texts(page))
    assert "secret" not in texts(page)
    assert number in caplog.text


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_said_of_an_incident_has_its_number(code: str) -> None:
    with speaking(code):
        assert "ab12" in words.part_failed("ab12")
        assert "ab12" in words.page_failed("ab12")
