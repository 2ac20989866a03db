"""What a teacher makes of a screen, all of it in the browser: a lesson link, its QR code, a plan.

A lesson link is the address with what is left out for the class. A lesson plan is a list of links
in a text file of the teacher's; while one is played the browser's tab knows it, and the server
never does. In a room the stages of a class follow their teacher's (`app/server/rooms/`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..shared.registration import component

HERE = Path(__file__).parent
LINK = '<div class="teaching lesson-link"></div>'
BARS = (
    '<div class="teaching bars"><div class="class-room" hidden></div>'
    '<div class="lesson-plan" hidden></div></div>'
)
ROOM = "room"
"""The parameter of an address that leads into a room."""


def lesson_link(
    controls: Mapping[str, str],
    title: str,
    words: Mapping[str, str],
    room: Mapping[str, str],
    language: str,
) -> None:
    """Show which controls a link leaves out, the link, its QR code, the plan, and the class's room.

    `controls` are their labels by name, `title` is what the screen is called in a plan, `words` and
    `room` are the sentences by name.
    """
    make = component("lesson_link", HERE / "js" / "link.js", HERE / "css" / "teaching.css", LINK)
    data = {
        "controls": dict(controls),
        "title": title,
        "words": dict(words),
        "room": dict(room),
        "language": language,
    }
    make(key="lesson-link", data=data)


def lesson_bars(
    plan: Mapping[str, str], room: Mapping[str, str], language: str, arrived: str = ""
) -> None:
    """Show where in a lesson plan the reader is, and in which room, while they are in one.

    `plan` and `room` are the sentences by name; `arrived` is the room's word of the address with
    which the page was opened.
    """
    show = component("lesson_bars", HERE / "js" / "bars.js", HERE / "css" / "teaching.css", BARS)
    data = {"plan": dict(plan), "room": dict(room), "language": language, "arrived": arrived}
    show(key="lesson-plan", data=data)
