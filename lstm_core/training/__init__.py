"""Training: back-propagation through time, losses, optimisers, initialisations, `fit`."""

from .batch import Batch, States
from .common import Gradients
from .fit import Progress, Recipe, fit, training
from .gradients import backward
from .initial import initial_gru, initial_lstm, initial_readout, initial_rnn
from .losses import Loss
from .optimisers import SGD, Adam, Optimiser, Schedule, constant, cosine, exponential
from .whole_model import loss_and_gradients, loss_and_states

__all__ = [
    "SGD",
    "Adam",
    "Batch",
    "Gradients",
    "Loss",
    "Optimiser",
    "Progress",
    "Recipe",
    "Schedule",
    "States",
    "backward",
    "constant",
    "cosine",
    "exponential",
    "fit",
    "initial_gru",
    "initial_lstm",
    "initial_readout",
    "initial_rnn",
    "loss_and_gradients",
    "loss_and_states",
    "training",
]
