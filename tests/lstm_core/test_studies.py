"""Files of results: what they say is what is shown, and half a file is refused."""

from __future__ import annotations

import json

import numpy as np
import pytest

from app.screens.memory.results import STUDIES
from lstm_core.studies import read_study, read_table
from tests.app import memory_fixtures


def test_a_study_says_for_each_variant_what_became_of_each_seed():
    study = read_study(json.dumps(memory_fixtures.variants_study()).encode())
    assert (study.task, study.length) == ("temporal_order_6a", 100)
    assert study.title == "Temporal order, two symbols, length 100"
    chrono = next(v for v in study.variants if v.name == "chrono")
    assert (chrono.kind, chrono.units) == ("lstm", 8)
    assert [run.sequences_to_success for run in chrono.runs] == [12800, 16000, 14400, 19200, 12160]
    failed = next(v for v in study.variants if v.name == "standard RNN")
    assert {run.sequences_to_success for run in failed.runs} == {None}


def test_the_spread_is_the_lowest_the_median_and_the_highest_of_the_seeds():
    words = memory_fixtures.variants_study()
    variant = read_study(json.dumps(words).encode()).variants[1]
    updates, lowest, median, highest = variant.spread()
    seeds = np.array([run["success"] for run in words["variants"][1]["runs"]])
    assert updates.tolist() == memory_fixtures.UPDATES
    np.testing.assert_allclose(lowest, seeds.min(axis=0))
    np.testing.assert_allclose(median, np.median(seeds, axis=0))
    np.testing.assert_allclose(highest, seeds.max(axis=0))


def test_a_run_that_ended_early_keeps_its_last_success():
    words = memory_fixtures.variants_study()
    words["variants"] = words["variants"][3:4]
    for run in words["variants"][0]["runs"][1:]:
        run["updates"], run["success"] = run["updates"][:5], [*run["success"][:4], 0.5]
    _, lowest, *_ = read_study(json.dumps(words).encode()).variants[0].spread()
    assert lowest[-1] == 0.5


def test_the_table_counts_the_seeds_that_succeeded():
    table = read_table(json.dumps(memory_fixtures.tasks()).encode())
    counts = [(r.cells["lstm"].succeeded, r.cells["rnn"].succeeded) for r in table.rows]
    assert counts == [(5, 2), (5, 0)]


def test_half_a_file_is_refused():
    words = memory_fixtures.variants_study()
    del words["variants"][0]["runs"][0]["wrong"]
    with pytest.raises(ValueError, match="the results are not complete: 'wrong'"):
        read_study(json.dumps(words).encode())
    words = memory_fixtures.variants_study()
    words["variants"][0]["runs"][0]["success"].pop()
    with pytest.raises(ValueError, match="success has 20 numbers: expected 21"):
        read_study(json.dumps(words).encode())
    with pytest.raises(ValueError, match="the results are not complete: 'date'"):
        read_table(b'{"rows": []}')


@pytest.mark.parametrize(("file", "reader"), [("variants", read_study), ("tasks", read_table)])
def test_the_files_that_are_there_can_be_read(file, reader):
    path = STUDIES / f"{file}.json"
    if path.is_file():
        reader(path.read_bytes())
