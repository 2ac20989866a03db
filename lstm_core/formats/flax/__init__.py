"""Flax's files: parameters in MessagePack, as `flax.serialization.to_bytes` writes them."""

from .reading import read

__all__ = ["read"]
