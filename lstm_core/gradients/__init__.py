"""Gradients: back through a recorded run, one linear map per timestep.

Training and analysis both stand on this: `backward` gives the gradient of a loss through one
trace, `layer_gradients` through a layer of one or two directions, and `linearised_run` the
maps themselves.
"""

from .backward import Gradients, backward
from .common import LinearisedRun, StateGradient, StepGradient
from .layer import layer_gradients, merge_gradients
from .linearised import linearised_run

__all__ = [
    "Gradients",
    "LinearisedRun",
    "StateGradient",
    "StepGradient",
    "backward",
    "layer_gradients",
    "linearised_run",
    "merge_gradients",
]
