"""A model: encoder, recurrent layers and readout, its weights by name, what its file said."""

from .encoders import EmbeddingEncoder, Encoder, NumericEncoder, OneHotEncoder, SequenceError
from .findings import Assumption, Findings
from .generation import can_go_on, generated
from .layer import CellParameters, Layer, LayerRun, LayerState, Merge
from .model import Model, ModelRun
from .readout import Readout, ReadoutActivation, softmax
from .recorded import Agreement, RecordedSequence, agreement
from .rerun import rerun
from .stages import Dense, Normalised, Scaled, Stage, stages_gradient
from .windows import Convolved, FrontStage, Pooled, by_groups, keeps_time

__all__ = [
    "Agreement",
    "Assumption",
    "CellParameters",
    "Convolved",
    "Dense",
    "EmbeddingEncoder",
    "Encoder",
    "Findings",
    "FrontStage",
    "Layer",
    "LayerRun",
    "LayerState",
    "Merge",
    "Model",
    "ModelRun",
    "Normalised",
    "NumericEncoder",
    "OneHotEncoder",
    "Pooled",
    "Readout",
    "ReadoutActivation",
    "RecordedSequence",
    "Scaled",
    "SequenceError",
    "Stage",
    "agreement",
    "by_groups",
    "can_go_on",
    "generated",
    "keeps_time",
    "rerun",
    "softmax",
    "stages_gradient",
]
