"""A block is whole or not there, the same bytes whoever makes it, and says what was left out."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from lstm_core import number_sequence, symbol_sequence
from lstm_core.corpus import (
    CorpusError,
    NotWrittenError,
    block_of,
    blocks,
    planned,
    read_block,
    write_block,
)
from tests.lstm_core.corpus.small import network, texts


def test_a_block_holds_the_levels_of_each_sequences_own_run(tmp_path):
    model, sequences = network(), texts(9)
    plan = planned(model, sequences)
    write_block(tmp_path / "block", block_of(model, plan, sequences))
    block = read_block(tmp_path / "block")
    start = 0
    for one in sequences:
        trace = model.run(one).layers[0].forward
        for levels in plan.levels:
            alone = levels.values(levels.codes(trace.series(levels.signal)))
            kept = levels.values(block.codes[levels.signal][:, start : start + len(one)].T)
            assert (np.abs(alone - kept) <= levels.steps).all()  # rounding may cross an edge
        start += len(one)
    assert block.timesteps == start
    assert block.names == tuple(one.name for one in sequences)
    assert block.read.tolist() == [p for one in sequences for p in one.places.tolist()]


def test_a_block_that_is_made_twice_is_the_same_bytes_and_one_that_is_there_stays(tmp_path):
    model, sequences = network(), texts(9)
    plan = planned(model, sequences)
    for name in ("one", "two", "two"):
        write_block(tmp_path / name, block_of(model, plan, sequences))
    assert sorted(f.name for f in tmp_path.iterdir()) == ["one", "two"]
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_what_the_network_cannot_read_is_left_out_and_said(tmp_path):
    model, plan = network(), planned(network(), texts(2))
    strange = symbol_sequence("abz", name="strange")
    empty, numbers = symbol_sequence("", name="empty"), number_sequence([1.0], name="numbers")
    block = block_of(model, plan, (strange, *texts(2), empty, numbers))
    assert (len(block.rows), block.skipped) == (2, 3)
    assert block.problem.startswith("strange: Symbol 'z' at position 3 is not in the alphabet")
    none = block_of(model, plan, (strange,))
    write_block(tmp_path / "none", none)
    assert read_block(tmp_path / "none").timesteps == 0


def test_a_sequence_that_is_too_long_for_memory_is_left_out_with_its_length(monkeypatch):
    model, plan = network(), planned(network(), texts(2))
    monkeypatch.setattr(blocks, "LARGEST", 30 * 20)
    block = block_of(model, plan, (symbol_sequence("ab" * 11, name="long"),))
    assert block.problem == "long: The sequence has 22 timesteps: give 1 to 20 timesteps."


def test_who_stops_while_writing_leaves_no_block(tmp_path, monkeypatch):
    model, sequences = network(), texts(2)
    block = block_of(model, planned(model, sequences), sequences)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(CorpusError, match="cannot be written: No space left on device"):
        write_block(tmp_path / "block", block)
    assert list(tmp_path.iterdir()) == []


def test_what_could_not_be_written_says_the_same_when_it_comes_from_another_process(tmp_path):
    said = NotWrittenError(tmp_path, OSError(28, "No space left on device"))
    heard = pickle.loads(pickle.dumps(said))
    assert str(heard) == str(said) == f"{tmp_path} cannot be written: No space left on device."


@pytest.mark.parametrize("name", ["cell_state", "rows"])
@pytest.mark.parametrize("left", [-5, 0])
def test_a_damaged_block_is_refused_in_one_sentence(tmp_path, name, left):
    model, sequences = network(), texts(2)
    write_block(tmp_path / "block", block_of(model, planned(model, sequences), sequences))
    file = tmp_path / "block" / f"{name}.npy"
    file.write_bytes(file.read_bytes()[:left])
    with pytest.raises(CorpusError, match="block is damaged: remove that folder"):
        read_block(tmp_path / "block")


@pytest.mark.parametrize("name", ["cell_state", "read"])
def test_a_block_whose_arrays_do_not_fit_together_is_refused(tmp_path, name):
    model, sequences = network(), texts(2)
    write_block(tmp_path / "block", block_of(model, planned(model, sequences), sequences))
    file = tmp_path / "block" / f"{name}.npy"
    np.save(file, np.load(file)[..., :-1])
    with pytest.raises(CorpusError, match="block is damaged: remove that folder"):
        read_block(tmp_path / "block")
