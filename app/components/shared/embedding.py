"""Data in an HTML page, where the page's own script finds it."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any


def json_element(element_id: str, data: Any) -> str:
    """Return an element that holds data as JSON; nothing in it ends the element.

    Raises ValueError where the data hold NaN or infinity.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="{element_id}">{text}</script>'


def bytes_element(element_id: str, content: bytes) -> str:
    """Return an element that holds bytes, in base 64."""
    text = b64encode(content).decode()
    return f'<script type="application/octet-stream" id="{element_id}">{text}</script>'
