"""The browser knows each setting of the stage from Python's table, and from nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from playwright.sync_api import Page, expect

from app.components.shared.settings import table
from app.components.stage import StageSettings
from tests.app.another_setting import copy_with_another_setting

from .stage_page import hears, stage_server


@pytest.fixture(scope="module")
def another_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with nothing but the stage, which has the setting `another`."""
    folder = copy_with_another_setting(tmp_path_factory.mktemp("another"))
    with stage_server(folder / "log.txt", folder) as url:
        yield url


@pytest.mark.parametrize("query", ["", "group=lstm-8,gru-5&"])
@pytest.mark.parametrize(("address", "value"), [("", "plain"), ("another=fancy&", "fancy")])
def test_a_setting_added_to_the_table_is_followed_and_reported_by_the_browser(
    page: Page, another_url: str, query: str, address: str, value: str
):
    page.goto(f"{another_url}/?{query}{address}t=3")
    expect(page.locator("[data-timestep='3']").first).to_be_visible(timeout=60_000)
    page.locator("[data-timestep]").first.focus()
    page.keyboard.press("ArrowRight")
    hears(page, t=4, another=value)


def test_the_lists_offer_every_choice_of_the_table_and_no_other(shown):
    page = shown()
    for name in ("order", "scale"):
        options = page.locator(f"select.{name} option").evaluate_all("all => all.map(o => o.value)")
        assert tuple(options) == get_args(table(StageSettings)[name].type)
