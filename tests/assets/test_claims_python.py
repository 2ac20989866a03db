"""The claims of the Python demo: on the shipped sample again, on the whole library in words.

The sample is measured in full. The library of the Python that runs the tests may be another
version's; `python -m assets.demos.python.make --measure` measures on it whichever it is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assets.demos.python import make
from lstm_core.demo import list_twins, load_demo, load_twin
from lstm_core.tasks import python_source as source

FOLDER = Path(__file__).parents[2] / "assets" / "demos" / "python"
DEMO = load_demo(FOLDER)
CLAIMED = DEMO.provenance.reached


def test_on_the_shipped_held_out_files_lstm_and_gzip_need_the_bits_that_are_claimed():
    measured = make.measure_sample(DEMO.model)
    claimed = {name: CLAIMED[name] for name in measured}
    gzip = "sample_gzip_bits_per_character"  # another zlib packs a little differently
    assert measured.pop(gzip) == pytest.approx(claimed.pop(gzip), rel=0.03)
    assert measured == pytest.approx(claimed, abs=1e-3)
    assert measured["sample_bits_per_character"] < CLAIMED[gzip]


@pytest.mark.parametrize("name", list_twins(FOLDER))
def test_a_twin_needs_the_bits_that_its_certificate_claims_and_more_than_the_lstm(name):
    twin = load_twin(FOLDER, name)
    bits = make.measure_sample(twin.model)["sample_bits_per_character"]
    assert bits == pytest.approx(twin.provenance.reached["sample_bits_per_character"], abs=1e-3)
    assert twin.provenance.reached["bits_per_character"] > CLAIMED["bits_per_character"]


def test_the_lstm_needs_fewer_bits_than_the_5_gram_model_and_gzip():
    lstm = CLAIMED["bits_per_character"]
    assert lstm < CLAIMED["five_gram_bits_per_character"] < CLAIMED["gzip_bits_per_character"]


def test_every_shipped_file_was_held_out():
    shipped = source.PythonSource.load(FOLDER / "held_out").files
    assert set(source.split(shipped, make.SEED).held_out) == set(shipped)
    assert sum(map(len, shipped.values())) == CLAIMED["sample_characters"]


def test_the_network_is_one_layer_of_at_least_128_units_over_the_alphabet_of_the_task():
    (layer,) = DEMO.model.layers
    assert (layer.kind, layer.bidirectional) == ("lstm", False)
    assert layer.hidden_size == make.NETWORK.units >= 128
    assert DEMO.model.encoder.alphabet == DEMO.model.readout.labels == source.ALPHABET


def test_the_weights_are_small_enough_to_travel():
    assert (FOLDER / "weights.npz").stat().st_size < 2.5e6


@pytest.mark.parametrize("named", DEMO.examples, ids=lambda named: named.sequence.name)
def test_every_sequence_can_be_read_and_fits_the_screen(named):
    assert set(named.sequence.symbols) <= set(source.ALPHABET)
    assert 60 <= len(named.sequence) <= 260
    predictions = DEMO.model.run(named.sequence).predictions
    right = DEMO.correct(named.sequence, predictions)
    assert (right == 1).mean() > 0.4
    assert 0 not in right
