"""The names of the parts of a page that run alone, so that each can have another run again."""

from __future__ import annotations

STAGE = "stage"
SEARCH = "search"  # of the page Sequences
TABS, PANEL = "tabs", "panel"  # all tabs, and what is in the open one
