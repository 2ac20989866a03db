"""What a capture costs: a forward pass of torch with and without it, and a rollout of 1,000 steps.

The copies that it keeps are made once more by themselves: what remains is the hook.
Needs `pip install torch`.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from typing import Any

from lstm_core import load_model
from lstm_core.capture import capture
from lstm_core.model import agreement

from .measure import interleaved, machine, spread

UNITS, TIMESTEPS, BATCH, INPUTS = 128, 64, 32, 64
STEPS = 1000
ROUNDS = 60


def forward_pass() -> None:
    """Print how long a forward pass takes with a capture, without, and the copies alone."""
    import torch

    torch.set_num_threads(1)
    lstm = torch.nn.LSTM(INPUTS, UNITS, batch_first=True)
    batch = torch.randn(BATCH, TIMESTEPS, INPUTS)
    with torch.no_grad():
        answer = lstm(batch)

        def captured() -> None:
            with capture(lstm):
                lstm(batch)

        def copies() -> None:
            for tensor in (batch, answer[0], *answer[1], *lstm.parameters()):
                tensor.detach().clone()

        jobs: dict[str, Callable[[], object]] = {
            "plain": lambda: lstm(batch),
            "captured": captured,
            "copies": copies,
        }
        times = interleaved(jobs, ROUNDS)
    plain, whole, copied = (statistics.median(times[name]) for name in jobs)
    for name in jobs:
        print(f"{name:9}", spread([1000 * t for t in times[name]]))
    print(
        f"the hook without its copies: {100 * (whole - copied - plain) / plain:.1f} % of a forward "
        f"pass; with them {100 * (whole - plain) / plain:.1f} %. Asked for: at most 20 without."
    )


def rollout() -> None:
    """Print how long a loop over a cell takes with a capture and without, and what is kept."""
    import torch

    cell = torch.nn.LSTMCell(INPUTS, UNITS)
    values = torch.randn(STEPS, 1, INPUTS)

    def loop() -> Any:
        state = None
        for x in values:
            state = cell(x, state)
        return state

    with torch.no_grad():
        start = time.perf_counter()
        loop()
        plain = time.perf_counter() - start
        with capture(cell) as run:
            start = time.perf_counter()
            loop()
            captured = time.perf_counter() - start
    content = io.BytesIO()
    run.save(content)
    start = time.perf_counter()
    model = load_model(content.getvalue(), name="run.npz")
    opened = time.perf_counter() - start
    found = agreement(model.layers, model.recorded)
    print(
        f"{STEPS:,} steps of a cell: {1000 * plain:.0f} ms, captured {1000 * captured:.0f} ms; "
        f"{run.held / 1e6:.1f} MB kept, opened in {1000 * opened:.0f} ms as "
        f"{len(model.recorded)} sequence; largest difference {found.difference if found else 0:.2g}"
    )


def main() -> None:
    """Print both."""
    print(f"H = {UNITS}, T = {TIMESTEPS}, B = {BATCH}, one thread; {machine()}")
    forward_pass()
    rollout()
