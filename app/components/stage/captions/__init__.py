"""The sentence under the drawing, made from a trace: what the browser must say, too.

The browser fills the same templates from the same numbers while it plays (`js/caption/`). This is
the referee: pure, and simple enough to be read beside the sentences of `words/captions`.
"""

from .caption import COMPLETE, caption, phases
from .facts import Facts, facts_at
from .origin import origin_of

__all__ = ["COMPLETE", "Facts", "caption", "facts_at", "origin_of", "phases"]
