"""ONNX: graphs with recurrent nodes, in and out."""

from .reading import read

__all__ = ["read"]
