"""A corpus on disk goes on where it stopped, and is nobody else's."""

from __future__ import annotations

import json

import pytest

from lstm_core import symbol_sequence
from lstm_core.corpus import (
    CorpusError,
    NotWrittenError,
    SearchIndex,
    block_of,
    planned,
    write_block,
)
from lstm_core.corpus.folder import begin, block_folder, finish, is_done
from tests.lstm_core.corpus.small import made, network, texts


def test_what_is_whole_stays_and_what_was_left_midway_goes(tmp_path):
    model, sequences = network(), texts(4)
    plan = planned(model, sequences)
    begin(tmp_path, plan, {"file": "a"})
    write_block(block_folder(tmp_path, "0"), block_of(model, plan, sequences[:2]))
    block_folder(tmp_path, ".1.99.crashed").mkdir()
    with pytest.raises(CorpusError, match="lacks 1 of 2 blocks: run it again"):
        finish(tmp_path, ["0", "1"])
    with pytest.raises(CorpusError, match="no complete corpus"):
        SearchIndex.open(tmp_path)
    begin(tmp_path, plan, {"file": "a"})
    assert is_done(tmp_path, "0")
    write_block(block_folder(tmp_path, "1"), block_of(model, plan, sequences[2:]))
    finish(tmp_path, ["0", "1"])
    assert len(SearchIndex.open(tmp_path)) == 4
    assert sorted(f.name for f in (tmp_path / "blocks").iterdir()) == ["0", "1"]


def test_another_corpus_or_other_files_are_not_written_over(tmp_path):
    plan = planned(network(), texts(2))
    begin(tmp_path / "one", plan, {"file": "a"})
    with pytest.raises(CorpusError, match="the corpus of another model, other files"):
        begin(tmp_path / "one", plan, {"file": "b"})
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(CorpusError, match="holds other files"):
        begin(tmp_path, plan, {})


def test_a_folder_that_cannot_be_made_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NotWrittenError, match=r"file/out cannot be written: .*irectory\.$"):
        begin(tmp_path / "file" / "out", planned(network(), texts(2)), {})


@pytest.mark.parametrize("content", ["", "{}", '{"version": 1}', "[1]", '{"version": 7}'])
def test_what_is_no_corpus_is_refused_in_one_sentence(tmp_path, content):
    (tmp_path / "corpus.json").write_text(content)
    with pytest.raises(
        CorpusError, match=r"(is damaged|of another version).*make the corpus again"
    ):
        SearchIndex.open(tmp_path)


def test_a_plan_that_was_written_is_the_plan_that_is_read(tmp_path):
    index, plan = made(tmp_path, network(), texts(5))
    assert index.plan.spelled() == plan.spelled()
    assert json.loads((tmp_path / "corpus.json").read_text())["problems"] == []


@pytest.mark.parametrize(
    ("layer", "direction", "said"),
    [(1, "forward", "layer is 1: the network has"), (0, "backward", "reads forwards only")],
)
def test_a_layer_that_there_is_not_is_refused(layer, direction, said):
    with pytest.raises(CorpusError, match=said):
        planned(network(), texts(1), layer, direction)


def test_sequences_none_of_which_can_be_read_are_refused_with_the_reason():
    with pytest.raises(CorpusError, match="Symbol 'z'.*is not in the alphabet"):
        planned(network(), (symbol_sequence("z"),))
