"""Make residuals/: bare state dicts of networks whose code adds what layers read to what they give.

pip install torch==2.13.0 && python tests/golden/make_residuals.py

A state dict has no word of the sums. `expected.npz` holds for each network its input x and its
output y.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

FOLDER = Path(__file__).with_name("residuals")


class Stacked(nn.Module):
    """The second of two layers adds what it reads."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm1 = nn.LSTM(3, 4, batch_first=True)
        self.lstm2 = nn.LSTM(4, 4, batch_first=True)
        self.head = nn.Linear(4, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        below, _ = self.lstm1(x)
        above, _ = self.lstm2(below)
        return self.head(above + below)


class Past(nn.Module):
    """What the first layer reads is added behind the second."""

    def __init__(self) -> None:
        super().__init__()
        self.rnn1 = nn.GRU(4, 4, batch_first=True)
        self.rnn2 = nn.LSTM(4, 4, batch_first=True)
        self.head = nn.Linear(4, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.rnn2(self.rnn1(x)[0])[0] + x)


class Around(nn.Module):
    """A sum around one module of two layers and two directions, before the readout."""

    def __init__(self) -> None:
        super().__init__()
        self.gru = nn.GRU(6, 3, num_layers=2, bidirectional=True, batch_first=True)
        self.head = nn.Linear(6, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.gru(x)[0] + x)


class Each(nn.Module):
    """Three layers behind each other, each with a sum around it."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.LSTM(4, 4, batch_first=True) for _ in range(3))
        self.head = nn.Linear(4, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = x + layer(x)[0]
        return self.head(x)


if __name__ == "__main__":
    torch.manual_seed(20261129)
    FOLDER.mkdir(exist_ok=True)
    expected: dict[str, np.ndarray] = {}
    for kind in (Stacked, Past, Around, Each):
        model = kind()
        for parameter in model.parameters():
            nn.init.uniform_(parameter, -0.8, 0.8)
        name = kind.__name__.lower()
        first = next(m for m in model.modules() if isinstance(m, nn.LSTM | nn.GRU))
        x = torch.randn(1, 6, first.input_size)
        with torch.no_grad():
            expected |= {f"{name}/x": x.numpy(), f"{name}/y": model(x).numpy()}
        torch.save(model.state_dict(), FOLDER / f"{name}.pt")
    np.savez(FOLDER / "expected.npz", **expected)
