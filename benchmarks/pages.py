"""What a reader of Memory and of Train waits for: opening, stepping, pictures, a first point."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from .browser import keys, playing
from .measure import machine, spread
from .server import Server
from .visit import Visit, app, browser, rest

MEMORY = "/memory?demo=temporal_order&t=20"
TRAIN = "/train?task=temporal_order_6a&units=8&updates=20000&seed={seed}"
OPENINGS, STEPS, PRESSES = 5, 12, 6

# The axis of the curve names the timestep where the stages rest.
PICTURES_FOLLOW = """t => new Promise(done => {
  const pressed = performance.now(), look = () => {
    const plots = [...document.querySelectorAll('.js-plotly-plot')];
    const there = plots.some(plot => plot.layout?.xaxis?.title?.text?.endsWith(` ${t}`));
    there ? done(performance.now() - pressed) : requestAnimationFrame(look);
  };
  look();
})"""

FIRST_POINT = """() => new Promise(done => {
  const button = document.querySelector('.st-key-train-start button');
  const trees = [...document.querySelectorAll('*')].map(node => node.shadowRoot).filter(Boolean);
  const bar = [document, ...trees].map(tree => tree.querySelector('.progress')).find(Boolean);
  const began = performance.now(), look = () =>
    Number(bar.getAttribute('aria-valuenow')) > 0
      ? done(performance.now() - began) : requestAnimationFrame(look);
  button.click();
  look();
})"""


def main() -> None:
    """Print every figure of the two pages."""
    print(f"In a headless browser, 1280 x 900; {machine()}\n")
    with browser() as chromium, app() as server:
        print("Memory, two networks in step on temporal order:")
        memory(chromium, server)
        print("\nTrain, temporal order with 8 units:")
        train(chromium, server)


def memory(chromium: Browser, server: Server) -> None:
    """Print how Memory opens, steps, plays and follows."""
    Visit(chromium, server.url + MEMORY).close()
    opened, complete = [], []
    for _ in range(OPENINGS):
        visit = Visit(chromium, server.url + MEMORY)
        opened.append(visit.wait())
        expect(visit.page.locator(".js-plotly-plot").first).to_be_visible(timeout=60_000)
        complete.append(float(visit.page.evaluate("performance.now()")))
        visit.close()
    print(f"  address to painted stages: {spread(opened)}")
    print(f"  address to the answer and its curve: {spread(complete)}")
    visit = Visit(chromium, server.url + MEMORY)
    rest(visit.page, 4000)
    print(f"  key to the curve that follows: {spread(following(visit.page))}")
    keys(visit)
    rest(visit.page, 3000)  # the pictures have followed the last key
    playing(visit)
    visit.close()


def following(page: Page) -> list[float]:
    """Return the milliseconds from a step to the pictures that are about its timestep."""
    found = []
    for k in range(STEPS):
        page.locator("[data-timestep]").first.focus()
        page.keyboard.press("ArrowRight")
        found.append(float(page.evaluate(PICTURES_FOLLOW, 21 + k)))
        rest(page, 1500)
    return found


def train(chromium: Browser, server: Server) -> None:
    """Print how long a student waits for the first point of the curve."""
    found = []
    for seed in range(PRESSES + 1):  # the first wakes the workers
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.goto(server.url + TRAIN.format(seed=seed))
        expect(page.locator(".bench")).to_have_attribute("data-state", "untrained", timeout=60_000)
        rest(page, 1000)
        found.append(float(page.evaluate(FIRST_POINT)))
        page.context.close()
    print(f"  Train pressed to first point of the curve on the page: {spread(found[1:])}")
    print(f"  the very first of a server: {found[0]:,.0f} ms")
