"""A model: encoder, recurrent layers and readout, its weights by name, what its file said."""

from .encoders import EmbeddingEncoder, Encoder, NumericEncoder, OneHotEncoder, SequenceError
from .findings import Assumption, Findings
from .front import Dense, Normalised, Scaled, Stage
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
    "Dense",
    "EmbeddingEncoder",
    "Encoder",
    "Findings",
    "Layer",
    "LayerRun",
    "LayerState",
    "Merge",
    "Model",
    "ModelRun",
    "Normalised",
    "NumericEncoder",
    "OneHotEncoder",
    "Readout",
    "ReadoutActivation",
    "RecordedSequence",
    "Scaled",
    "SequenceError",
    "Stage",
    "agreement",
    "can_go_on",
    "generated",
    "rerun",
    "softmax",
]
