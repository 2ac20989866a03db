"""What a description says of timesteps that are skipped, and of numbers of few bits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import shown
from .network import RECURRENT, Network

FEW_BITS = ("float16", "bfloat16")


def spoken_of(network: Network) -> Iterator[str]:
    """Yield a sentence for each layer that skips timesteps, and for numbers of few bits."""
    for node in network.nodes:
        if node.class_name == "Masking":
            value = node.config.get("mask_value", 0.0)
            yield (
                f"{shown(node.key)} makes Keras skip timesteps at which all numbers are {value:g}: "
                "here they are read like others, so leave them out of a sequence."
            )
        if node.class_name == "Embedding" and node.config.get("mask_zero"):
            yield (
                f"{shown(node.key)} makes Keras skip timesteps of the symbol 0, which pads: here "
                "it is read like others, so leave it out of a sequence."
            )
    rounded = [node.key for node in network.nodes if _few_bits(node.config.get("dtype"))]
    recurrent = {node.key for node in network.nodes if node.class_name in RECURRENT}
    for key in rounded:
        if key in recurrent:
            yield (
                f"{shown(key)} computes in numbers of 16 bits in Keras; here it computes in more, "
                "so that Keras's outputs differ a little."
            )


def _few_bits(policy: Any) -> bool:
    """Whether a dtype, or a policy that names one, computes in 16 bits."""
    if isinstance(policy, dict):
        config = policy.get("config")
        policy = config.get("name") if isinstance(config, dict) else None
    return isinstance(policy, str) and policy.removeprefix("mixed_") in FEW_BITS
