"""The NumPy LSTM of Gatescope: cells, traces, models, training, demos.

`trace = unroll(parameters, inputs)` records every gate of every timestep:
`trace.forget_gate` is (..., T, H), and `trace[5].retained` is what c kept at timestep 5.
"""

from .cells.common import Parameters, State
from .cells.gru import GRUParameters, GRUStep
from .cells.lstm import LSTMParameters, LSTMState, LSTMStep, LSTMVariant
from .cells.rnn import RNNParameters, RNNStep
from .formats import ModelFileError, load_model, save_model
from .model import Layer, LayerRun, LayerState, Model, ModelRun, Readout, rerun
from .model.encoders import EmbeddingEncoder, Encoder, NumericEncoder, OneHotEncoder, SequenceError
from .model.findings import Assumption, Findings
from .run.edits import DropInput, Edit, EditedSequence, PadInput, RepeatInput, ReplaceInput, edited
from .run.interventions import Clamp, Intervention, ablation, without_write
from .run.trace import GRUTrace, LSTMTrace, RNNTrace, Trace
from .run.unroll import step, unroll
from .sequence import Sequence, number_sequence, symbol_sequence
from .vocabulary import CellVocabulary, Signal, signal, vocabulary

__all__ = [
    "Assumption",
    "CellVocabulary",
    "Clamp",
    "DropInput",
    "Edit",
    "EditedSequence",
    "EmbeddingEncoder",
    "Encoder",
    "Findings",
    "GRUParameters",
    "GRUStep",
    "GRUTrace",
    "Intervention",
    "LSTMParameters",
    "LSTMState",
    "LSTMStep",
    "LSTMTrace",
    "LSTMVariant",
    "Layer",
    "LayerRun",
    "LayerState",
    "Model",
    "ModelFileError",
    "ModelRun",
    "NumericEncoder",
    "OneHotEncoder",
    "PadInput",
    "Parameters",
    "RNNParameters",
    "RNNStep",
    "RNNTrace",
    "Readout",
    "RepeatInput",
    "ReplaceInput",
    "Sequence",
    "SequenceError",
    "Signal",
    "State",
    "Trace",
    "ablation",
    "edited",
    "load_model",
    "number_sequence",
    "rerun",
    "save_model",
    "signal",
    "step",
    "symbol_sequence",
    "unroll",
    "vocabulary",
    "without_write",
]
