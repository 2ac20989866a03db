"""The stage as one file: a page that plays a scene from disk and makes no request.

The file holds the component's own script and style, the scene's payload, and a few lines in place
of Streamlit: they hand the scene over, and again when the reader's screen turns dark or light.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from ... import theme
from ...words import take_along as words
from ...words.language import spoken
from ..shared.modules import join_modules
from ..shared.payload import Packer
from ..shared.registration import CARD
from ..shared.stylesheets import join_stylesheets
from .scene import Scene
from .settings import STAGE_DEFAULTS, StageSettings
from .tiles import COLUMNS, FIRST_BYTES, is_small

HERE = Path(__file__).parent
KEY = "stage"

HOST = f"""
const bytesIn = (id) =>
  Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
const scene = bytesIn("scene");
const place = document.querySelector(".st-key-{KEY}");
const play = () =>
  gatescopeStage({{ data: scene, parentElement: place, setStateValue: () => {{}} }});
meeting.waiting.set("{KEY}", {{ data: bytesIn("settings"), ask: null }});
play();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", play);
"""
"""What stands in place of Streamlit: hands over the scene, and the settings as the courier does."""

STYLE = """
body { margin: 0; padding: 16px clamp(8px, 3vw, 40px) 40px; background: var(--st-background-color);
  color: var(--st-text-color); font: 15px/1.5 var(--st-font); }
main { max-width: 1700px; margin: 0 auto; }
h1 { margin: 0 0 4px; font-size: 22px; }
p { margin: 0 0 12px; }
footer { margin-top: 12px; font-size: 13px; opacity: 0.8; }
"""


def stage_html(scene: Scene, settings: StageSettings, *, title: str, text: str = "") -> str:
    """Return a whole HTML document that plays a scene, beginning as the settings say.

    It follows the reader's light or dark mode, and its Content-Security-Policy lets it ask for
    nothing. `title` and `text` are shown above the stage; they are never markup.

    Raises ValueError for a run whose numbers do not all come with the scene: of more than 1,200
    timesteps, or 6 MB.
    """
    if not is_small(scene.trace):
        raise ValueError(words.too_long(scene.timesteps, COLUMNS, FIRST_BYTES))
    script = _script()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_digest(script)}'"
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
<script type="application/octet-stream" id="scene">{_base64(scene.payload)}</script>
<script type="application/octet-stream" id="settings">{_base64(_wishes(scene, settings))}</script>
<script type="module">{script}</script>
</body>
</html>
"""


def _wishes(scene: Scene, settings: StageSettings) -> bytes:
    """The settings as the courier brings them: what is wanted otherwise than by default."""
    chosen = {name: getattr(settings, name) for name in STAGE_DEFAULTS}
    wanted: dict[str, list[Any]] = {
        name: [value, None] for name, value in chosen.items() if value != STAGE_DEFAULTS[name]
    }
    return Packer().pack({"id": scene.id, "tiles": [], "stage": KEY, "wanted": wanted})


@cache
def _script() -> str:
    """The stage's modules as one, and what stands in place of Streamlit."""
    return f"\n{join_modules(HERE / 'js' / 'stage.js')}\n{HOST}"


@cache
def _style() -> str:
    """The stage's style, and the page's, for light and for dark."""
    light, dark = (_variables(theme.palette(dark)) for dark in (False, True))
    modes = f":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    return f"{modes}\n{STYLE}\n{join_stylesheets(HERE / 'css' / 'stage.css')}"


def _variables(colours: dict[str, str]) -> str:
    """What Streamlit's theme is called in the stage's style."""
    return (
        f"--st-background-color: {colours['page']}; --st-text-color: {colours['ink']}; "
        f"--st-primary-color: {colours['ink']}; --st-border-color: {colours['line']}; "
        f"--st-font: system-ui, sans-serif, {theme.CHINESE_FONTS}; "
        f"--st-code-font: ui-monospace, monospace, {theme.CHINESE_FONTS}; "
        "--st-base-radius: 8px; --st-button-radius: 8px;"
    )


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


def _base64(content: bytes) -> str:
    return b64encode(content).decode()
