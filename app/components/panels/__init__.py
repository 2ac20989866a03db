"""Panels below the stage that follow it in the browser: the server hears nothing of a step.

A panel gets once what does not change with the cursor (weights, predictions, words) and reads the
rest from the stage that plays on the page. It says the same as the figures that the server makes
(`figures.arithmetic`, `figures.prediction`, `figures.values`), which stand in for it where a run is
too long or a network too large.
"""

from .arithmetic import packed_arithmetic, whole_layer_fits
from .component import panel
from .here import packed_here
from .prediction import Truth, packed_predicted_numbers, packed_probabilities
from .values import Rows, packed_values, packed_values_file, values_fit

__all__ = [
    "Rows",
    "Truth",
    "packed_arithmetic",
    "packed_here",
    "packed_predicted_numbers",
    "packed_probabilities",
    "packed_values",
    "packed_values_file",
    "panel",
    "values_fit",
    "whole_layer_fits",
]
