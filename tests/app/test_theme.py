"""Colours: even steps, apart for everybody, and legible on their own page."""

from __future__ import annotations

import numpy as np
import pytest

from app import theme

MODES = [False, True]
SIGNED = ("cell_state", "candidate", "hidden_state")
# Machado, Oliveira & Fernandes 2009, severity 1: what is left of linear red, green and blue.
VISIONS = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def linear(colours: tuple[str, ...]) -> np.ndarray:
    """sRGB hex to linear light, (n, 3)."""
    rgb = np.array([[int(c[k : k + 2], 16) / 255 for k in (1, 3, 5)] for c in colours])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def oklab(light: np.ndarray) -> np.ndarray:
    """Linear light to OKLab (Ottosson 2020): the way back from theme.py's."""
    to_cones = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    to_lab = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
    return np.cbrt(np.clip(light, 0, None) @ np.array(to_cones).T) @ np.array(to_lab).T


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio."""
    one, two = (linear((c,))[0] @ [0.2126, 0.7152, 0.0722] for c in (first, second))
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)


@pytest.mark.parametrize("dark", MODES)
@pytest.mark.parametrize("name", theme.SIGNAL_HUES)
def test_equal_steps_of_the_number_are_equal_steps_for_the_eye(name: str, dark: bool):
    for signed in (False, True):
        path = oklab(linear(theme.ramp(name, signed, dark, 17)))
        steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
        for arm in (steps[:8], steps[8:]) if signed else (steps,):
            assert arm.max() < 1.25 * arm.min()


@pytest.mark.parametrize("dark", MODES)
@pytest.mark.parametrize("name", theme.SIGNAL_HUES)
def test_more_is_always_further_from_the_page(name: str, dark: bool):
    lightness = oklab(linear(theme.ramp(name, False, dark, 33)))[:, 0]
    steps = np.diff(lightness)
    assert np.all(steps > 0) if dark else np.all(steps < 0)


@pytest.mark.parametrize("vision", [None, *VISIONS])
@pytest.mark.parametrize("dark", MODES)
@pytest.mark.parametrize("name", SIGNED)
def test_above_and_below_zero_stay_apart_for_everybody(name: str, dark: bool, vision: str | None):
    colours = linear(theme.ramp(name, True, dark, 33))
    seen = colours if vision is None else np.clip(colours @ np.array(VISIONS[vision]).T, 0, 1)
    lab = oklab(seen)
    apart = np.linalg.norm(lab[17:] - lab[15::-1], axis=1)
    assert apart[-1] > 0.035  # about twice what one just notices; tritanopia comes nearest
    if vision != "tritanopia":
        assert np.all(apart[3:] > 0.025)  # from a quarter of the range on


def cielab(light: np.ndarray) -> np.ndarray:
    """Linear light to CIELAB under D65."""
    to_xyz = [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
    xyz = np.clip(light, 0, 1) @ np.array(to_xyz).T / [0.95047, 1, 1.08883]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], -1)


def ciede2000(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How different colours look (Sharma, Wu & Dalal 2005); 1 is about what one just notices."""
    mean_chroma = (np.hypot(*one[..., 1:].T) + np.hypot(*other[..., 1:].T)).T / 2
    stretch = 1.5 - 0.5 * np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7))
    a1, a2 = stretch * one[..., 1], stretch * other[..., 1]
    c1, c2 = np.hypot(a1, one[..., 2]), np.hypot(a2, other[..., 2])
    h1 = np.degrees(np.arctan2(one[..., 2], a1)) % 360
    h2 = np.degrees(np.arctan2(other[..., 2], a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180
    light, chroma = (one[..., 0] + other[..., 0]) / 2, (c1 + c2) / 2
    hue = (h1 + turn / 2) % 360
    waves = [(-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63)]
    t = 1 + sum(k * np.cos(np.radians(n * hue + shift)) for k, n, shift in waves)
    lightness = (other[..., 0] - one[..., 0]) / (
        1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    )
    saturation = (c2 - c1) / (1 + 0.045 * chroma)
    hues = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * chroma * t)
    around = 60 * np.exp(-(((hue - 275) / 25) ** 2))
    mixed = -2 * np.sqrt(chroma**7 / (chroma**7 + 25**7)) * np.sin(np.radians(around))
    return np.sqrt(lightness**2 + saturation**2 + hues**2 + mixed * saturation * hues)


def test_the_difference_of_colours_is_that_of_the_published_examples():
    # pairs 1, 7 and 17 of Sharma, Wu & Dalal 2005, table 1
    pairs = [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ]
    for one, other, published in pairs:
        found = ciede2000(np.array(one, float), np.array(other, float))
        assert found == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize("vision", [None, *VISIONS])
@pytest.mark.parametrize("dark", MODES)
def test_no_two_meanings_look_alike_to_anybody(dark: bool, vision: str | None):
    hues = {hue: name for name, hue in theme.SIGNAL_HUES.items()}
    meanings = {hue: theme.signal_colour(name, dark) for hue, name in hues.items()}
    meanings["ochre"] = theme.palette(dark)["below_zero"]
    light = linear(tuple(meanings.values()))
    seen = cielab(light if vision is None else light @ np.array(VISIONS[vision]).T)
    one, other = np.triu_indices(len(seen), 1)
    assert len(seen) == 7
    assert ciede2000(seen[one], seen[other]).min() >= (12.5 if vision is None else 9.0)


@pytest.mark.parametrize("dark", MODES)
def test_words_can_be_read_on_the_page_and_on_the_panel(dark: bool):
    colours = theme.palette(dark)
    texts = [colours[k] for k in ("ink", "muted", "good", "bad", "below_zero")]
    texts += [theme.signal_colour(name, dark) for name in theme.SIGNAL_HUES]
    for ground in (colours["page"], colours["panel"]):
        assert min(contrast(text, ground) for text in texts) >= 4.5


@pytest.mark.parametrize("dark", MODES)
def test_zero_is_the_same_colour_in_every_signal(dark: bool):
    zeros = {theme.ramp(name, True, dark, 33)[16] for name in SIGNED}
    zeros |= {theme.ramp(name, False, dark, 33)[0] for name in theme.SIGNAL_HUES}
    assert zeros == {theme.palette(dark)["neutral"]}


def test_an_unknown_signal_is_grey_rather_than_an_error():
    red, green, blue = (int(theme.signal_colour("else", False)[k : k + 2], 16) for k in (1, 3, 5))
    assert max(red, green, blue) - min(red, green, blue) < 24


def test_a_plotly_scale_runs_from_nought_to_one():
    scale = theme.colour_scale("forget_gate", False, False)
    assert [scale[0][0], scale[-1][0]] == [0.0, 1.0]
    assert len(scale) == theme.STOPS
