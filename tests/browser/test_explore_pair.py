"""Two runs side by side on Explore: stages that step together, and the stage above with them."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from app.session.beside import Beside
from app.session.opened_view import open_view
from app.session.pair_offers import offered_sequences, sequence_beside
from app.session.pairs import Pair, sequence_pair
from app.session.view import View, spell
from app.words import pair as words
from app.words import stage as stage_words
from lstm_core.analysis.alignment import difference_along

from .test_accessible import RUN, axe, ours
from .watch import Pages

__all__ = ["axe"]  # the fixture

TWENTY = View(
    demo="counter",
    details="pair",
    beside=Beside(kind="sequence", value="n = 20"),
    t=5,
    place=22,
    unit=3,
    veil=False,
)
SAID = stage_words.TABLE


def pair_of(view: View) -> Pair:
    opened = open_view(view)
    name = offered_sequences(opened)[view.beside]
    return sequence_pair(opened, sequence_beside(opened, view.beside), name)


def side_by_side(page: Page, app_url: str, view: View) -> Page:
    page.goto(f"{app_url}/?{urlencode(spell(view))}")
    expect(page.locator(".group")).to_be_visible(timeout=60_000)
    stands_at(page, view.place)
    return page


def members(page: Page) -> Locator:
    return page.locator(".member")


def above(page: Page) -> Locator:
    """The stage with the drawing."""
    return page.locator(".stage:not(.group)").first


def stands_at(page: Page, place: int, count: int = 3) -> None:
    expect(page.locator(f'.member[data-timestep="{place}"]')).to_have_count(count)


def test_both_runs_and_their_difference_step_together_through_what_one_does_not_read(
    page: Page, app_url: str
):
    shown = pair_of(TWENTY)
    side_by_side(page, app_url, TWENTY)
    a, b, difference = (members(page).nth(k) for k in range(3))
    expect(a.locator(".stands")).to_have_text(SAID["nothing_read"].format(t=5))
    expect(b.locator(".stands")).to_have_text(SAID["timestep"].format(t=22))
    values = difference_along(shown.first.trace, shown.second.trace, shown.alignment)
    now = difference.locator(".now-number[data-signal]")
    expect(now).to_have_text(f"{values[22, 3]:.3f}".replace("-", "−"))
    a.focus()
    page.keyboard.press("ArrowRight")
    stands_at(page, 23)
    expect(a.locator(".stands")).to_have_text(SAID["nothing_read"].format(t=5))
    expect(page).to_have_url(re.compile(r"t=5&.*place=23"))
    page.get_by_label("Timestep", exact=True).last.fill("36")
    stands_at(page, 36)
    expect(above(page)).to_have_attribute("data-timestep", "6")  # which A reads there
    page.keyboard.press("ArrowDown")
    expect(page.locator('.member[data-unit="4"]')).to_have_count(3)
    expect(above(page)).to_have_attribute("data-unit", "4")


def test_a_button_leads_to_where_the_runs_part_and_the_pair_is_in_the_history(
    page: Page, app_url: str
):
    part = pair_of(TWENTY).parting
    assert part is not None
    side_by_side(page, app_url, TWENTY)
    page.get_by_role("button", name=words.JUMP).click()
    stands_at(page, part.place)
    expect(page.locator(f'.member[data-unit="{part.unit}"]')).to_have_count(3)
    marked = page.locator(".member .event-label", has_text=words.part_here(part.unit))
    expect(marked).to_have_count(2)  # on A and on B
    expect(above(page)).to_have_attribute("data-timestep", str(part.first))
    page.get_by_role("combobox", name=words.HOW).click()
    page.get_by_role("option", name=words.HOWS["position"]).click()
    expect(page).to_have_url(re.compile("how=position"))
    expect(members(page).first.locator(".stands")).to_have_text(re.compile("timestep"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("how=position"))
    stands_at(page, part.place)


def test_the_pair_fits_a_phone_in_the_dark_and_axe_finds_nothing(
    pages: Pages, app_url: str, axe: str
):
    page = pages.open(width=390, dark=True, touch=True, reduced_motion=True)
    side_by_side(page, app_url, TWENTY)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    page.evaluate(axe)
    assert ours(page.evaluate(RUN)) == []
