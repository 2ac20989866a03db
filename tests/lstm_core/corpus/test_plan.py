"""A plan knows the network that it is made for by all that decides what it computes."""

from __future__ import annotations

import dataclasses

import numpy as np

from lstm_core import EmbeddingEncoder
from lstm_core.cells.lstm import LSTMVariant
from lstm_core.corpus.plan import model_id
from lstm_core.model import Dense, Model
from tests.lstm_core.corpus.small import LETTERS, network


def changed(model: Model, **fields: object) -> Model:
    """The model with some fields of its only layer replaced."""
    return dataclasses.replace(model, layers=(dataclasses.replace(model.layers[0], **fields),))


def test_a_network_is_known_by_all_that_decides_what_it_computes_and_not_by_its_names():
    model, identity = network(), np.eye(3, dtype=np.float32)
    layer, readout = model.layers[0], model.readout
    relu = layer.forward.replace(variant=LSTMVariant(activation="relu"))
    before = Dense(kernel=identity, bias=np.zeros(3, np.float32), activation="tanh")
    others = [
        changed(model, forward=relu),
        changed(model, initial_hidden=np.ones(6, np.float32)),
        dataclasses.replace(model, front=(before,)),
        dataclasses.replace(model, readout=dataclasses.replace(readout, activation="sigmoid")),
        dataclasses.replace(model, readout=dataclasses.replace(readout, labels=("x", "y", "z"))),
        *(
            dataclasses.replace(
                model, encoder=EmbeddingEncoder(alphabet=LETTERS, embedding=identity * scale)
            )
            for scale in (np.float32(1), np.float32(2))
        ),
    ]
    assert len({model_id(one) for one in (model, *others)}) == 1 + len(others)
    assert model_id(changed(model, name="other", convention="other")) == model_id(network())
