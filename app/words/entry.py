"""What the glossary says of one word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One word of the glossary.

    `purpose` is one or two plain sentences. `elsewhere` are the names that courses and libraries
    have for it, and `misreading` is a common one, put right. Texts are plain, never markup.
    """

    title: str
    purpose: str
    elsewhere: str = ""
    misreading: str = ""
