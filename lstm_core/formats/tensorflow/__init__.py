"""TensorFlow: the variables of SavedModels and of checkpoints, read without TensorFlow."""

from .reading import read

__all__ = ["read"]
