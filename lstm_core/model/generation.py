"""Going on from a sequence: the model reads its own predictions.

A model of symbols draws the next one from softmax(z / τ), τ the temperature; 0 takes the likeliest.
A model that forecasts its own columns reads what it predicts.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from ..record import Array
from ..run.interventions import Clamp
from ..sequence import Sequence
from .encoders import Encoder
from .layer import Interventions, LayerState
from .model import NOTHING, ZERO, Model, ModelRun
from .readout import Readout, softmax


def can_go_on(model: Model) -> str:
    """Return why a model cannot read its own predictions, in one clause; "" where it can."""
    encoder, readout = model.encoder, model.readout
    if readout is None or encoder is None:
        return "it has no readout that predicts what it reads"
    if any(layer.bidirectional or layer.reverse for layer in model.layers):
        return "a layer reads backwards, from an end that is not there yet"
    if model.answers_from_all:
        return "it answers once, from all timesteps together"
    if model.reads_other_timesteps:
        return "its answer reads what was given at other timesteps, too"
    return _other_answers(encoder, readout)


def _other_answers(encoder: Encoder, readout: Readout) -> str:
    """Why what is predicted is not what is read; "" where it is."""
    if encoder.reads_symbols:
        strangers = set(readout.labels) - set(encoder.alphabet)
        if readout.activation != "softmax" or strangers:
            return "it answers with something else than the symbol that comes next"
        return ""
    if readout.activation != "linear" or len(readout.labels) != len(encoder.columns):
        return "it predicts other numbers than those that it reads"
    return ""


def generated(
    model: Model,
    sequence: Sequence,
    timesteps: int,
    rng: np.random.Generator,
    temperature: float = 1.0,
    interventions: Mapping[int, Interventions] = NOTHING,
    initial: Mapping[int, LayerState] = ZERO,
) -> Sequence:
    """Return a sequence and `timesteps` more that the model predicts, each read in turn.

    `interventions` and `initial` are those of `Model.run`, over the whole. Raises ValueError for a
    model that cannot go on, see `can_go_on`, for a temperature below 0, and as `Model.run` does.
    """
    if reason := can_go_on(model):
        raise ValueError(f"the model cannot read its own predictions: {reason}")
    if not temperature >= 0:
        raise ValueError(f"temperature is {temperature}: expected 0 or more")
    run = model.run(sequence, _within(interventions, 0, len(sequence)), initial)
    whole = sequence
    for t in range(len(sequence), len(sequence) + timesteps):
        whole = _with(model, whole, run, rng, temperature)
        held = _within(interventions, t, t + 1)
        run = model.run(_last(whole), held, run.final_states)
    return whole


def _with(
    model: Model, sequence: Sequence, run: ModelRun, rng: np.random.Generator, temperature: float
) -> Sequence:
    """The sequence and what the run predicts at its end."""
    assert model.readout is not None
    outputs = model.read_off(run.layers)[-1]
    if sequence.numbers is not None:
        predicted = model.readout.predict(outputs)[np.newaxis]
        numbers = np.concatenate([sequence.numbers, predicted.astype(np.float64)])
        return dataclasses.replace(sequence, numbers=numbers, times=None)
    label = model.readout.labels[_drawn(model.readout, outputs, rng, temperature)]
    alphabet = sequence.alphabet
    if label not in alphabet:
        alphabet = (*alphabet, label)
    places = np.append(np.asarray(sequence.places), alphabet.index(label))
    return dataclasses.replace(sequence, places=places, alphabet=alphabet, times=None)


def _drawn(readout: Readout, outputs: Array, rng: np.random.Generator, temperature: float) -> int:
    """The place of the next label."""
    logits = np.asarray(readout.logits(outputs), np.float64)
    if temperature == 0:
        return int(logits.argmax())
    return int(rng.choice(len(logits), p=softmax(logits / temperature)))


def _last(sequence: Sequence) -> Sequence:
    """The last timestep alone."""
    if sequence.numbers is not None:
        return dataclasses.replace(sequence, numbers=sequence.numbers[-1:])
    return dataclasses.replace(sequence, places=np.asarray(sequence.places)[-1:])


def _within(
    interventions: Mapping[int, Interventions], start: int, stop: int
) -> dict[int, Interventions]:
    """The interventions as the timesteps start..stop-1, alone, see them."""

    def cut(clamps: tuple[Clamp, ...]) -> tuple[Clamp, ...]:
        seen = (clamp.within(start, stop) for clamp in clamps)
        return tuple(clamp for clamp in seen if clamp is not None)

    return {
        k: {name: cut(clamps) for name, clamps in layer.items()}
        for k, layer in interventions.items()
    }
