"""The verdict of the page Memory: what was measured, whoever it favours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.screens.memory.comparison import Network
from app.screens.memory.verdict import answers_of, memory_of, said_by
from app.words import memory_answer as words
from lstm_core.analysis.recall import Probe, Recall
from lstm_core.demo import load_demo
from lstm_core.recall_study import ProbedRecall
from tests.app.memory_fixtures import DEMOS


def probed(*scores: float) -> ProbedRecall:
    """Recall of one of two symbols with these scores at lags 0, 10, 20, ..."""
    lags = 10 * np.arange(len(scores))
    probe = Probe(lags=lags, kernel=np.zeros((0, 1, 2)), bias=np.zeros((0, 2)), labels=("A", "B"))
    recall = Recall(
        measure="accuracy",
        lags=lags,
        score=np.array(scores),
        standard_error=np.full(len(scores), 0.02),
        chance=np.full(len(scores), 0.5),
        tested=np.full(len(scores), 600),
        probe=probe,
    )
    return ProbedRecall(recall=recall, sequences=1200, blind_error=0.0)


@pytest.mark.parametrize(
    ("scores", "grade"),
    [
        ((1, 1, 1, 1), "kept"),
        ((1, 0.98, 0.97, 0.97), "kept"),
        ((1, 0.9, 0.8, 0.7), "fading"),
        ((1, 0.9, 0.5, 0.5), "lost"),
        ((1, 1, 1, *[1] * 8, 0.55), "fading"),  # only at the very end: too little to call it lost
    ],
)
def test_a_network_keeps_what_a_probe_still_reads_at_the_end(scores, grade):
    assert memory_of(probed(*scores)).grade == grade


def test_a_verdict_follows_from_the_grades_and_says_so_where_a_standard_rnn_keeps_it():
    kept, lost = memory_of(probed(1, 1)), memory_of(probed(1, 0.5, 0.5))

    def phrase(title, memory):
        score = words.score(memory.measure, memory.score, memory.chance)
        return words.remembered(title, memory.grade, "A or B", score, memory.last, memory.forgotten)

    both = [phrase("LSTM", kept), phrase("Standard RNN", kept)]
    assert words.verdict(words.LEADS["kept"], both) == (
        "No, not here. The LSTM still holds A or B after 10 timesteps; "
        "the standard RNN still holds A or B after 10 timesteps."
    )
    assert phrase("Standard RNN", lost) == "the standard RNN has lost it after 10 timesteps"


@pytest.mark.parametrize(("name", "asked"), [("reber", 23), ("adding", 1), ("sunspots", 0)])
def test_what_a_network_says_counts_where_right_and_wrong_are_defined(name, asked):
    demo = load_demo(DEMOS / name)
    sequence = demo.examples[0].sequence
    network = Network(demo=demo, run=demo.model.run(sequence))
    said = said_by(network, demo.correct(sequence, network.run.predictions))
    assert (said.asked, said.right) == (asked, asked) if asked else said is None


def test_answers_are_right_sequences_or_else_the_measure_that_the_certificate_has():
    provenance = load_demo(DEMOS / "reber").provenance

    def answers(**reached):
        return answers_of(replace(provenance, reached=reached))

    assert answers(sequences=10, sequences_wrong=1).value == 9
    assert answers(right_up_to_n=64).rank > answers(right_up_to_n=9).rank
    assert answers(network_error=21.7).rank < answers(network_error=19.4).rank
    assert answers(gzip=2.1) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.41, "2.4 times as much"),
        (1.0, "100 %"),
        (0.928, "92.8 %"),
        (2e-11, "about 10⁻¹¹ of it"),
        (0.0, "nothing"),
        (float("inf"), "more than can be counted"),
    ],
)
def test_what_is_left_is_said_in_words_that_fit_its_size(value, text):
    assert words.left(value) == text
