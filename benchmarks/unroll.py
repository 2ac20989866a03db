"""`unroll`, which records every signal, beside peers that keep the hidden state only.

float32, batch 1, T = 1000, D = 16, one thread each, in turns.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any

import numpy as np

from lstm_core import LSTMParameters, unroll
from lstm_core.run.trace import LSTMTrace

from .measure import Job, interleaved, machine, table

TIMESTEPS, INPUT_SIZE = 1000, 16
HIDDEN_SIZES = (16, 64, 128, 256, 512)
ROUNDS = 15

Peer = Callable[[LSTMParameters, np.ndarray], Job]


def random_lstm(hidden_size: int, input_size: int = INPUT_SIZE, seed: int = 0) -> LSTMParameters:
    """Return an LSTM with weights uniform in ±1/√H, as frameworks start them; never trained."""
    rng = np.random.default_rng(seed)

    def draw(*shape: int) -> np.ndarray:
        return np.asarray(rng.uniform(-1, 1, shape) / np.sqrt(hidden_size), np.float32)

    return LSTMParameters(
        kernel=draw(input_size, 4 * hidden_size),
        recurrent_kernel=draw(hidden_size, 4 * hidden_size),
        bias=draw(4 * hidden_size),
    )


def random_walk(units: int, timesteps: int) -> LSTMTrace:
    """Return the run of a random LSTM over a random walk, of mean 0 and deviation 1."""
    rng = np.random.default_rng(2)
    walk = np.cumsum(rng.normal(size=(timesteps, 1)), axis=0)
    return unroll(random_lstm(units, input_size=1), (walk - walk.mean()) / walk.std())


def torch_cell_loop(parameters: LSTMParameters, inputs: np.ndarray) -> Job:
    """Return a loop over torch's LSTMCell: the usual way to get at every cell state."""
    import torch

    torch.set_num_threads(1)
    cell = torch.nn.LSTMCell(inputs.shape[1], parameters.hidden_size)
    x = torch.from_numpy(inputs)

    def run() -> None:
        with torch.no_grad():
            h = c = torch.zeros(1, parameters.hidden_size)
            for t in range(len(x)):
                h, c = cell(x[t : t + 1], (h, c))

    return run


def onnxruntime_lstm(parameters: LSTMParameters, inputs: np.ndarray) -> Job:
    """Return onnxruntime's LSTM operator over the whole sequence, hidden state only."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        _onnx_model(parameters, len(inputs)), options, providers=["CPUExecutionProvider"]
    )
    feed = {"X": inputs[:, np.newaxis]}
    expected = unroll(parameters, inputs).hidden_state
    np.testing.assert_allclose(session.run(None, feed)[0][:, 0, 0], expected, atol=1e-5)
    return lambda: session.run(None, feed)


def _onnx_model(parameters: LSTMParameters, timesteps: int) -> bytes:
    from onnx import TensorProto, helper, numpy_helper

    def directed(columns: Any) -> np.ndarray:  # i f g o -> i o f c, rows, one direction
        i, f, g, o = np.split(columns, 4, axis=-1)
        return np.ascontiguousarray(np.concatenate([i, o, f, g], axis=-1).T[np.newaxis])

    hidden_size, no_bias = parameters.hidden_size, np.zeros_like(parameters.bias)
    weights = {
        "W": directed(parameters.kernel),
        "R": directed(parameters.recurrent_kernel),
        "B": np.concatenate([directed(parameters.bias), no_bias[np.newaxis]], axis=-1),
    }
    shapes = {"X": [timesteps, 1, parameters.input_size], "Y": [timesteps, 1, 1, hidden_size]}
    x, y = (helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in shapes.items())
    node = helper.make_node("LSTM", ["X", "W", "R", "B"], ["Y"], hidden_size=hidden_size)
    given = [numpy_helper.from_array(values, name) for name, values in weights.items()]
    graph = helper.make_graph([node], "lstm", [x], [y], given)
    opset = [helper.make_opsetid("", 17)]
    return bytes(helper.make_model(graph, opset_imports=opset, ir_version=9).SerializeToString())


INSTALL = "pip install torch==2.13.0 onnxruntime"

PEERS: dict[str, Peer] = {
    "torch LSTMCell loop": torch_cell_loop,
    "onnxruntime": onnxruntime_lstm,
}


def main() -> None:
    """Print µs per timestep and the ratios to the peers that are installed."""
    print(f"unroll, all signals, float32, batch 1, T = {TIMESTEPS}, D = {INPUT_SIZE}; {machine()}")
    print("µs per timestep: median (best)\n")
    missing: set[str] = set()
    rows = [_row(hidden_size, missing) for hidden_size in HIDDEN_SIZES]
    head = ["H", "unroll", *PEERS, "torch / unroll", "unroll / onnxruntime"]
    print(table(head, rows))
    print("\nRatios are of medians (of bests). A trace keeps 10 numbers a unit, onnxruntime 1.")
    for name in sorted(missing):
        print(f"Not measured: {name}, which is not installed: {INSTALL}.")


def _row(hidden_size: int, missing: set[str]) -> list[str]:
    parameters = random_lstm(hidden_size)
    rng = np.random.default_rng(1)
    inputs = rng.normal(size=(TIMESTEPS, INPUT_SIZE)).astype(np.float32)
    jobs: dict[str, Job] = {"unroll": lambda: unroll(parameters, inputs)}
    for name, peer in PEERS.items():
        try:
            jobs[name] = peer(parameters, inputs)
        except ImportError:
            missing.add(name)
    times = interleaved(jobs, ROUNDS)
    measured = [_each(times[name]) if name in times else "-" for name in ["unroll", *PEERS]]
    torch, onnxruntime = PEERS
    return [
        str(hidden_size),
        *measured,
        _ratio(times.get(torch), times["unroll"]),
        _ratio(times["unroll"], times.get(onnxruntime)),
    ]


def _each(seconds: list[float]) -> str:
    scale = 1e6 / TIMESTEPS
    return f"{statistics.median(seconds) * scale:.1f} ({min(seconds) * scale:.1f})"


def _ratio(above: list[float] | None, below: list[float] | None) -> str:
    if above is None or below is None:
        return "-"
    median = statistics.median(above) / statistics.median(below)
    return f"{median:.2f} ({min(above) / min(below):.2f})"
