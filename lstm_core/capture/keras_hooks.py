"""Keras: a wrapper around `call` of every LSTM, GRU, SimpleRNN, RNN, and of cells called alone."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from .recording import LIMIT, Recorder

CELLS = ("LSTMCell", "GRUCell", "SimpleRNNCell")
RECORDED = (
    *("units", "activation", "recurrent_activation", "use_bias", "reset_after", "go_backwards"),
    *("return_sequences", "stateful"),
)
WEIGHTS = ("kernel", "recurrent_kernel", "bias")


class KerasRecorder(Recorder):
    """Records the recurrent layers of a Keras model or layer while it is entered.

    `predict`, `evaluate` and `fit` run eagerly meanwhile: a compiled graph has no numbers to copy.
    """

    framework = "keras"

    def __init__(self, model: Any, limit: int = LIMIT) -> None:
        super().__init__(limit)
        backend = keras.config.backend() if hasattr(keras, "config") else "tensorflow"
        self.versions = {"keras": keras.__version__, "backend": backend}
        self.model = model
        self.found = list(recurrent_layers(model))
        if not self.found:
            raise ValueError(
                "The model has no LSTM, GRU, SimpleRNN or cell of Keras's: expected at least one."
            )
        self.calls = [[] for _ in self.found]
        self.modules = [{} for _ in self.found]  # what is known of each once it was called
        self.was_eager: bool | None = None

    def _attach(self) -> None:
        for number, layer in enumerate(self.found):
            object.__setattr__(layer, "call", self._listening(number, layer, layer.call))
        if hasattr(self.model, "run_eagerly"):
            self.was_eager = self.model.run_eagerly
            self._run_eagerly(True)

    def _detach(self) -> None:
        for layer in self.found:
            if "call" in vars(layer):
                object.__delattr__(layer, "call")
        if self.was_eager is not None:
            self._run_eagerly(self.was_eager)
            self.was_eager = None

    def _run_eagerly(self, eagerly: bool) -> None:
        """Say so, and let go of the functions that Keras has made before."""
        self.model.run_eagerly = eagerly
        for name in ("train_function", "test_function", "predict_function"):
            if hasattr(self.model, name):
                setattr(self.model, name, None)

    def _listening(self, number: int, layer: Any, call: Any) -> Any:
        @functools.wraps(call)
        def listening(*args: Any, **kwargs: Any) -> Any:
            before = states_of(layer)
            output = call(*args, **kwargs)
            try:
                self._record(number, layer, args, kwargs, before, output)
            except (AttributeError, TypeError, ValueError, RuntimeError) as problem:
                self.left_out[f"a call has no numbers to copy ({type(problem).__name__})"] += 1
            return output

        return listening

    def _record(
        self, number: int, layer: Any, args: Any, kwargs: Any, before: Any, output: Any
    ) -> None:
        is_cell = type(layer).__name__ in CELLS
        names = ("inputs", "start") if is_cell else ("inputs", "start", "mask")
        spelled = {
            "states": "start",
            "initial_state": "start",
            "sequence": "inputs",
            "sequences": "inputs",
        }
        given = dict(zip(names, args, strict=False))
        given |= {spelled.get(name, name): value for name, value in kwargs.items()}
        start = given.get("start") if given.get("start") is not None else before
        answered, *final = output if isinstance(output, list | tuple) else (output,)
        if len(final) == 1 and isinstance(final[0], list | tuple):
            final = list(final[0])  # a cell answers (h, [h, c])
        mask = None if given.get("mask") is None else numbers(given["mask"]).astype(bool)
        if mask is not None and (mask != (np.arange(mask.shape[1]) < lengths_of(mask))).any():
            self.left_out["a mask has gaps"] += 1
            return
        tensors = [given["inputs"], answered, *(start or ()), *final]
        size = sum(int(np.prod(tensor.shape)) * 4 for tensor in tensors)
        if not self._has_room(size):
            return
        weights = {name: numbers(value) for name, value in weights_of(layer).items()}
        known = self.modules[number]
        if known and any(not np.array_equal(known["weights"][n], w) for n, w in weights.items()):
            self.left_out["the weights had changed by then"] += 1
            return
        if not known:
            known |= {**described(layer), "weights": weights}
        call = {
            "inputs": numbers(given["inputs"]),
            "mask": mask,
            "start": [numbers(state) for state in start or ()],
            "answered": numbers(answered),
            "final": [numbers(state) for state in final or states_of(layer) or ()],
        }
        self._keep(number, call, size)

    def _arrays(self, module: dict[str, Any], call: Any) -> dict[str, Any]:
        values, settings = call["inputs"], module["settings"]
        if settings["is_cell"]:
            values = values[:, np.newaxis]
        mask = np.ones(values.shape[:2], bool) if call["mask"] is None else call["mask"]
        lengths = lengths_of(mask)[:, 0]
        inside = np.arange(values.shape[1]) < lengths[:, np.newaxis]
        arrays = {"lengths": lengths, "inputs": values[inside]}
        answered, backwards = call["answered"], bool(settings.get("go_backwards"))
        if settings["is_cell"]:
            arrays["outputs"] = answered
        elif settings.get("return_sequences"):
            arrays["outputs"] = (answered[:, ::-1] if backwards else answered)[inside]
        last = np.zeros_like(lengths) if backwards else lengths - 1
        final = call["final"] or [last_outputs(arrays, answered, lengths, last)]
        units = len(module["weights"]["recurrent_kernel"])
        states = 2 if module["class"].startswith("LSTM") else 1
        zero = [np.zeros((len(lengths), units), np.float32)] * states
        for when, known in (("final", final), ("start", call["start"] or zero)):
            for part, state in zip(("hidden", "cell"), known, strict=False):
                arrays[f"{when}_{part}"] = state[:, np.newaxis]
        return arrays


def recurrent_layers(model: Any) -> Iterator[Any]:
    """Yield the recurrent layers of a model, in wrappers and nested models too, and cells alone."""
    every = list(model._flatten_layers())
    layers = [layer for layer in every if isinstance(layer, keras.layers.RNN)]
    inside = {id(part) for layer in layers for part in layer.cell._flatten_layers()}
    for layer in every:
        if id(layer) in inside:
            continue
        cell = layer.cell if isinstance(layer, keras.layers.RNN) else layer
        if type(cell).__name__ in CELLS:
            yield layer


def states_of(layer: Any) -> list[np.ndarray[Any, Any]] | None:
    """Return copies of the states that a stateful layer holds; None for another layer."""
    if not getattr(layer, "stateful", False) or getattr(layer, "states", None) is None:
        return None
    states = layer.states if isinstance(layer.states, list | tuple) else [layer.states]
    return [numbers(state) for state in states]


def weights_of(layer: Any) -> dict[str, Any]:
    """Return the variables with which a layer computes, by Keras's names."""
    cell = getattr(layer, "cell", layer)
    values = {name: getattr(cell, name, None) for name in WEIGHTS}
    return {name: value for name, value in values.items() if value is not None}


def described(layer: Any) -> dict[str, Any]:
    """Return what is to be known of a layer beside its weights."""
    cell = getattr(layer, "cell", layer)
    config = {**layer.get_config(), **cell.get_config()}
    settings = {name: config[name] for name in RECORDED if name in config}
    return {
        "name": getattr(layer, "path", None) or layer.name,
        "class": type(cell).__name__,
        "settings": {**settings, "is_cell": cell is layer},
    }


def numbers(value: Any) -> np.ndarray[Any, Any]:
    """Return a tensor or a variable as a NumPy array of its own, half precision as float32."""
    array = np.array(keras.ops.convert_to_numpy(value) if hasattr(keras, "ops") else value)
    return array if array.dtype in (np.float64, np.bool_) else array.astype(np.float32)


def lengths_of(mask: Any) -> np.ndarray[Any, Any]:
    """Return how many timesteps of each sequence a mask (B, T) lets through, (B, 1)."""
    lengths: np.ndarray[Any, Any] = mask.sum(axis=1, keepdims=True)
    return lengths


def last_outputs(arrays: Any, answered: Any, lengths: Any, last: Any) -> Any:
    """Return what was answered last of each sequence, (B, H)."""
    if "outputs" not in arrays:
        return answered
    first = np.cumsum(lengths) - lengths
    return arrays["outputs"][first + last]
