"""A long run on the stage: 512 units x 100,000 timesteps, from finished run to playing page."""

from __future__ import annotations

from .browser import keys, playing
from .measure import asked, machine, spread
from .visit import Visit, app, browser

UNITS, TIMESTEPS, OPENINGS = 512, 100_000, 5


def main() -> None:
    """Print opening, bytes, latency of a key and states per second."""
    units, timesteps = asked(2, "units", UNITS), asked(3, "timesteps", TIMESTEPS)
    print(f"{units} units x {timesteps:,} timesteps, random weights; {machine()}\n")
    with browser() as chromium, app("benchmarks/scene.py") as server:
        url = f"{server.url}/?units={units}&timesteps={timesteps}"
        Visit(chromium, url, seconds=300).close()  # computes the run, which the server then keeps
        times, sizes = [], []
        for _ in range(OPENINGS):
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
