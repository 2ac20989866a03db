"""Places of a Sequential that have no weights: what may stand there is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_core import load_model

from .test_checkpoints import linear, matrix, opened, weights

GOLDEN = Path(__file__).parents[2] / "golden" / "torch_heads"


def gaps(state: dict[str, Any]) -> list[str]:
    return [note for note in opened(state).findings.notes if "no weights in the file" in note]


def test_a_readout_behind_an_empty_place_is_used_and_the_place_is_named():
    state = {**weights("lstm.", 4, 3, 5), **linear("head.1", 2, 5)}
    np.testing.assert_array_equal(opened(state).readout.kernel.T, state["head.1.weight"])
    assert gaps(state) == [
        "Place 0 of 'head' has no weights in the file: Dropout would change nothing there, but an "
        "activation would, and none is computed here."
    ]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({**weights("0.", 4, 3, 5), **linear("2", 2, 5)}, "Place 1 before '2' has"),
        ({**weights("m.0.", 4, 3, 5), **linear("m.3", 2, 5)}, "Places 1, 2 of 'm' have"),
        ({**weights("lstm.", 4, 3, 5), **linear("fc.2", 2, 5)}, "Places 0, 1 of 'fc' have"),
        ({**weights("rnn.0.", 4, 3, 5), **weights("rnn.2.", 4, 5, 5)}, "Place 1 of 'rnn' has"),
        ({"net.0.weight": matrix(7, 3), **weights("net.2.", 4, 3, 5)}, "Place 1 of 'net' has"),
    ],
)
def test_an_empty_place_between_two_modules_is_named(state, words):
    (note,) = gaps(state)
    assert note.startswith(words)


@pytest.mark.parametrize(
    "state",
    [
        {**weights("lstm.", 4, 3, 5), **linear("head", 2, 5)},
        {**weights("lstm.", 4, 3, 5), **linear("head.0", 2, 5)},
        {**weights("lstm1.", 4, 3, 5), **weights("lstm3.", 4, 5, 5)},
        {**weights("0.", 4, 3, 5), **linear("1", 2, 5)},
        {**weights("rnn.0.", 4, 3, 5), **weights("rnn.1.", 4, 5, 5), **linear("rnn.2", 2, 5)},
    ],
)
def test_numbers_without_a_gap_are_not_remarked_on(state):
    assert gaps(state) == []


@pytest.mark.parametrize("file", ["tagger", "tagger_script", "normed"])
def test_a_file_that_names_what_stands_there_is_not_remarked_on(file):
    model = load_model(GOLDEN / f"{file}.pt")
    assert not any("no weights in the file" in note for note in model.findings.notes)
