"""Training: losses, optimisers, initialisations, `fit`."""

from .batch import Batch, States
from .fit import Progress, Recipe, fit, training
from .initial import initial_gru, initial_lstm, initial_readout, initial_rnn
from .losses import Loss
from .objective import loss_and_gradients, loss_and_states
from .optimisers import SGD, Adam, Optimiser, Schedule, constant, cosine, exponential

__all__ = [
    "SGD",
    "Adam",
    "Batch",
    "Loss",
    "Optimiser",
    "Progress",
    "Recipe",
    "Schedule",
    "States",
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
