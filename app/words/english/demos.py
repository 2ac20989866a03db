"""What the demos and their tasks say of themselves: it is English already."""

from __future__ import annotations

PHRASES: dict[str, str] = {}
