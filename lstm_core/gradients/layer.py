"""Back through a layer: what it hands on, merged from its directions, then each direction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..model import Layer, LayerRun
from ..record import Array
from ..run.trace import Trace
from .backward import backward


def layer_gradients(
    layer: Layer,
    run: LayerRun,
    d_outputs: Array,
    d_written: Callable[[Trace], Array | None] = lambda trace: None,
) -> tuple[dict[str, Any], Array]:
    """Return ∂L/∂ the parameters of each direction, by its name, and ∂L/∂inputs (..., T, D).

    `d_outputs` (..., T, D_out) is ∂L/∂ what the layer hands on; `d_written` of a direction's
    trace is ∂L/∂ what that direction writes, None where the loss does not speak of it.
    """
    d_forward, d_backward = merge_gradients(layer, run, d_outputs)
    ahead = backward(run.forward, d_forward, d_written=d_written(run.forward))
    if run.backward is None:
        return {"forward": ahead.parameters}, ahead.inputs
    back = backward(run.backward, d_backward, d_written=d_written(run.backward))
    parameters = {"forward": ahead.parameters, "backward": back.parameters}
    return parameters, ahead.inputs + back.inputs


def merge_gradients(layer: Layer, run: LayerRun, d_outputs: Array) -> tuple[Array, Array]:
    """Return ∂L/∂h (..., T, P) of each direction, from ∂L/∂ what the layer hands on.

    Both are in the sequence's own order. Where there is one direction the second is the first.
    """
    if layer.running_order:
        d_outputs = d_outputs[..., ::-1, :]
    if run.backward is None:
        return d_outputs, d_outputs
    if layer.merge == "concat":
        forward, reverse = np.split(d_outputs, [layer.forward.output_size], axis=-1)
        return forward, reverse
    if layer.merge == "mul":
        return d_outputs * run.backward.hidden_state, d_outputs * run.forward.hidden_state
    shared = d_outputs * (0.5 if layer.merge == "ave" else 1.0)
    return shared, shared
