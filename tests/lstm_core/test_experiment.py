"""An experiment decides everything, and its words spell it."""

from __future__ import annotations

import dataclasses
from itertools import islice
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.experiment import (
    Cell,
    Experiment,
    batches,
    model_of,
    read,
    recipe_of,
    recommended,
    right,
    size,
    spell,
    with_size,
)
from lstm_core.model.weights import weights
from lstm_core.tasks import LENGTHS, make_task
from lstm_core.training import training

CELLS = ("lstm", "lstm_no_forget", "lstm_coupled", "lstm_peephole", "gru", "rnn")
SHORT = Experiment(length=20, units=3, batch=4, updates=6)

experiments = st.builds(
    Experiment,
    task=st.sampled_from(["temporal_order_6a", "adding"]),
    length=st.none() | st.integers(20, 500),
    cell=st.sampled_from(CELLS),
    units=st.integers(1, 1024),
    forget_bias=st.floats(-10, 10),
    chrono=st.booleans(),
    optimiser=st.sampled_from(["adam", "sgd"]),
    learning_rate=st.floats(1e-6, 10),
    last=st.floats(0, 1),
    updates=st.integers(1, 1_000_000),
    batch=st.integers(1, 1024),
    longest_gradient=st.floats(1e-6, 1e6),
    write_penalty=st.floats(0, 100),
    seed=st.integers(0, 2**32 - 1),
)


@given(experiments)
def test_an_experiment_is_read_as_it_was_spelled(experiment: Experiment) -> None:
    assert dataclasses.asdict(read(spell(experiment))) == dataclasses.asdict(experiment)


@pytest.mark.parametrize("task", LENGTHS)
def test_a_recommendation_is_spelled_by_its_task_alone(task: str) -> None:
    assert spell(recommended(task)) == {"task": task}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"task": "chess"}, "task is 'chess': expected one of"),
        ({"cell": "transformer"}, "cell is 'transformer': expected one of lstm"),
        ({"cell": "x" * 50}, f"cell is '{'x' * 40}': expected one of lstm"),
        ({"units": "0"}, "units is 0: expected 1 to 1024"),
        ({"units": "many"}, "units is 'many': expected a whole number"),
        ({"learning_rate": "nan"}, "learning_rate is nan: expected 1e-06 to 10"),
        ({"write_penalty": "-1"}, "write_penalty is -1.0: expected 0 to 100"),
        ({"chrono": "yes"}, "chrono is 'yes': expected 0 or 1"),
        ({"length": "19"}, "length is 19: expected 20 to 1000"),
        ({"seed": "9" * 50}, "seed is '9999"),
    ],
)
def test_what_cannot_be_trained_is_told_in_one_sentence(words: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match="^" + told.replace("(", r"\(")):
        read(words)


@pytest.mark.parametrize("cell", CELLS)
def test_the_same_experiment_gives_the_same_network(cell: Cell) -> None:
    def trained() -> dict[str, np.ndarray]:
        e = SHORT.replace(cell=cell, chrono=cell != "rnn")
        *_, last = training(model_of(e), batches(e), recipe_of(e))
        return weights(last.model)

    first, second = trained(), trained()
    assert all((first[name] == second[name]).all() for name in first)


def test_another_seed_gives_another_network_and_other_sequences() -> None:
    other = SHORT.replace(seed=2)
    assert not np.allclose(
        weights(model_of(SHORT))["readout.kernel"], weights(model_of(other))["readout.kernel"]
    )
    mine, theirs = next(batches(SHORT)).inputs, next(batches(other)).inputs
    assert mine.shape != theirs.shape or (mine != theirs).any()


def test_a_run_that_goes_on_from_its_middle_ends_as_if_it_had_never_stopped() -> None:
    recipe, model = recipe_of(SHORT), model_of(SHORT)
    whole = list(training(model, batches(SHORT), recipe))
    middle = whole[2]
    *_, resumed = training(model, batches(SHORT, middle.updates), recipe, resume=middle)
    for name, array in weights(whole[-1].model).items():
        np.testing.assert_array_equal(weights(resumed.model)[name], array)


def test_an_experiment_charges_for_writing_what_it_says() -> None:
    assert recipe_of(SHORT).write_penalty == 0
    assert recipe_of(SHORT.replace(write_penalty=0.25)).write_penalty == 0.25
    assert recipe_of(recommended("first_letter")).write_penalty > 0


@pytest.mark.parametrize("cell", CELLS)
def test_networks_of_the_same_size_come_as_near_as_whole_units_allow(cell: Cell) -> None:
    wanted = size(SHORT.replace(cell="lstm", units=12))
    units = with_size(SHORT.replace(cell=cell), wanted).units
    distance = abs(size(SHORT.replace(cell=cell, units=units)) - wanted)
    for other in (units - 1, units + 1):
        assert distance <= abs(size(SHORT.replace(cell=cell, units=other)) - wanted)


def test_no_sequence_that_tests_was_drawn_for_training() -> None:
    e = recommended("temporal_order_6a")
    rows = {row.tobytes() for batch in islice(batches(e), 5) for row in batch.inputs[:, :100]}
    task = make_task(e.task)
    drawn = task.batch(np.random.default_rng([0, 2, 2]), 64).inputs[:, :100]
    assert rows.isdisjoint(row.tobytes() for row in drawn)


class Reads:
    """A network as far as a task tests it: it keeps what it was given to read."""

    def __init__(self) -> None:
        self.inputs: list[bytes] = []

    def run_inputs(self, inputs: np.ndarray, lengths: np.ndarray | None = None) -> SimpleNamespace:
        self.inputs.append(inputs.tobytes())
        return SimpleNamespace(predictions=np.zeros((*inputs.shape[:2], 4)))


def test_networks_of_every_seed_are_tested_on_the_same_sequences() -> None:
    def tested(seed: int, draw: int = 0) -> list[bytes]:
        network = Reads()
        right(SHORT.replace(seed=seed), network, 3, draw)  # type: ignore[arg-type]
        return network.inputs

    assert tested(seed=1) == tested(seed=2)
    assert tested(seed=1) != tested(seed=1, draw=1)


@pytest.mark.parametrize("cell", ["lstm", "lstm_coupled", "gru"])
def test_chrono_reaches_up_to_the_longest_lag_of_the_task(cell: Cell) -> None:
    e = recommended("temporal_order_6a", cell).replace(units=128, chrono=True)
    parameters = model_of(e, np.float64).layers[0].forward
    biases = parameters.split(parameters.bias)
    keeps = biases["update_gate"] if cell == "gru" else -biases["input_gate"]
    longest = make_task(e.task).lag
    assert 0.95 * longest < 1 + np.exp(keeps.max()) <= longest


@pytest.mark.parametrize("task", LENGTHS)
def test_a_network_that_has_learned_nothing_is_not_right(task: str) -> None:
    e = recommended(task).replace(units=2)
    assert right(e, model_of(e), 20).mean() < 0.5
