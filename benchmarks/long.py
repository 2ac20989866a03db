"""A long run on the stage: 512 units x 100,000 timesteps, from finished run to playing page.

`python -m benchmarks long 128 1000000 1` for another, and how often it is opened: of a million
timesteps that takes up to a minute each time. At the end it is zoomed.
"""

from __future__ import annotations

from .browser import keys, playing
from .measure import asked, machine, spread
from .server import Server
from .visit import Visit, app, browser, cpu_seconds, rest

UNITS, TIMESTEPS, OPENINGS = 512, 100_000, 5
ZOOMS = "+" * 11 + "-" * 9  # each into a view for which a finer one can be had


def main() -> None:
    """Print opening, bytes, latency of a key and states per second."""
    units, timesteps = asked(2, "units", UNITS), asked(3, "timesteps", TIMESTEPS)
    openings = asked(4, "openings", OPENINGS)
    print(f"{units} units x {timesteps:,} timesteps, random weights; {machine()}\n")
    with browser() as chromium, app("benchmarks/scene.py") as server:
        url = f"{server.url}/?units={units}&timesteps={timesteps}"
        Visit(chromium, url, seconds=300).close()  # computes the run, which the server then keeps
        times, sizes = [], []
        for _ in range(openings):
            visit = Visit(chromium, url)
            times.append(visit.wait() / 1000)
            sizes.append(visit.bytes)
            built = visit.page.get_by_text("scene built in").inner_text()
            visit.close()
        print(
            f"  from the address to the painted stage, the scene built anew: {spread(times, 's')}"
        )
        print(f"  of that, the last time: {built}")
        print(f"  bytes sent until painted: {max(sizes):,}")
        visit = Visit(chromium, url)
        keys(visit)
        playing(visit)
        visit.close()
        for title, settings in (("one unit", ""), ("all units", "&all_units=1")):
            zooms(Visit(chromium, f"{url}&t={timesteps // 2}{settings}"), server, title)


def zooms(visit: Visit, server: Server, title: str) -> None:
    """Print the latency of keys that zoom, to what is there and to what the server cuts."""
    page = visit.page
    rest(page, 3000)
    page.keyboard.press("+")  # the whole run is fine enough for that
    rest(page)
    page.evaluate("probe.listenToZooms()")
    sizes, before = [], cpu_seconds(server)
    for k, key in enumerate(ZOOMS):
        sent = visit.bytes
        page.keyboard.press(key)
        page.wait_for_function(f"() => probe.zooms.length > {k}")
        rest(page)
        sizes.append(visit.bytes - sent)
    spent = (cpu_seconds(server) - before) / len(ZOOMS)
    first, finer = zip(*page.evaluate("probe.zooms"), strict=True)
    print(f"  zoomed, {title}: key to painted: {spread(first)}")
    print(f"    to the finer view: {spread(finer)}")
    print(f"    bytes sent for each: {min(sizes):,} to {max(sizes):,}; {spent:.3f} s of the server")
    visit.close()
