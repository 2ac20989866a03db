"""The connection to the server: when one that was lost stands again, the page is run again.

Streamlit runs it only where a part of it was run last. A page whose stages and details follow the
reader in the browser would not notice that another process answers, until the reader presses
something; and that would be lost, because a session that knows no more has the page opened anew.
"""

from __future__ import annotations

from pathlib import Path

from ..shared.registration import component, only_rerun

HERE = Path(__file__).parent


def run_again_when_connected() -> None:
    """Have the browser ask for the page whenever a connection that was lost stands again."""
    watch = component("connection", HERE / "js" / "connection.js")
    watch(key="connection", data={}, on_again_change=only_rerun)
