"""Every number that a birth certificate claims is measured again, by the script that made it.

All claims are recomputed in full but for embedded Reber's, where the first 2,000 of the 10,000
unseen strings are run: `python -m assets.demos.reber.make --measure` runs them all.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from assets.demos.demo_script import Network
from lstm_core import Layer, Model
from lstm_core.analysis import contributions
from lstm_core.demo import Demo, list_demos, list_twins, load_demo, load_twin
from lstm_core.training import initial_readout

DEMOS = Path(__file__).parents[2] / "assets" / "demos"
REDUCED = 2000
ANOTHER_MACHINE = {"rel": 1e-3, "abs": 2e-4}  # float32 sums in another order, then rounded


def script(name: str) -> ModuleType:
    return importlib.import_module(f"assets.demos.{name}.make")


@cache
def demo(name: str) -> Demo:
    return load_demo(DEMOS / name)


def test_first_letter_is_never_wrong_and_keeps_what_it_wrote_first():
    claimed = demo("first_letter").provenance.reached
    measured = script("first_letter").measure(demo("first_letter").model)
    assert measured == pytest.approx(claimed, **ANOTHER_MACHINE)
    assert (measured["sequences"], measured["sequences_wrong"]) == (2560, 0)
    # What the demo is for: at the longest lag nearly all of the cell state came from one write.
    assert measured["share_of_first_write"] > 0.99
    assert measured["first_write_kept"] > 0.98


def test_of_the_standard_rnns_for_first_letter_one_keeps_it_and_one_does_not():
    summary = demo("first_letter").summary
    assert "a standard RNN of one unit keeps it too, while one of three units" in summary
    for twin, units, wrong in (("rnn_same_size", 1, 0), ("rnn_same_count", 3, 2560)):
        shown = load_twin(DEMOS / "first_letter", twin)
        assert shown.model.layers[0].hidden_size == units
        assert shown.provenance.reached["sequences_wrong"] == wrong  # measured again below


def test_twenty_two_letters_later_the_first_is_still_on_the_belt():
    example = demo("first_letter").examples[0].sequence
    assert "".join(example.symbols) == "AcdeedcddcecdecddeccedcE"
    run = demo("first_letter").model.run(example)
    trace = run.layers[0].forward
    first = contributions(trace, 23).written[0, 0]
    assert first / trace.cell_state[23, 0] == pytest.approx(1, abs=0.01)
    assert trace.written[0, 0] > 0.7  # A is a positive number
    assert np.abs(trace.written[1:, 0]).max() < 0.01
    assert run.predictions[-1, 0] > 0.99


def test_embedded_reber_gets_every_unseen_string_right(capsys):
    claimed = demo("reber").provenance.reached
    assert claimed["strings_right"] == claimed["strings"] == 10_000
    measured = script("reber").measure(demo("reber").model, REDUCED)
    with capsys.disabled():
        print(f"\nembedded Reber: {REDUCED} of the 10,000 strings of its certificate were run")
    assert set(measured) == set(claimed)
    assert measured["strings_right"] == measured["strings"] == REDUCED
    assert measured["longest_string"] <= claimed["longest_string"]
    assert measured["lowest_legal"] >= claimed["lowest_legal"] - 2e-4
    assert measured["highest_illegal"] <= claimed["highest_illegal"] + 2e-4


def test_adding_is_wrong_at_most_once_in_2560():
    claimed = demo("adding").provenance.reached
    measured = script("adding").measure(demo("adding").model)
    assert measured == pytest.approx(claimed, **ANOTHER_MACHINE)
    assert measured["sequences"] == 2560
    assert measured["sequences_wrong"] <= 1


def test_the_sunspot_errors_are_what_the_certificate_says():
    claimed = demo("sunspots").provenance.reached
    measured = script("sunspots").measure(demo("sunspots").model)
    assert measured == pytest.approx(claimed, **ANOTHER_MACHINE)
    # What the demo's summary says in words:
    assert measured["network_error"] < 0.7 * measured["persistence_error"]
    assert measured["autoregression_error"] < measured["network_error"]
    assert "a little worse than an autoregression on nine years" in demo("sunspots").summary
    assert measured["autoregression_order"] == 9


def test_no_year_that_trains_or_chooses_is_held_out():
    make = script("sunspots")
    parts = [make.TRAINED, make.CHOSEN, make.HELD_OUT]
    assert (sum(part.astype(int) for part in parts) == 1).all()


def test_temporal_order_is_wrong_at_most_once_in_2560():
    claimed = demo("temporal_order").provenance.reached
    measured = script("temporal_order").measure(demo("temporal_order").model)
    assert measured == pytest.approx(claimed, **ANOTHER_MACHINE)
    assert measured["sequences"] == 2560
    assert measured["sequences_wrong"] <= 1


def test_the_counter_counts_further_than_it_was_trained_and_breaks_where_it_says():
    make, shown = script("counter"), demo("counter")
    claimed, measured = shown.provenance.reached, make.measure(shown.model)
    assert measured == pytest.approx(claimed, **ANOTHER_MACHINE)
    assert measured["right_up_to_n"] > make.TASK.most
    assert measured["right_up_to_n"] == make.BREAKS - 1
    *kept, broken = shown.examples
    for given in (*kept, broken):
        predictions = shown.model.run(given.sequence).predictions
        assert (0 in shown.correct(given.sequence, predictions)) == (given is broken), (
            given.sequence.name
        )


TWINS = [(name, twin) for name in list_demos(DEMOS) for twin in list_twins(DEMOS / name)]


@pytest.mark.parametrize(("name", "twin"), [t for t in TWINS if t[0] not in ("reber", "python")])
def test_a_twin_does_what_its_certificate_says(name, twin):
    shown = load_twin(DEMOS / name, twin)
    measured = script(name).measure(shown.model)
    assert measured == pytest.approx(shown.provenance.reached, **ANOTHER_MACHINE)


@pytest.mark.parametrize("twin", list_twins(DEMOS / "reber"))
def test_a_twin_for_embedded_reber_gets_the_share_right_that_it_claims(twin):
    shown = load_twin(DEMOS / "reber", twin)
    claimed = shown.provenance.reached
    measured = script("reber").measure(shown.model, REDUCED)
    share = claimed["strings_right"] / claimed["strings"]
    deviation = (share * (1 - share) / REDUCED) ** 0.5
    assert abs(measured["strings_right"] / REDUCED - share) <= 5 * deviation
    assert measured["lowest_legal"] >= claimed["lowest_legal"] - 2e-4
    assert measured["highest_illegal"] <= claimed["highest_illegal"] + 2e-4


@pytest.mark.parametrize(("name", "twin"), TWINS)
def test_twins_are_alike_in_what_they_say_and_differ_in_nothing_else(name, twin):
    own, other = demo(name), load_twin(DEMOS / name, twin)
    kind, _, alike = twin.split("_")
    assert other.model.layers[0].kind == kind
    assert type(other.truth) is type(own.truth)
    assert other.model.readout is not None
    assert own.model.readout is not None
    assert other.model.readout.labels == own.model.readout.labels
    if alike == "size":
        assert other.model.layers[0].hidden_size == own.model.layers[0].hidden_size
    else:
        units = other.model.layers[0].hidden_size
        sizes = [with_units(other.model, n).size for n in (units - 1, units, units + 1) if n]
        assert other.model.size in sizes
        assert other.model.size == min(sizes, key=lambda size: abs(size - own.model.size))


def with_units(model: Model, units: int) -> Model:
    """Return an untrained network like `model` with another number of units."""
    (layer,), readout = model.layers, model.readout
    rng = np.random.default_rng(0)
    cell = Network(cell=layer.kind, units=units).initial(rng, layer.input_size)
    return Model(
        layers=(Layer(name=layer.name, forward=cell),),
        encoder=model.encoder,
        readout=initial_readout(rng, units, readout.labels, readout.activation),
    )


@pytest.mark.parametrize("name", list_demos(DEMOS))
def test_a_certificate_names_everything_that_a_reader_may_ask(name):
    certificate = demo(name).provenance
    weights = (DEMOS / name / "weights.npz").read_bytes()
    assert certificate.sha256 == hashlib.sha256(weights).hexdigest()
    assert certificate.seed == (script(name).SEED if hasattr(script(name), "SEED") else 1)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", certificate.date)
    assert {"python", "numpy"} <= set(certificate.versions)
    python, module, made_by, *_ = certificate.made_by.split()
    assert (python, module) == ("python", "-m")
    assert importlib.util.find_spec(made_by) is not None
    for words in (certificate.licence, certificate.criterion, certificate.published):
        assert len(words) > 10


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("first_letter", 1),
        ("reber", 12),
        ("adding", 4),
        ("temporal_order", 8),
        ("counter", 10),
        ("sunspots", 8),
    ],
)
def test_the_networks_are_as_small_as_they_say(name, units):
    (layer,) = demo(name).model.layers
    assert (layer.kind, layer.hidden_size, layer.bidirectional) == ("lstm", units, False)


@pytest.mark.parametrize("name", ["first_letter", "reber", "adding", "temporal_order"])
def test_every_named_sequence_comes_out_as_the_task_demands(name):
    shown = demo(name)
    for given in shown.examples:
        predictions = shown.model.run(given.sequence).predictions
        assert predictions is not None
        assert 0 not in shown.correct(given.sequence, predictions), given.sequence.name
