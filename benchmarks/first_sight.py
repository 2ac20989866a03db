"""What a first visitor waits for, in turns with Streamlit's own empty page.

Each visit has an empty profile, so that nothing is cached. Of Explore: *first sight*, when the
chain, the sentence and "Next step" are painted; *a press works*, when the step of a press made at
that moment is painted; *the page*, when it has taken the stage over with all its controls. Then the
same reloaded. Of Memory, when its stages are painted, and its answer. Of the empty page, when its
one line is.
"""

from __future__ import annotations

import statistics

from playwright.sync_api import Browser, Page

from .measure import machine, spread
from .visit import app, browser, rest

VISITS = 9
EMPTY = "benchmarks/empty.py"
IN_SIGHT = """
window.inSight = (node) => Boolean(node?.checkVisibility({ visibilityProperty: true }));
window.stageOnPage = () => [...document.querySelectorAll("*")]
  .map((node) => node.shadowRoot).find((tree) => tree?.querySelector("[data-timestep]"));
"""
PAINTED = """(selector) => new Promise((done) => {
  const look = () => inSight(document.querySelector(selector))
    ? setTimeout(() => done(performance.now())) : requestAnimationFrame(look);
  requestAnimationFrame(look);
})"""
SEEN = """(parts) => new Promise((done) => {
  const drawn = (part) => inSight(stageOnPage()?.querySelector(part));
  const said = () => stageOnPage().querySelector(".sentence")?.textContent !== "";
  const look = () => parts.every(drawn) && said()
    ? setTimeout(() => done(performance.now())) : requestAnimationFrame(look);
  requestAnimationFrame(look);
})"""
PRESSED = """() => new Promise((done) => {
  const stage = stageOnPage().querySelector("[data-timestep]"), before = stage.dataset.timestep;
  const look = () => stage.dataset.timestep !== before
    ? setTimeout(() => done(performance.now())) : requestAnimationFrame(look);
  stage.querySelector("button.step").click();
  requestAnimationFrame(look);
})"""
EXPLORE = [".drawing svg", ".sentence", "button.step"]
MEMORY = [".member .title", ".member + .member canvas", "button.step"]
TAKEN = ".st-key-stage[data-drawn]"
ANSWER = ".answered"
LINE = ".empty"
TRANSFERRED = """() => performance.getEntriesByType("resource")
  .concat(performance.getEntriesByType("navigation"))
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""

Figures = dict[str, list[float]]


def main() -> None:
    """Print medians, and how often as long as Streamlit's own empty page each takes."""
    print(f"A first visit, 1280 x 900, empty profile, in turns; {machine()}\n")
    figures: Figures = {}
    with browser() as chromium, app() as ours, app(EMPTY) as streamlits:
        for turn in range(VISITS + 1):
            visits = _explore(chromium, ours.url) | _memory(chromium, ours.url)
            visits |= _empty(chromium, streamlits.url)
            for name, value in visits.items() if turn else ():  # the first one warms the servers
                figures.setdefault(name, []).append(value)
    _print(figures)


def _explore(chromium: Browser, url: str) -> dict[str, float]:
    page = _opened(chromium, url)
    sight = page.evaluate(SEEN, EXPLORE)
    pressed = page.evaluate(PRESSED)
    taken = page.evaluate(PAINTED, TAKEN)
    rest(page, 1500)
    received = page.evaluate(TRANSFERRED)
    page.reload(wait_until="commit")
    again = page.evaluate(SEEN, EXPLORE)
    page.context.close()
    return {
        "first sight": sight,
        "a press works": pressed,
        "the page": taken,
        "first sight, reloaded": again,
        "kB of files": received / 1000,
    }


def _memory(chromium: Browser, url: str) -> dict[str, float]:
    page = _opened(chromium, f"{url}/memory")
    stages = page.evaluate(SEEN, MEMORY)
    answer = page.evaluate(PAINTED, ANSWER)
    page.context.close()
    return {"Memory's stages": stages, "Memory's answer": answer}


def _empty(chromium: Browser, url: str) -> dict[str, float]:
    page = _opened(chromium, url)
    line = page.evaluate(PAINTED, LINE)
    rest(page, 1500)
    received = page.evaluate(TRANSFERRED)
    page.context.close()
    return {"Streamlit's empty page": line, "kB of Streamlit's files": received / 1000}


def _opened(chromium: Browser, url: str) -> Page:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(IN_SIGHT)
    page.goto(url, wait_until="commit")
    return page


def _print(figures: Figures) -> None:
    empty = statistics.median(figures["Streamlit's empty page"])
    for name, values in figures.items():
        if name.startswith("kB"):
            print(f"  {name}: {statistics.median(values):,.0f}")
        else:
            ratio = statistics.median(values) / empty
            print(f"  {name}: {spread(values)}, {ratio:.2f} of Streamlit's empty page")
