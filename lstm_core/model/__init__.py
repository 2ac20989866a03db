"""A model: encoder, recurrent layers and readout, its weights by name, what its file said."""

from .encoders import EmbeddingEncoder, Encoder, NumericEncoder, OneHotEncoder, SequenceError
from .findings import Assumption, Findings
from .generation import can_go_on, generated
from .layer import CellParameters, Layer, LayerRun, LayerState, Merge
from .model import Model, ModelRun
from .readout import Readout, ReadoutActivation, softmax
from .recorded import Agreement, RecordedSequence, agreement
from .rerun import rerun

__all__ = [
    "Agreement",
    "Assumption",
    "CellParameters",
    "EmbeddingEncoder",
    "Encoder",
    "Findings",
    "Layer",
    "LayerRun",
    "LayerState",
    "Merge",
    "Model",
    "ModelRun",
    "NumericEncoder",
    "OneHotEncoder",
    "Readout",
    "ReadoutActivation",
    "RecordedSequence",
    "SequenceError",
    "agreement",
    "can_go_on",
    "generated",
    "rerun",
    "softmax",
]
