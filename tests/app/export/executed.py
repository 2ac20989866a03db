"""The lines of Python that a page shows, executed."""

from __future__ import annotations

import contextlib
import io
import re


def printed(code: str) -> list[str]:
    """What these lines print; in a checkout the package `gatescope` is the folder `app`."""
    here = re.sub(r"from gatescope\b", "from app", code)
    here = here.replace("import gatescope", "import app as gatescope")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(here, {})
    return out.getvalue().splitlines()
