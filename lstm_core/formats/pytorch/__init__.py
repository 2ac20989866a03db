"""PyTorch: state dicts in every container, safetensors included, in and out."""

from .checkpoints import read

__all__ = ["read"]
