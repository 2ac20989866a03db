"""Make torch_heads/: whole modules and TorchScript with a Sequential behind their LSTM.

pip install torch==2.13.0 && python tests/golden/make_torch_heads.py

`expected.npz` holds for each network its input x and its output y.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

FOLDER = Path(__file__).with_name("torch_heads")


class Tagger(nn.Module):
    """An answer at each timestep, through layers that run in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(3, 5, num_layers=2, batch_first=True)
        self.head = nn.Sequential(
            nn.Sequential(nn.Linear(5, 4, bias=False), nn.ReLU()), nn.Dropout(0.2), nn.Linear(4, 2)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.lstm(x)[0])


class Normed(nn.Module):
    """Norms and activations that have numbers of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.rnn = nn.GRU(3, 5, batch_first=True)
        self.classifier = nn.Sequential(
            *(nn.LayerNorm(5, eps=0.1), nn.Linear(5, 4), nn.LeakyReLU(0.3), nn.BatchNorm1d(4)),
            *(nn.Linear(4, 3), nn.GELU(approximate="tanh"), nn.Linear(3, 2), nn.Softmax(-1)),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classifier(self.rnn(x)[0][:, -1])


class Bilinear(nn.Module):
    """A layer in the Sequential that cannot be run here."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(3, 4, batch_first=True)
        self.head = nn.Sequential(nn.Linear(4, 4), nn.GLU(), nn.Linear(2, 2))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.lstm(x)[0])


if __name__ == "__main__":
    torch.manual_seed(20261129)
    expected: dict[str, np.ndarray] = {}
    for kind in (Tagger, Normed, Bilinear):
        model = kind()
        for parameter in model.parameters():
            nn.init.uniform_(parameter, -0.8, 0.8)
        for buffer in (b for b in model.buffers() if b.is_floating_point()):
            nn.init.uniform_(buffer, 0.2, 1.5)
        model.eval()
        name, x = kind.__name__.lower(), torch.randn(1, 6, 3)
        with torch.no_grad():
            expected |= {f"{name}/x": x.numpy(), f"{name}/y": model(x).numpy()}
        torch.save(model, FOLDER / f"{name}.pt")
        torch.jit.script(model).save(FOLDER / f"{name}_script.pt")
    np.savez(FOLDER / "expected.npz", **expected)
