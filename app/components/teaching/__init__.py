"""What a teacher makes of a screen, all of it in the browser: a lesson link, its QR code, a plan.

A lesson link is the address with what is left out for the class. A lesson plan is a list of links
in a text file of the teacher's; while one is played the browser's tab knows it, and the server
never does.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..shared.registration import component

HERE = Path(__file__).parent
LINK = '<div class="teaching lesson-link"></div>'
PLAN = '<div class="teaching lesson-plan"></div>'


def lesson_link(
    controls: Mapping[str, str], title: str, words: Mapping[str, str], language: str
) -> None:
    """Show which controls a link leaves out, the link, its QR code, and the plan being made.

    `controls` are their labels by name, `title` is what the screen is called in a plan, `words` are
    the sentences by name.
    """
    make = component("lesson_link", HERE / "js" / "link.js", HERE / "css" / "teaching.css", LINK)
    data = {"controls": dict(controls), "title": title, "words": dict(words), "language": language}
    make(key="lesson-link", data=data)


def lesson_plan(words: Mapping[str, str]) -> None:
    """Show where in a lesson plan the reader is, and lead on and back, while one is played."""
    play = component(
        "lesson_plan", HERE / "js" / "plan_bar.js", HERE / "css" / "teaching.css", PLAN
    )
    play(key="lesson-plan", data={"words": dict(words)})
