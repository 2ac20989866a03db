"""The bars of who wrote what is remembered: how often they are drawn, and what they take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from .server import Server
from .visit import Visit, rest

SCENE = "/?units=64&timesteps=200"
CHOICES = {"one unit": "", "all units together": "&unit=-1"}
SECONDS = 2.5
BARS, LIGHT = "drawWritten", "lightWriters"  # the functions that draw the bars and light the tokens
INTERVAL = 200  # µs between two samples of the profile
NO_SCRIPT = {"(idle)", "(program)", "(garbage collector)", "(root)"}


def bars(chromium: Browser, server: Server) -> None:
    """Print how often a second the bars are drawn while the cursor moves, and what they take."""
    for title, choice in CHOICES.items():
        visit = Visit(chromium, server.url + SCENE + choice)
        visit.page.locator("select.speed").select_option("60")
        devtools = visit.page.context.new_cdp_session(visit.page)
        devtools.send("Profiler.enable")
        drawn = _draws(visit.page, devtools)
        shares, script = _shares(visit.page, devtools)
        each = sum(shares.values()) * 1000 / drawn
        print(
            f"  bars of {title}, the cursor moving at 60/s: drawn {drawn:.1f} times a second; "
            f"with the light behind what wrote {100 * sum(shares.values()):.1f} % of the main "
            f"thread's time ({each:.2f} ms a frame), all scripts {100 * script:.0f} %"
        )
        visit.close()


def _play(page: Page) -> None:
    """Play from the beginning."""
    page.locator(".gatescope").first.focus()
    page.keyboard.press("Home")
    rest(page)
    page.keyboard.press("Space")
    rest(page, 300)


def _draws(page: Page, devtools: CDPSession) -> float:
    """How often a second the bars are drawn, by the browser's count of calls."""
    devtools.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})
    _play(page)
    before = devtools.send("Profiler.takePreciseCoverage")
    rest(page, int(1000 * SECONDS))
    after = devtools.send("Profiler.takePreciseCoverage")
    page.keyboard.press("Space")
    devtools.send("Profiler.stopPreciseCoverage")
    # each takes the counts since the one before, and says when it was taken
    seconds = float(after["timestamp"] - before["timestamp"])
    return _calls(after["result"], BARS) / seconds


def _calls(scripts: Iterable[Mapping[str, Any]], name: str) -> int:
    functions = (function for script in scripts for function in script["functions"])
    return sum(f["ranges"][0]["count"] for f in functions if f["functionName"] == name)


def _shares(page: Page, devtools: CDPSession) -> tuple[dict[str, float], float]:
    """The shares of the main thread's time below each function, and of all scripts."""
    devtools.send("Profiler.setSamplingInterval", {"interval": INTERVAL})
    _play(page)
    devtools.send("Profiler.start")
    rest(page, int(1000 * SECONDS))
    profile = devtools.send("Profiler.stop")["profile"]
    page.keyboard.press("Space")
    times = dict.fromkeys((node["id"] for node in profile["nodes"]), 0)
    for node, micros in zip(profile["samples"], profile["timeDeltas"], strict=True):
        times[node] += micros
    whole = sum(times.values())
    nodes = {node["id"]: node for node in profile["nodes"]}
    named = {name: _below(nodes, times, name) / whole for name in (BARS, LIGHT)}
    idle = sum(t for k, t in times.items() if _name(nodes[k]) in NO_SCRIPT)
    return named, 1 - idle / whole


def _name(node: Mapping[str, Any]) -> str:
    return str(node["callFrame"]["functionName"])


def _below(nodes: Mapping[int, Mapping[str, Any]], times: Mapping[int, int], name: str) -> int:
    """The time spent in the functions of a name and in all that they call."""
    waiting = [key for key, node in nodes.items() if _name(node) == name]
    total = 0
    while waiting:
        key = waiting.pop()
        total += times[key]
        waiting += nodes[key].get("children", [])
    return total
