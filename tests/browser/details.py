"""The details below a stage, which follow it while they are in sight."""

from __future__ import annotations

from playwright.sync_api import Page, expect

SAY = """text => {
  document.querySelector("[role=tablist]")?.scrollIntoView();
  return [...document.querySelectorAll(".here")].some((line) => line.textContent.includes(text));
}"""


def details_say(page: Page, text: str) -> None:
    """Scroll the details into sight, and wait until they are about this timestep and unit."""
    page.wait_for_function(SAY, arg=text, polling=200)
    expect(page.locator(".here")).to_have_count(1)  # of the tab before, one may still stand
    expect(page.locator(".here")).to_contain_text(text)
