"""The static edition: demos, their sequences and twins, and the lessons, as plain files.

    for path, content in site_files(): ...

Every address in it is relative, so that it can lie anywhere on a web server, and no page asks for
anything else. All runs are computed by NumPy when the files are made; pages share one script, one
stylesheet and the files of the runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from ..components import site
from ..components.shared.modules import join_modules
from ..components.stage.standalone import page_style
from ..lessons import lesson, lesson_names
from ..session import demos
from ..session.subjects import title_of
from ..words import site as words
from ..words.phrases import said
from . import explore_page, lesson_page
from .document import ICON, SCRIPT, STYLE, document
from .runs import Runs

ICON_FILE = Path(__file__).parents[1] / ICON


def site_files() -> Iterator[tuple[str, bytes]]:
    """Yield every file of the static edition: its place, parted by slashes, and its content."""
    runs = Runs()
    yield "index.html", index_page().encode()
    for name in demos.demo_names():
        yield f"{explore_page.FOLDER}/{name}.html", explore_page.explore_page(name, runs).encode()
    for name in lesson_names():
        yield f"{lesson_page.FOLDER}/{name}.html", lesson_page.lesson_page(name, runs).encode()
    yield from runs.files.items()
    yield SCRIPT, join_modules(site.SCRIPT).encode()
    yield STYLE, page_style(site.STYLESHEET).encode()
    yield ICON, ICON_FILE.read_bytes()


def index_page() -> str:
    """Return the first page: the networks, the lessons, and what needs Python."""
    networks = [
        _entry(f"{explore_page.FOLDER}/{name}.html", title_of(demo), said(demo.question))
        for name in demos.demo_names()
        for demo in [demos.demo(name)]
    ]
    lessons = [
        _entry(f"{lesson_page.FOLDER}/{name}.html", words.lesson(taught.title, taught.minutes))
        for name in lesson_names()
        for taught in [lesson(name)]
    ]
    content = (
        f'<div class="site-index"><h1>{escape(words.HEADLINE)}</h1>'
        f"<p>{escape(words.TAGLINE)} {escape(words.EXPLORE_HINT)}</p>"
        f'<h2 id="networks">{escape(words.NETWORKS)}</h2><ul>{"".join(networks)}</ul>'
        f'<h2 id="lessons">{escape(words.LESSONS)}</h2><ul>{"".join(lessons)}</ul>'
        f"<h2>{escape(words.NEEDS_PYTHON_TITLE)}</h2><p>{escape(words.NEEDS_PYTHON)}</p></div>"
    )
    return document(words.NETWORKS, content)


def _entry(address: str, title: str, text: str = "") -> str:
    paragraph = f"<p>{escape(text)}</p>" if text else ""
    return f'<li><a href="{address}">{escape(title)}</a>{paragraph}</li>'
