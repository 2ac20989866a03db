"""What a reader waits for: key to paint, playing, bars, opening; what a notice costs the server."""

from __future__ import annotations

import signal
import statistics
from itertools import pairwise

from playwright.sync_api import Browser

from .bars import bars
from .measure import machine, percentile, spread
from .server import Server
from .visit import Visit, app, browser, cpu_seconds, rest

SCENE = "/?units=64&timesteps=200"
KEYS, NOTICES, OPENINGS = 60, 20, 7


def main() -> None:
    """Print every figure of the browser."""
    print(f"In a headless browser, 1280 x 900; {machine()}\n")
    with browser() as chromium:
        with app("benchmarks/scene.py") as server:
            print("64 units x 200 timesteps, random weights, the product's stage:")
            Visit(chromium, server.url + SCENE).close()  # warms the server
            visit = Visit(chromium, server.url + SCENE)
            keys(visit)
            keys_without_server(visit, server)
            playing(visit)
            visit.close()
            bars(chromium, server)
        with app() as server:
            print("\nThe app's own page, as it opens:")
            Visit(chromium, server.url).close()
            notices(chromium, server)
            opening(chromium, server)


def keys(visit: Visit) -> None:
    """Print the latency from the key's event to the end of the paint that shows it."""
    page = visit.page
    before = page.evaluate("probe.keys.length")
    if not before:
        page.evaluate("probe.listen()")
    for k in range(KEYS):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(40 + 7 * (k % 5))
    page.wait_for_function(f"() => probe.keys.length >= {before + KEYS}")
    print(f"  key to painted: {spread(page.evaluate('probe.keys')[before:])}")
    rest(page)


def keys_without_server(visit: Visit, server: Server) -> None:
    """Print whether keys still paint while the server is stopped."""
    page = visit.page
    seen = len(page.evaluate("probe.keys"))
    server.process.send_signal(signal.SIGSTOP)
    try:
        for _ in range(10):
            page.keyboard.press("ArrowRight")
            page.wait_for_timeout(50)
        painted = len(page.evaluate("probe.keys")) - seen
    finally:
        server.process.send_signal(signal.SIGCONT)
    print(f"  keys painted while the server was stopped: {painted} of 10")
    rest(page)


def playing(visit: Visit, seconds: float = 2.5) -> None:
    """Print states drawn per second, gaps, blank frames and bytes received while playing."""
    page = visit.page
    page.locator("select.speed").select_option("60")
    page.locator(".gatescope").first.focus()
    page.keyboard.press("Home")
    rest(page)
    page.evaluate("document.activeElement.blur()")
    before, frames = visit.bytes, len(visit.received)
    page.keyboard.press("Space")
    states = page.evaluate(f"probe.record({seconds * 1000})")
    sent, messages = visit.bytes - before, len(visit.received) - frames
    page.keyboard.press("Space")
    moments = [state[0] for state in states]
    steps = [b[1] - a[1] for a, b in pairwise(states)]
    gaps = [b - a for a, b in pairwise(moments)]
    rate = (len(states) - 1) / (moments[-1] - moments[0]) * 1000
    print(
        f"  playing at 60/s: {rate:.1f} states a second drawn, gap p95 {percentile(gaps, 0.95):.1f}"
        f" ms, steps skipped {sum(step != 1 for step in steps)};"
        f" from the server {sent} bytes in {messages} messages"
    )
    rest(page)
    page.keyboard.press("Home")
    rest(page)
    page.evaluate("probe.readsInk = true")
    page.keyboard.press("Space")
    blank = sum(not state[2] for state in page.evaluate("probe.record(1500)"))
    page.keyboard.press("Space")
    page.evaluate("probe.readsInk = false")
    print(f"  frames without ink in the first heatmap, read back while playing: {blank}")


def notices(chromium: Browser, server: Server) -> None:
    """Print the server's processor time per notice of where the reader rests.

    A rest is one only while the details are in sight, so they are scrolled there.
    """
    visit = Visit(chromium, server.url)
    rest(visit.page, 3000)
    visit.page.get_by_role("tablist").first.evaluate("tabs => tabs.scrollIntoView()")
    idle = cpu_seconds(server)
    rest(visit.page, 3000)
    idle = (cpu_seconds(server) - idle) / 3
    costs, sizes = [], []
    for _ in range(3):
        before, bytes_before = cpu_seconds(server), visit.bytes
        for k in range(NOTICES):
            visit.page.keyboard.press("ArrowRight" if k % 8 < 4 else "ArrowLeft")
            rest(visit.page, 700)
        spent = cpu_seconds(server) - before - idle * 0.7 * NOTICES
        costs.append(spent / NOTICES * 1000)
        sizes.append((visit.bytes - bytes_before) / NOTICES)
    print(
        f"  server per notice: {statistics.median(costs):.1f} ms of processor time "
        f"({min(costs):.1f} to {max(costs):.1f}), {statistics.median(sizes):,.0f} bytes sent"
    )
    visit.close()


def opening(chromium: Browser, server: Server) -> None:
    """Print the time from navigation to the painted stage: empty cache, then a reload."""
    first, again = [], []
    for _ in range(OPENINGS):
        visit = Visit(chromium, server.url)
        first.append(visit.wait())
        rest(visit.page, 1500)
        visit.page.reload(wait_until="commit")
        again.append(visit.wait())
        visit.close()
    print(f"  first paint, warm server, empty browser cache: {spread(first)}")
    print(f"  reload: {spread(again)}")
