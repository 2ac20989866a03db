"""What Memory asks, in words: the comparison, and what this sequence asks to be kept."""

from __future__ import annotations

import numpy as np

from ...words import memory as words
from ...words import memory_answer as answer_words
from ...words.formatting import paragraph
from . import networks, results


def comparison(shown: networks.Comparison) -> str:
    """Return which networks are compared, and how."""
    said, alikes = [words.FORGETS_LEAD], networks.alikes(shown.demo.name)
    if len(alikes) == 1:
        said.append(words.only_alike(alikes[0]))
    if results.probed_recall(shown.demo):
        said.append(words.PROBE_LEAD)
    return paragraph(said)


def must_keep(shown: networks.Comparison) -> str:
    """Return what this sequence asks to be kept, and how long; "" where nothing is."""
    cue = shown.demo.truth.cue(shown.opened.sequence)
    if cue is None:
        return ""
    asked = np.flatnonzero(networks.verdicts(shown.networks[0], shown.opened) >= 0)
    then = None if cue.then is None else (cue.then.timestep, float(cue.then.value))
    return answer_words.must_keep(
        cue.value, cue.timestep, int(asked[-1]) if len(asked) else None, then
    )
