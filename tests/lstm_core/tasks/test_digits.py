"""Sequential digits: the images, how they are divided, and when an answer is right."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings

from lstm_core.sequence import number_sequence
from lstm_core.tasks import digits
from lstm_core.tasks.digits import LEARNED, SequentialDigits

from ..strategies import seeds
from .oracles import Oracle

TASK = SequentialDigits()
SHA256 = "b2dab7b501728c22e9119ad76740b2e17c77a231e42d1e592380d90886f1a05e"


def test_the_images_are_those_whose_licence_stands_beside_them():
    assert hashlib.sha256(digits.FILE.read_bytes()).hexdigest() == SHA256
    note = digits.FILE.with_suffix(".md").read_text(encoding="utf-8")
    assert "Creative Commons Attribution 4.0" in note
    assert "10.24432/C50P49" in note


def test_there_are_as_many_of_each_digit_as_the_source_says():
    every = digits.digits()
    counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert np.bincount(every.labels).tolist() == counts
    assert every.pixels.shape == (1797, 64)
    assert (every.pixels.min(), every.pixels.max()) == (0, 16)


def test_no_image_is_there_twice():
    pixels = digits.digits().pixels
    assert len(np.unique(pixels, axis=0)) == len(pixels)


PLACE = {row.tobytes(): k for k, row in enumerate(digits.digits().pixels)}


def image_numbers(inputs):
    """Return which images a batch holds."""
    rows = np.rint(np.asarray(inputs)[:, :, 0] * 16).astype(np.uint8)
    return np.array([PLACE[row.tobytes()] for row in rows])


class Remembers(Oracle):
    """Knows every digit, and notes which images it was shown."""

    def run_inputs(self, inputs, lengths=None):
        self.shown = image_numbers(inputs)
        return super().run_inputs(inputs, lengths)


@settings(max_examples=20)
@given(seeds)
def test_no_image_that_tests_was_learned_from(seed):
    learned = image_numbers(TASK.batch(np.random.default_rng(seed), 20).inputs)
    model = Remembers(TASK)
    assert TASK.right(model, np.random.default_rng(seed), 20).all()
    assert learned.max() < LEARNED <= model.shown.min()


def test_all_images_of_a_part_are_drawn():
    model = Remembers(TASK)
    TASK.right(model, np.random.default_rng(0), 8000)
    assert len(model.shown) == len(digits.digits().labels) - LEARNED
    learned = image_numbers(TASK.batch(np.random.default_rng(0), 16_000).inputs)
    assert len(set(learned)) == LEARNED


def test_both_parts_have_every_digit_in_equal_shares():
    for part in (digits.digits().labels[:LEARNED], digits.digits().labels[LEARNED:]):
        assert np.bincount(part) / len(part) == pytest.approx(np.full(10, 0.1), abs=0.015)


def test_the_digit_is_asked_for_at_the_last_pixel():
    batch = TASK.batch(np.random.default_rng(0), 5)
    assert batch.weights.sum(axis=1).tolist() == [1] * 5
    assert np.all(batch.weights[:, -1] == 1)
    image = TASK.random_sequence(np.random.default_rng(0))
    *before, last = TASK.targets(image)
    assert not any(before)
    assert len(last) == 1


def test_of_an_image_that_is_not_known_nothing_is_asked():
    image = TASK.random_sequence(np.random.default_rng(0)).numbers.astype(float)
    for other in (image[:-1], 16 - image, image - 20, np.zeros((64, 1))):
        assert not any(TASK.targets(number_sequence(other)))
    assert TASK.cue(number_sequence(np.zeros((64, 1)))) is None
