"""Keras: files of every era, and the HDF5 that they are made of."""

from .reading import read

__all__ = ["read"]
