"""What watched pages report: a watch that sees nothing would let every browser test pass."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from .watch import Pages, Windows


@pytest.fixture
def watched(browser: Browser) -> Iterator[Pages]:
    """Open pages whose faults do not fail the test."""
    pages = Pages(Windows(browser.new_context))
    yield pages
    pages.close()


def test_a_quiet_page_has_no_faults(watched: Pages) -> None:
    page = watched.open()
    page.set_content("<h1>Quiet</h1>")
    page.evaluate("console.log('only said')")
    assert watched.close() == []


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("console.error('broken')", "console error: broken"),
        ("setTimeout(() => { throw new Error('thrown') })", "uncaught: thrown"),
        ("fetch('http://example.org/x').catch(() => 0)", "leaves the machine: http://example.org"),
        ("new WebSocket('wss://example.org/y') && 0", "leaves the machine: wss://example.org"),
    ],
)
def test_errors_and_requests_that_leave_are_faults(watched: Pages, script: str, fault: str) -> None:
    page = watched.open()
    page.evaluate(script)
    page.wait_for_timeout(200)
    assert any(fault in found for found in watched.close())


def test_a_test_can_accept_the_fault_it_makes_on_purpose(watched: Pages) -> None:
    page = watched.open()
    watched.watch(page).accept("on purpose")
    page.evaluate("console.error('on purpose'); console.error('not')")
    page.wait_for_timeout(50)
    assert [fault.split(" (")[0] for fault in watched.close()] == ["console error: not"]


def test_a_page_is_as_large_dark_still_and_touchable_as_asked(watched: Pages) -> None:
    page = watched.open(width=390, height=844, dark=True, reduced_motion=True, touch=True)
    asked = ["(width: 390px)", "(prefers-color-scheme: dark)", "(prefers-reduced-motion)"]
    asked.append("(any-pointer: coarse)")
    assert page.evaluate("asked => asked.map(q => matchMedia(q).matches)", asked) == [True] * 4
