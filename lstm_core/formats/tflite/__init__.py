"""TensorFlow Lite's files."""

from .reading import read

__all__ = ["read"]
