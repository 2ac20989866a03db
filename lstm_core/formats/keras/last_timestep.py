"""What picks the last timestep of all: h[:, -1], h[:, -1:, :], keras.ops.take(h, -1, axis=1)."""

from __future__ import annotations

from typing import Any, Literal

from .network import Node

SLICES = ("GetItem", "SlicingOpLambda")  # Keras 3, Keras 2
ENTIRE = {"start": None, "stop": None, "step": None}
FROM_THE_LAST = {"start": -1, "stop": None, "step": None}


def picked_last(node: Node) -> Literal["alone", "with its axis"] | None:
    """Return how a node hands on the last timestep; None where it does something else."""
    if node.within or node.uses > 1 or len(node.inputs) != 1:
        return None
    if node.class_name == "Take":
        last = node.config.get("axis") in (1, -2) and _number(node.places) == -1
        return "alone" if last else None
    if node.class_name not in SLICES or not isinstance(node.places, list):
        return None
    batch, timesteps, *numbers = [_slice(place) for place in node.places[:3]] + [ENTIRE] * 2
    whole = batch == ENTIRE and numbers[0] == ENTIRE and 2 <= len(node.places) <= 3
    if whole and _number(timesteps) == -1:
        return "alone"
    return "with its axis" if whole and timesteps == FROM_THE_LAST else None


def _slice(place: Any) -> Any:
    """A slice as its start, stop and step; another index as it is."""
    if isinstance(place, dict) and place.get("class_name") == "__slice__":
        return place.get("config")
    return place


def _number(place: Any) -> int | None:
    return place if isinstance(place, int) and not isinstance(place, bool) else None
