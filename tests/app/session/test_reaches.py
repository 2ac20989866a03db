"""One network's sequences are drawn in one range of colours."""

from __future__ import annotations

import numpy as np
import pytest

from app.container import unpack
from app.session.demos import demo
from app.session.opened_view import open_view
from app.session.reaches import beginning, network_reaches
from app.session.scenes import scene
from app.session.view import Source, View


def drawn(name: str, sequence: str) -> tuple[float, float]:
    """Where the colours of the cell state end, and where its bent scale is centred."""
    view = View(demo=name, source=Source(kind="sequence", value=sequence))
    document, _ = unpack(scene(open_view(view, None)).payload)
    (signal,) = [s for s in document["signals"] if s["name"] == "cell_state"]
    return signal["high"], signal["typical"]


@pytest.mark.parametrize("name", ["reber", "counter"])
def test_every_sequence_of_a_network_has_the_same_colours_for_the_same_numbers(name: str) -> None:
    sequences = [example.sequence.name for example in demo(name).examples]
    assert len(sequences) > 1
    assert len({drawn(name, sequence) for sequence in sequences}) == 1


def test_no_value_of_the_networks_own_sequences_lies_beyond_the_range() -> None:
    reber = demo("reber")
    reach = network_reaches(reber, 0, "forward")["cell_state"]
    runs = [reber.model.run(e.sequence).layers[0].forward for e in reber.examples]
    np.testing.assert_array_equal(
        reach, np.max([np.abs(run.cell_state).max(axis=0) for run in runs], axis=0)
    )


def test_the_beginning_of_a_sequence_is_as_long_as_asked() -> None:
    sequence = demo("reber").examples[0].sequence
    assert beginning(sequence, 5).symbols == sequence.symbols[:5]
    assert beginning(sequence, 10**6).symbols == sequence.symbols
