"""Make torch_cells.npz: what PyTorch's recurrent layers compute, for test_agreement_golden.py.

pip install torch==2.13.0 && python tests/golden/make_torch_cells.py
"""

from __future__ import annotations

import json
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
LENGTHS = [7, 4, 6]  # of T = 7, in a batch of three


def case(kind: type[nn.RNNBase], options: dict[str, Any]) -> dict[str, np.ndarray]:
    """Run one layer with random weights, states and ragged lengths; keep all numbers."""
    layer = kind(batch_first=True, **options)
    with torch.no_grad():
        for weight in layer.parameters():
            weight.normal_(0, 0.6)
    x = torch.randn(len(LENGTHS), max(LENGTHS), options["input_size"])
    outputs = options.get("proj_size", options["hidden_size"])
    h = torch.randn(1, len(LENGTHS), outputs)
    c = torch.randn(1, len(LENGTHS), options["hidden_size"])
    packed = pack_padded_sequence(x, torch.tensor(LENGTHS), True, enforce_sorted=False)
    with torch.no_grad():
        y, final = layer(packed, (h, c) if kind is nn.LSTM else h)
    final_h, *final_c = final if kind is nn.LSTM else (final,)
    numbers = {**layer.state_dict(), "x": x, "h": h[0], "c": c[0], "final_h": final_h[0]}
    numbers["y"] = pad_packed_sequence(y, batch_first=True)[0]
    if final_c:
        numbers["final_c"] = final_c[0][0]
    return {name: value.numpy() for name, value in numbers.items()}


if __name__ == "__main__":
    torch.manual_seed(20261123)
    numbers = {
        f"{name}/{key}": value
        for name, (kind, options) in CASES.items()
        for key, value in case(kind, options).items()
    }
    provenance = {"made by": Path(__file__).name, "torch": torch.__version__, "lengths": LENGTHS}
    target = Path(__file__).with_name("torch_cells.npz")
    np.savez_compressed(target, provenance=json.dumps(provenance), **numbers)
    print(target.name, target.stat().st_size, "bytes")
