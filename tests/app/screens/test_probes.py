"""What units are about: found on the network's own sequences, and on the page with its numbers."""

from __future__ import annotations

from html import unescape

import numpy as np
import pytest

from app.session import demos
from app.session.opened_view import open_view
from app.session.probing import probed, properties_of
from app.session.view import View
from app.words import probes as words

from ..pages import one_page, opened, ran, texts


def found(demo: str, name: str):
    result = probed(open_view(View(demo=demo)), "cell_state")
    assert result is not None
    return next(probe for probe in result.probes if probe.name == name)


def test_one_unit_of_first_letter_is_the_letter():
    probe = found("first_letter", "has to remember A")
    assert probe.is_told
    assert probe.accuracy[probe.best] > 0.99


def test_a_unit_of_the_counter_counts():
    probe = found("counter", "how often c was read")
    assert abs(probe.correlation[probe.best]) > 0.98


@pytest.mark.parametrize("name", demos.demo_names())
def test_every_sequence_of_a_network_has_the_same_properties(name):
    subject = demos.demo(name)
    names = [
        [one.name for one in properties_of(subject, subject.random_sequence(seed))]
        for seed in (1, 2)
    ]
    assert names[0] == names[1]


def test_the_page_says_what_is_told_best_and_draws_it_over_the_unit():
    app = opened(one_page("explore"), {"demo": "counter", "details": "units", "unit": "5"})
    ran(app.segmented_control(key="units-part").set_value("probes").run())
    page = unescape(texts(app))
    shown = open_view(View(demo="counter"))
    result = probed(shown, "cell_state")
    probe = next(one for one in result.probes if one.is_told)
    correlation = float(probe.correlation[probe.best])
    assert words.best(probe.name, probe.best, correlation, probe.chance) in page
    assert words.probed(result.sequences, result.timesteps) in page
    assert app.selectbox(key="probe-drawn").options[0] == result.probes[0].name
    assert np.isfinite(correlation)
