"""What a recorded run says: who wrote the memory, what moves what, what can be told from it."""

from .constant import ConstantPrediction, constant_prediction
from .decomposition import Contributions, contribution_matrix, contributions, survival
from .highlights import Highlight, highlights
from .integrated_gradients import IntegratedGradients, integrated_gradients
from .logit_split import LogitSplit, logit_split, without_each_write
from .moment import Moment, moment
from .origins import Carry, Origins, longest_carries, origins
from .responses import Response, response
from .time_scales import Saturation, TimeScales, time_scales
from .unit_profile import Drive, GateStatistics, drives, gate_statistics

__all__ = [
    "Carry",
    "ConstantPrediction",
    "Contributions",
    "Drive",
    "GateStatistics",
    "Highlight",
    "IntegratedGradients",
    "LogitSplit",
    "Moment",
    "Origins",
    "Response",
    "Saturation",
    "TimeScales",
    "constant_prediction",
    "contribution_matrix",
    "contributions",
    "drives",
    "gate_statistics",
    "highlights",
    "integrated_gradients",
    "logit_split",
    "longest_carries",
    "moment",
    "origins",
    "response",
    "survival",
    "time_scales",
    "without_each_write",
]
