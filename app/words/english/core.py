"""What the core says of itself: it speaks English, so there is nothing to say otherwise."""

from __future__ import annotations

PHRASES: dict[str, str] = {}
PATTERNS: dict[str, str] = {}
