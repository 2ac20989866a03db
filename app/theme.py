"""Colours, as plain data: the stage's JavaScript and every Plotly figure read the same table.

One hue per signal, close to Okabe and Ito's colour-blind-safe family: vermilion keeps (forget gate,
and a GRU's update gate), green lets in (input gate), blue shows (output gate, and a GRU's reset
gate), mauve is what is offered (candidate), violet is the cell state, teal is what the
cell shows (hidden state). What lies below zero is ochre in every signed signal. Hues and the
lightness of lines are chosen so that the two most alike differ as much as possible for readers
who lack one kind of cone; tests/app/test_theme.py says by how much.

A scale is a path in OKLab from the page's own neutral through the full hue to its far end,
walked at one speed, so that equal steps of the number are equal steps for the eye; a signed
scale is two such paths that meet at zero. Every function takes `dark`, and gives sRGB as "#rrggbb".

Source: Okabe & Ito 2008, "Color universal design"; Ottosson 2020, "A perceptual color space".
"""

from __future__ import annotations

from functools import cache
from math import cos, dist, radians, sin

Lab = tuple[float, float, float]  # OKLab: lightness, green to red, blue to yellow

# Hue angles in OKLCH, in degrees.
HUES = {
    "vermilion": 48.0,
    "green": 163.0,
    "blue": 246.0,
    "mauve": 342.0,
    "violet": 293.0,
    "teal": 208.0,
    "ochre": 95.0,
    "grey": 260.0,
}

# How colourful a hue should be, in OKLCH; where sRGB has less, the most that it has.
CHROMAS = {
    "vermilion": 0.170,
    "green": 0.135,
    "blue": 0.150,
    "mauve": 0.160,
    "violet": 0.175,
    "teal": 0.120,
    "ochre": 0.140,
    "grey": 0.015,
}

SIGNAL_HUES = {
    "cell_state": "violet",
    "forget_gate": "vermilion",
    "input_gate": "green",
    "candidate": "mauve",
    "output_gate": "blue",
    "hidden_state": "teal",
    "update_gate": "vermilion",
    "reset_gate": "blue",
    "retained": "violet",
    "written": "violet",
}

# Of whole networks beside each other: the hue of what remembers, but for a GRU's gate that keeps.
NETWORK_HUES = {"lstm": "violet", "rnn": "teal", "gru": "vermilion"}

BELOW_ZERO = "ochre"

# Lightness and chroma (grey) of the page's own colours, in OKLCH: light, dark.
_PALETTE = {
    "page": (1.000, 0.175),
    "panel": (0.985, 0.205),
    "ink": (0.220, 0.960),
    "muted": (0.500, 0.720),
    "line": (0.900, 0.330),
    "strong_line": (0.780, 0.450),
    "neutral": (0.978, 0.255),
}

# Of a signal's line, title and stem: hue angle, lightness in the light, in the dark. They stand
# beside one another, so they leave the scales' hues a little and differ in lightness: to a reader
# who lacks one kind of cone seven hues of one lightness do not all differ.
LINES = {
    "vermilion": (44.0, 0.461, 0.635),
    "green": (158.0, 0.360, 0.774),
    "blue": (238.0, 0.448, 0.895),
    "mauve": (2.0, 0.570, 0.865),
    "violet": (274.0, 0.360, 0.733),
    "teal": (188.0, 0.539, 0.632),
    "ochre": (75.0, 0.557, 0.768),
    "grey": (260.0, 0.538, 0.760),
}
# Lightness of the middle and of the far end of every colour scale: light, dark.
MIDDLE_LIGHTNESS = (0.700, 0.560)
END_LIGHTNESS = (0.420, 0.860)

CHINESE_FONTS = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC"'  # what systems come with
FONT_FAMILY = f'"Source Sans", "Source Sans 3", system-ui, sans-serif, {CHINESE_FONTS}'
MARGINS = {"l": 56, "r": 16, "t": 28, "b": 44}
STOPS = 17  # how many stops a Plotly colour scale gets


def palette(dark: bool) -> dict[str, str]:
    """Return the page's own colours by name.

    `page`, `panel` (what the stage lies on), `ink`, `muted` (second text), `line`,
    `strong_line`, `neutral` (zero in every heatmap), `good`, `bad` and `above_zero`'s
    counterpart `below_zero`.
    """
    names = {name: _to_hex(_neutral(name, dark)) for name in _PALETTE}
    hues = {"good": "green", "bad": "vermilion", "below_zero": BELOW_ZERO}
    lines = {name: _line(hue, dark) for name, hue in hues.items()}
    return {**names, **lines}


def signal_colour(name: str, dark: bool) -> str:
    """Return the colour of a signal's line, title and stem; grey for an unknown signal."""
    return _line(SIGNAL_HUES.get(name, "grey"), dark)


def network_colour(kind: str, dark: bool) -> str:
    """Return the colour of a network's curves beside another's; grey for an unknown kind."""
    return _line(NETWORK_HUES.get(kind, "grey"), dark)


def colour_scale(name: str, signed: bool, dark: bool) -> list[list[float | str]]:
    """Return a Plotly colour scale of `STOPS` stops: [[0.0, "#rrggbb"], ..., [1.0, ...]].

    Unsigned: from neutral (low) to the signal's hue (high). Signed: from ochre through neutral
    in the middle to the signal's hue; give Plotly a range that is symmetric about zero.
    """
    colours = ramp(name, signed, dark, STOPS)
    return [[k / (STOPS - 1), colour] for k, colour in enumerate(colours)]


@cache
def ramp(name: str, signed: bool, dark: bool, count: int = 256) -> tuple[str, ...]:
    """Return `count` colours of the signal's scale, evenly spaced from low to high."""
    above = _path(SIGNAL_HUES.get(name, "grey"), dark)
    below = _path(BELOW_ZERO, dark)
    low = -1.0 if signed else 0.0
    places = (low + (1.0 - low) * k / (count - 1) for k in range(count))
    return tuple(_to_hex(_walk(above if p > 0 else below, abs(p))) for p in places)


def stage_colours(names: tuple[str, ...], signed: tuple[bool, ...]) -> dict[str, object]:
    """Return everything the stage's JavaScript paints with, for light and for dark.

    {"light": {"page": ..., "signals": {name: {"line": "#rrggbb", "stops": [...]}}}, "dark": ...};
    between the stops JavaScript interpolates.
    """

    def mode(dark: bool) -> dict[str, object]:
        signals = {
            name: {
                "line": signal_colour(name, dark),
                "stops": ramp(name, is_signed, dark, STOPS),
            }
            for name, is_signed in zip(names, signed, strict=True)
        }
        return {**palette(dark), "signals": signals}

    return {"light": mode(False), "dark": mode(True)}


def bench_colours(names: tuple[str, ...], signed: tuple[bool, ...]) -> dict[str, object]:
    """Return what the workbench paints with: `stage_colours`, and the lines of its curves.

    `loss`, `gradient`, `prediction` and `playhead` stand among the signals.
    """
    both = stage_colours(names, signed)
    for dark, mode in enumerate(("light", "dark")):
        page = palette(bool(dark))
        lines = {
            "loss": page["ink"],
            "gradient": page["muted"],
            "prediction": page["ink"],
            "playhead": signal_colour("cell_state", bool(dark)),
        }
        stops = ramp("prediction", signed=False, dark=bool(dark), count=STOPS)
        extra = {name: {"line": line, "stops": stops} for name, line in lines.items()}
        shades = both[mode]
        assert isinstance(shades, dict)
        both[mode] = {**shades, "signals": {**shades["signals"], **extra}}
    return both


def plot_layout(dark: bool) -> dict[str, object]:
    """Return the Plotly layout that all figures share: fonts, margins, quiet grid."""
    colours = palette(dark)
    axis = {"gridcolor": colours["line"], "linecolor": colours["strong_line"], "zeroline": False}
    return {
        "font": {"family": FONT_FAMILY, "color": colours["ink"], "size": 13},
        "margin": MARGINS,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": axis,
        "yaxis": axis,
    }


@cache
def _line(hue: str, dark: bool) -> str:
    """The colour of lines, titles and stems of a hue."""
    angle, *lightness = LINES[hue]
    return _to_hex(_colourful(lightness[dark], CHROMAS[hue], angle))


def _neutral(name: str, dark: bool) -> Lab:
    """One of the page's own colours: nearly grey."""
    return _oklab(_PALETTE[name][dark], 0.004, HUES["grey"])


@cache
def _hue(hue: str, lightness: float) -> Lab:
    """A scale's hue at this lightness, as colourful as `CHROMAS` asks and sRGB allows."""
    return _colourful(lightness, CHROMAS[hue], HUES[hue])


def _colourful(lightness: float, chroma: float, degrees: float) -> Lab:
    """The colour of this chroma, or of the most that sRGB has at this lightness and hue angle."""
    while not all(-1e-4 <= v <= 1 + 1e-4 for v in _linear(_oklab(lightness, chroma, degrees))):
        chroma -= 0.001
    return _oklab(lightness, chroma, degrees)


def _oklab(lightness: float, chroma: float, degrees: float) -> Lab:
    return lightness, chroma * cos(radians(degrees)), chroma * sin(radians(degrees))


@cache
def _path(hue: str, dark: bool) -> tuple[Lab, Lab, Lab]:
    """From the neutral through the full hue to the far end of a scale."""
    middle, end = _hue(hue, MIDDLE_LIGHTNESS[dark]), _hue(hue, END_LIGHTNESS[dark])
    return _neutral("neutral", dark), middle, end


def _walk(path: tuple[Lab, Lab, Lab], place: float) -> Lab:
    """The point of the path at this share (0..1) of its whole length."""
    start, middle, end = path
    first, second = dist(start, middle), dist(middle, end)
    walked = place * (first + second)
    if walked <= first:
        return _between(start, middle, walked / first)
    return _between(middle, end, (walked - first) / second)


def _between(start: Lab, end: Lab, place: float) -> Lab:
    """The point of the line from start (place 0) to end (place 1)."""
    lightness, a, b = (p + (q - p) * place for p, q in zip(start, end, strict=True))
    return lightness, a, b


def _linear(colour: Lab) -> tuple[float, float, float]:
    """OKLab to linear red, green and blue, 0..1 where sRGB has the colour (Ottosson 2020)."""
    lightness, a, b = colour
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _to_hex(colour: Lab) -> str:
    channels = (_gamma(min(1.0, max(0.0, v))) for v in _linear(colour))
    return "#" + "".join(f"{round(255 * v):02x}" for v in channels)


def _gamma(value: float) -> float:
    """Linear light to sRGB (IEC 61966-2-1), 0..1."""
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
