"""The stage as one file: a page that plays a scene from disk and makes no request.

The file holds the stage's script and style and the scene's payload. What stands in place of
Streamlit is `js/standalone.js`.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from ... import theme
from ...words import take_along as words
from ...words.language import spoken
from ..shared.embedding import bytes_element
from ..shared.modules import join_modules
from ..shared.payload import Packer
from ..shared.registration import CARD
from ..shared.stylesheets import join_stylesheets
from .scene import Scene, cut_details
from .settings import STAGE_DEFAULTS, StageSettings
from .tiles import detail_timesteps, is_small

HERE = Path(__file__).parent
KEY = "stage"


def stage_html(scene: Scene, settings: StageSettings, *, title: str, text: str = "") -> str:
    """Return a whole HTML document that plays a scene, beginning as the settings say.

    It follows the reader's light or dark mode, and its Content-Security-Policy lets it ask for
    nothing. `title` and `text` are shown above the stage; they are never markup.

    A run of more than 1,200 timesteps, or 6 MB, is pooled, and the page says so: it has exact
    numbers around the timestep at which it begins (`exact_timesteps`).
    """
    script = _script()
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src 'sha256-{_digest(script)}'"
    )
    paragraph = f"<p>{escape(text)}</p>" if text else ""
    return f"""<!DOCTYPE html>
<html lang="{spoken().code}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<style>{_style()}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
{paragraph}
<div class="st-key-{KEY}">{CARD}</div>
<footer>{escape(words.FOOTER)}</footer>
</main>
{bytes_element("scene", scene.payload)}
{bytes_element("parcel", _parcel(scene, settings))}
<script type="module">{script}</script>
</body>
</html>
"""


def exact_timesteps(scene: Scene, t: int) -> tuple[int, int]:
    """Return the timesteps, first and last + 1, whose exact numbers a page in one file has.

    All of a run whose numbers come with its scene; else 2 MB of them around timestep `t`.
    """
    if is_small(scene.trace):
        return 0, scene.timesteps
    count = min(detail_timesteps(scene.trace), scene.timesteps)
    first = min(max(t - count // 2, 0), scene.timesteps - count)
    return first, first + count


def _parcel(scene: Scene, settings: StageSettings) -> bytes:
    """What the courier brings in the app: the settings, and exact numbers of a long run."""
    chosen = {name: getattr(settings, name) for name in STAGE_DEFAULTS}
    wanted = {name: [v, None] for name, v in chosen.items() if v != STAGE_DEFAULTS[name]}
    if is_small(scene.trace):
        return Packer().pack({"id": scene.id, "tiles": [], "stage": KEY, "wanted": wanted})
    exact = exact_timesteps(scene, settings.t)
    return cut_details(scene, None, exact, {"stage": KEY, "wanted": wanted})


def page_style(stylesheet: Path) -> str:
    """Return a page's stylesheet with all that it imports, for light and for dark."""
    light, dark = (theme_variables(dark) for dark in (False, True))
    modes = f":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    return f"{modes}\n{join_stylesheets(stylesheet)}"


def theme_variables(dark: bool) -> str:
    """Return what Streamlit's theme is called in the stage's style, with our colours."""
    colours = theme.palette(dark)
    return (
        f"--st-background-color: {colours['page']}; --st-text-color: {colours['ink']}; "
        f"--st-primary-color: {colours['ink']}; --st-border-color: {colours['line']}; "
        f"--st-font: system-ui, sans-serif, {theme.CHINESE_FONTS}; "
        f"--st-code-font: ui-monospace, monospace, {theme.CHINESE_FONTS}; "
        "--st-base-radius: 8px; --st-button-radius: 8px;"
    )


@cache
def _script() -> str:
    return f"\n{join_modules(HERE / 'js' / 'standalone.js')}\n"


@cache
def _style() -> str:
    return page_style(HERE / "css" / "standalone.css")


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()
