"""Make torch/: models that PyTorch trained and saved in each of its containers, and what they give.

pip install torch==2.13.0 safetensors && python tests/golden/make_torch_models.py

Each model learns for a few steps to predict its own next input, so that all its weights have
moved. `expected.npz` holds for each file the inputs x (batch, timesteps, input_size), PyTorch's
outputs y and final states h and c (directions · layers, batch, size), and what settles the file.
"""

from __future__ import annotations

import json
import pickle
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn.utils import parametrizations, prune

FOLDER = Path(__file__).with_name("torch")
BATCH, TIMESTEPS = 3, 8
warnings.simplefilter("ignore")  # the old weight_norm is deprecated, and still in people's files

Numbers = dict[str, np.ndarray]


class LanguageModel(nn.Module):
    """Embedding, stacked LSTM, readout: the shape of most real checkpoints."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(7, 3)
        self.lstm = nn.LSTM(3, 4, num_layers=2, batch_first=True)
        self.decoder = nn.Linear(4, 7)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.decoder(self.lstm(self.embedding(x))[0])


def trained(module: nn.Module, inputs: int, steps: int = 5) -> nn.Module:
    """Train a recurrent module a little, on a sequence of its own."""
    x = torch.randn(BATCH, TIMESTEPS, inputs)
    readout = nn.LazyLinear(inputs)
    readout(run(module, x)[0])
    weights = [*module.parameters(), *readout.parameters()]
    optimizer = torch.optim.Adam(weights, lr=0.1)
    for _ in range(steps):
        loss = ((readout(run(module, x)[0])[:, :-1] - x[:, 1:]) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return module


def run(module: nn.Module, x: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Return outputs (batch, timesteps, size) and final states of a module or a cell."""
    if not isinstance(module, nn.RNNCellBase):
        y, states = module(x)
        return y, list(states) if isinstance(states, tuple) else [states]
    outputs, state = [], None
    for t in range(x.shape[1]):
        state = module(x[:, t], state)
        outputs.append(state[0] if isinstance(state, tuple) else state)
    final = list(state) if isinstance(state, tuple) else [state]
    return torch.stack(outputs, 1), [s[None] for s in final]


def expected(module: nn.Module, inputs: int, **settled: str) -> Numbers:
    """Run a module on new inputs and keep all numbers."""
    x = torch.randn(BATCH, TIMESTEPS, inputs, dtype=next(module.parameters()).dtype)
    with torch.no_grad():
        y, states = run(module, x)
    numbers = {"x": x, "y": y, "h": states[0]} | ({"c": states[1]} if len(states) > 1 else {})
    arrays = {name: value.numpy() for name, value in numbers.items()}
    return arrays | {"settled": np.array(json.dumps(settled))}


def zipped(state: object, path: Path) -> None:
    torch.save(state, path)


def legacy(state: object, path: Path) -> None:
    torch.save(state, path, _use_new_zipfile_serialization=False)


def pickled(state: object, path: Path) -> None:
    path.write_bytes(pickle.dumps(state))


def safetensors(state: dict[str, torch.Tensor], path: Path) -> None:
    save_file({name: tensor.contiguous() for name, tensor in state.items()}, path)


def numpy_archive(state: dict[str, torch.Tensor], path: Path) -> None:
    np.savez(path, **{name: tensor.numpy() for name, tensor in state.items()})


def plain(module: nn.Module) -> object:
    return module.state_dict()


def prefixed(module: nn.Module) -> object:
    return {f"module.net.rnn.{name}": t for name, t in module.state_dict().items()}


def numpy_arrays(module: nn.Module) -> object:
    return {name: tensor.numpy() for name, tensor in module.state_dict().items()}


def views_of_one_storage(module: nn.Module) -> object:
    """Every tensor a transposed view into one long storage."""
    state = module.state_dict()
    flat = torch.cat([tensor.t().reshape(-1) for tensor in state.values()])
    views, at = {}, 0
    for name, tensor in state.items():
        stretch = flat[at : at + tensor.numel()]
        views[name] = stretch.view(tensor.t().shape).t()
        at += tensor.numel()
    return views


def old_weight_norm(module: nn.Module) -> nn.Module:
    for name in ("weight_ih_l0", "weight_hh_l0"):
        nn.utils.weight_norm(module, name)
    return module


def new_weight_norm(module: nn.Module) -> nn.Module:
    for name in ("weight_ih_l0", "weight_hh_l0"):
        parametrizations.weight_norm(module, name)
    return module


def pruned(module: nn.Module) -> nn.Module:
    prune.l1_unstructured(module, "weight_hh_l0", amount=0.3)
    return module


FIRST = {"batch_first": True}
BOTH = {**FIRST, "num_layers": 2, "bidirectional": True}
Case = tuple[Callable[[], nn.Module], Callable[[nn.Module], object], Callable[..., None]]
CASES: dict[str, Case] = {
    "lstm.pt": (lambda: nn.LSTM(3, 5, **FIRST), plain, zipped),
    "lstm_square.pt": (lambda: nn.LSTM(4, 4, **FIRST), plain, zipped),
    "lstm_legacy.pth": (lambda: nn.LSTM(4, 4, **FIRST), prefixed, legacy),
    "lstm_stacked_bidirectional.pt": (lambda: nn.LSTM(3, 4, **BOTH), prefixed, zipped),
    "lstm_stacked_bidirectional.safetensors": (lambda: nn.LSTM(3, 4, **BOTH), plain, safetensors),
    "lstm_projected.pt": (lambda: nn.LSTM(3, 5, proj_size=2, **BOTH), plain, zipped),
    "lstm_without_bias.pt": (lambda: nn.LSTM(4, 4, bias=False, **FIRST), plain, zipped),
    "lstm_weight_norm.pt": (lambda: old_weight_norm(nn.LSTM(4, 4, **FIRST)), plain, zipped),
    "lstm_parametrized.pt": (lambda: new_weight_norm(nn.LSTM(4, 4, **FIRST)), plain, zipped),
    "lstm_pruned.pt": (lambda: pruned(nn.LSTM(4, 4, **FIRST)), plain, zipped),
    "lstm_views.pt": (lambda: nn.LSTM(4, 4, **FIRST), views_of_one_storage, zipped),
    "lstm_views_legacy.pt": (lambda: nn.LSTM(4, 4, **FIRST), views_of_one_storage, legacy),
    "lstm_pickled.pkl": (lambda: nn.LSTM(3, 4, **FIRST), plain, pickled),
    "lstm_numpy.pkl": (lambda: nn.LSTM(3, 4, **FIRST), numpy_arrays, pickled),
    "lstm_numpy.npz": (lambda: nn.LSTM(3, 4, **FIRST), plain, numpy_archive),
    "lstm_double.pt": (lambda: nn.LSTM(3, 4, **FIRST).double(), plain, zipped),
    "gru.pt": (lambda: nn.GRU(4, 4, **FIRST), plain, zipped),
    "gru_stacked_bidirectional.pth": (lambda: nn.GRU(3, 4, **BOTH), plain, legacy),
    "gru_without_bias.safetensors": (lambda: nn.GRU(3, 4, bias=False, **FIRST), plain, safetensors),
    "rnn_tanh.pt": (lambda: nn.RNN(4, 4, **FIRST), plain, zipped),
    "rnn_relu.pt": (lambda: nn.RNN(3, 4, nonlinearity="relu", **BOTH), plain, zipped),
    "lstm_cell.pt": (lambda: nn.LSTMCell(4, 4), prefixed, zipped),
    "gru_cell.pt": (lambda: nn.GRUCell(3, 4), plain, legacy),
    "rnn_cell.pt": (lambda: nn.RNNCell(3, 4), plain, zipped),
}


def make(name: str) -> Numbers:
    """Train, save and run one model."""
    module, state, save = CASES[name]
    net = module()
    if name == "lstm_double.pt":
        torch.set_default_dtype(torch.float64)
    trained(net, net.input_size)
    save(state(net), FOLDER / name)
    numbers = expected(net, net.input_size, **({"nonlinearity": "relu"} if "relu" in name else {}))
    torch.set_default_dtype(torch.float32)
    return numbers


def make_halved(name: str, dtype: torch.dtype) -> Numbers:
    """Save a model in half precision; run it in float32 with the same, coarser, numbers."""
    net = trained(nn.LSTM(3, 5, **FIRST), 3).to(dtype)
    save = safetensors if name.endswith(".safetensors") else zipped
    save(net.state_dict(), FOLDER / name)
    return expected(net.float(), 3)


def make_checkpoint(name: str) -> Numbers:
    """Save a whole training run: model, optimizer, vocabulary and numbers, in one dict."""
    model = LanguageModel()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    symbols = torch.randint(0, 7, (BATCH, TIMESTEPS))
    for _ in range(20):
        loss = nn.functional.cross_entropy(model(symbols)[:, :-1].mT, symbols[:, 1:])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    torch.save(
        {
            "epoch": 20,
            "loss": loss.item(),
            "model_state_dict": model.state_dict(),
            "optimizer_state_dict": optimizer.state_dict(),
            "char2idx": {symbol: k for k, symbol in enumerate("BTSXPVE")},
        },
        FOLDER / name,
    )
    with torch.no_grad():
        logits = model(symbols)
    numbers = expected(model.lstm, 3)
    return numbers | {"symbols": symbols.numpy(), "shares": logits.softmax(-1).numpy()}


if __name__ == "__main__":
    torch.manual_seed(20261123)
    FOLDER.mkdir(exist_ok=True)
    everything = {name: make(name) for name in CASES}
    everything["lstm_half.pt"] = make_halved("lstm_half.pt", torch.float16)
    everything["lstm_bfloat16.safetensors"] = make_halved(
        "lstm_bfloat16.safetensors", torch.bfloat16
    )
    everything["lstm_bfloat16.pt"] = make_halved("lstm_bfloat16.pt", torch.bfloat16)
    everything["checkpoint.pt"] = make_checkpoint("checkpoint.pt")
    flat = {f"{n}/{key}": v for n, numbers in everything.items() for key, v in numbers.items()}
    provenance = {"made by": Path(__file__).name, "torch": torch.__version__}
    np.savez_compressed(
        FOLDER / "expected.npz", provenance=np.array(json.dumps(provenance)), **flat
    )
