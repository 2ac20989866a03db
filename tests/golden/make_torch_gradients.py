"""Make torch_gradients.npz: PyTorch's autograd and optimisers, for tests/lstm_core/training.

pip install torch==2.13.0 && python tests/golden/make_torch_gradients.py

Everything is float64. The loss of a single layer is Σ y·d_y + Σ h_T·d_h [+ Σ c_T·d_c] with
random d, so that the gradient depends on every timestep and on both final states.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

CASES = {
    "lstm, D = H": (nn.LSTM, {"input_size": 4, "hidden_size": 4}),
    "lstm, D != H": (nn.LSTM, {"input_size": 3, "hidden_size": 5}),
    "lstm, projected": (nn.LSTM, {"input_size": 4, "hidden_size": 4, "proj_size": 2}),
    "gru, D = H": (nn.GRU, {"input_size": 4, "hidden_size": 4}),
    "gru, D != H": (nn.GRU, {"input_size": 3, "hidden_size": 5}),
    "rnn, tanh": (nn.RNN, {"input_size": 3, "hidden_size": 5}),
    "rnn, relu": (nn.RNN, {"input_size": 4, "hidden_size": 4, "nonlinearity": "relu"}),
}
LENGTHS = torch.tensor([7, 4, 6])  # of T = 7, in a batch of three
OPTIMISERS = {
    "sgd": lambda weights: torch.optim.SGD(weights, lr=0.1),
    "momentum": lambda weights: torch.optim.SGD(weights, lr=0.1, momentum=0.9),
    "adam": lambda weights: torch.optim.Adam(weights, lr=0.01),
}
UPDATES = 8
LONGEST = 2.0


def packed(layer: nn.RNNBase, x: torch.Tensor, state: object = None) -> tuple[Any, ...]:
    """Run a layer over ragged sequences."""
    rows = pack_padded_sequence(x, LENGTHS, True, enforce_sorted=False)
    y, final = layer(rows, state)
    return pad_packed_sequence(y, batch_first=True)[0], final


def asymmetric(module: nn.Module) -> None:
    """Give every weight a value of its own."""
    with torch.no_grad():
        for weight in module.parameters():
            weight.normal_(0, 0.6)


def gradients_of(module: nn.Module) -> dict[str, torch.Tensor]:
    """Every weight, and its gradient under d_<name>."""
    named = dict(module.named_parameters())
    return {**named, **{f"d_{name}": weight.grad for name, weight in named.items()}}


def layer_case(kind: type[nn.RNNBase], options: dict[str, Any]) -> dict[str, torch.Tensor]:
    """One layer with random weights, states, lengths and loss; keep all numbers."""
    layer = kind(batch_first=True, **options)
    asymmetric(layer)
    count, outputs = len(LENGTHS), options.get("proj_size", options["hidden_size"])
    given = {
        "x": torch.randn(count, int(LENGTHS.max()), options["input_size"]),
        "h": torch.randn(1, count, outputs),
        "c": torch.randn(1, count, options["hidden_size"]),
    }
    for value in given.values():
        value.requires_grad_()
    is_lstm = kind is nn.LSTM
    y, final = packed(layer, given["x"], (given["h"], given["c"]) if is_lstm else given["h"])
    results = [y, *(final if is_lstm else (final,))]
    losses = [torch.randn_like(result) for result in results]
    sum((result * d).sum() for result, d in zip(results, losses, strict=True)).backward()
    numbers = {**gradients_of(layer), **given}
    numbers |= {f"d_{n}": v.grad for n, v in given.items() if v.grad is not None}
    return numbers | dict(zip(("loss_y", "loss_h", "loss_c"), losses, strict=False))


class Whole(nn.Module):
    """Embedding, two bidirectional layers, softmax readout."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(6, 3)
        self.lstm = nn.LSTM(3, 4, num_layers=2, bidirectional=True, batch_first=True)
        self.readout = nn.Linear(8, 5)


def whole_case() -> dict[str, torch.Tensor]:
    """The mean cross-entropy over the valid timesteps of a whole model."""
    model = Whole()
    asymmetric(model)
    shape = (len(LENGTHS), int(LENGTHS.max()))
    x, targets = torch.randint(0, 6, shape), torch.randint(0, 5, shape)
    outputs, _ = packed(model.lstm, model.embedding(x))
    inside = torch.arange(shape[1]) < LENGTHS[:, None]
    logits = model.readout(outputs)
    loss = nn.functional.cross_entropy(logits[inside], targets[inside])
    loss.backward()
    return {**gradients_of(model), "x": x, "targets": targets, "loss": loss}


def optimiser_case(make: Callable[..., torch.optim.Optimizer]) -> dict[str, torch.Tensor]:
    """Some weights, a gradient for each update, and the weights after each update."""
    weights = nn.Parameter(torch.randn(3, 2))
    gradients = torch.randn(UPDATES, 3, 2)
    start, path = weights.detach().clone(), []
    optimiser = make([weights])
    for gradient in gradients:
        weights.grad = gradient.clone()
        optimiser.step()
        path.append(weights.detach().clone())
    return {"start": start, "gradients": gradients, "path": torch.stack(path)}


def clipping_case() -> dict[str, torch.Tensor]:
    """Two gradients, shortened together by PyTorch."""
    weights = [nn.Parameter(torch.zeros(3, 2)), nn.Parameter(torch.zeros(4))]
    for weight in weights:
        weight.grad = torch.randn_like(weight)
    before = [weight.grad.clone() for weight in weights]
    length = nn.utils.clip_grad_norm_(weights, LONGEST)
    after = [weight.grad for weight in weights]
    names = ("before_0", "before_1", "after_0", "after_1", "norm")
    return dict(zip(names, [*before, *after, length], strict=True))


if __name__ == "__main__":
    torch.manual_seed(20261123)
    torch.set_default_dtype(torch.float64)
    cases = {name: layer_case(kind, options) for name, (kind, options) in CASES.items()}
    cases["whole model"] = whole_case()
    cases |= {name: optimiser_case(make) for name, make in OPTIMISERS.items()}
    cases["clipping"] = clipping_case()
    numbers = {
        f"{name}/{key}": value.detach().numpy()
        for name, case in cases.items()
        for key, value in case.items()
    }
    provenance = {
        "made by": Path(__file__).name,
        "torch": torch.__version__,
        "lengths": LENGTHS.tolist(),
        "longest": LONGEST,
    }
    target = Path(__file__).with_name("torch_gradients.npz")
    np.savez_compressed(target, provenance=json.dumps(provenance), **numbers)
    print(target.name, target.stat().st_size, "bytes")
