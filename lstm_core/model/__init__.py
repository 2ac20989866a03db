"""A model: encoder, recurrent layers and readout, its weights by name, what its file said."""

from .encoders import EmbeddingEncoder, Encoder, NumericEncoder, OneHotEncoder, SequenceError
from .findings import Assumption, Findings
from .model import CellParameters, Layer, LayerRun, Merge, Model, ModelRun, Readout, softmax

__all__ = [
    "Assumption",
    "CellParameters",
    "EmbeddingEncoder",
    "Encoder",
    "Findings",
    "Layer",
    "LayerRun",
    "Merge",
    "Model",
    "ModelRun",
    "NumericEncoder",
    "OneHotEncoder",
    "Readout",
    "SequenceError",
    "softmax",
]
