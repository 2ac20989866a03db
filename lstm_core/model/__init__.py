"""A model: encoder, recurrent layers and readout, its weights by name, what its file said."""

from .encoders import EmbeddingEncoder, Encoder, NumericEncoder, OneHotEncoder, SequenceError
from .findings import Assumption, Findings
from .generation import can_go_on, generated
from .layer import CellParameters, Layer, LayerRun, LayerState, Merge
from .model import Model, ModelRun
from .over_time import (
    Attended,
    Gathered,
    Stage,
    looks_ahead,
    pools_over_time,
    reads_other_timesteps,
    stages_gradient,
)
from .readout import Readout, ReadoutActivation, softmax
from .recorded import Agreement, RecordedSequence, agreement
from .rerun import rerun
from .self_attention import SelfAttended
from .stages import Dense, Normalised, PointStage, Scaled
from .windows import Convolved, FrontStage, Pooled, by_groups, keeps_time

__all__ = [
    "Agreement",
    "Assumption",
    "Attended",
    "CellParameters",
    "Convolved",
    "Dense",
    "EmbeddingEncoder",
    "Encoder",
    "Findings",
    "FrontStage",
    "Gathered",
    "Layer",
    "LayerRun",
    "LayerState",
    "Merge",
    "Model",
    "ModelRun",
    "Normalised",
    "NumericEncoder",
    "OneHotEncoder",
    "PointStage",
    "Pooled",
    "Readout",
    "ReadoutActivation",
    "RecordedSequence",
    "Scaled",
    "SelfAttended",
    "SequenceError",
    "Stage",
    "agreement",
    "by_groups",
    "can_go_on",
    "generated",
    "keeps_time",
    "looks_ahead",
    "pools_over_time",
    "reads_other_timesteps",
    "rerun",
    "softmax",
    "stages_gradient",
]
