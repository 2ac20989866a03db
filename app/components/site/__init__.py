"""The pages of the static edition: their script and their style."""

from pathlib import Path

HERE = Path(__file__).parent
SCRIPT = HERE / "js" / "site.js"
STYLESHEET = HERE / "css" / "site.css"
