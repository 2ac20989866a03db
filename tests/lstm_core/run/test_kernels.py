"""The ways that `unroll` takes for some cells only: they too are `step`, repeated."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import numpy as np
import pytest

from lstm_core import step, unroll
from lstm_core.cells.lstm import LSTMParameters, LSTMVariant
from lstm_core.run.kernels.common import allocate, recurrent_products
from lstm_core.run.kernels.products import block_products
from tests.lstm_core.strategies import draw_state, draw_weights, same


@pytest.mark.parametrize("hidden_size", [64, 256, 384])  # whole, in halves, whole
@pytest.mark.parametrize("leading", [(), (2,)])
def test_a_kernel_read_in_halves_gives_the_same_numbers(
    hidden_size: int, leading: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(hidden_size)
    parameters = LSTMParameters(
        kernel=draw_weights(rng, (3, 4 * hidden_size), np.dtype(np.float32)),
        recurrent_kernel=draw_weights(rng, (hidden_size, 4 * hidden_size), np.dtype(np.float32))
        / np.float32(np.sqrt(hidden_size)),
        bias=draw_weights(rng, (4 * hidden_size,), np.dtype(np.float32)),
    )
    trace = unroll(parameters, rng.normal(size=(*leading, 5, 3)))
    state = parameters.initial_state(leading)
    for t in range(5):
        now = step(parameters, state, trace.input[..., t, :])
        for name in ("preactivation", "forget_gate", "cell_state", "hidden_state"):
            same(getattr(trace[t], name), getattr(now, name), parameters.dtype, slack=10)
        state = now.state


def test_only_a_kernel_about_as_large_as_a_cores_cache_is_read_in_halves() -> None:
    def parts(hidden_size: int) -> int:
        kernel = np.zeros((hidden_size, 4 * hidden_size), np.float32)
        out = np.empty(4 * hidden_size, np.float32)
        return len(recurrent_products(kernel, np.ones_like(out), out))

    assert [parts(h) for h in (16, 128, 256, 512)] == [1, 1, 2, 1]


@pytest.mark.parametrize("batch", [0, 1, 8, 32, 37, 64])
@pytest.mark.parametrize(
    ("depth", "width"), [(5, 3), (145, 128), (273, 256), (529, 508), (300, 257)]
)
def test_a_product_in_pieces_is_that_of_whole_matrices(batch: int, depth: int, width: int) -> None:
    rng = np.random.default_rng(depth)
    kernel, x = rng.normal(size=(depth, 4 * width)), rng.normal(size=(batch, depth + 3))[:, :depth]
    out = np.full((4, batch, width), np.nan)
    scale = np.array([0.5, 0.25, 1.0, 2.0]).reshape(4, 1, 1)
    block_products([kernel[:-2], kernel[-2:]], scale, batch)(x, out)
    np.testing.assert_allclose(np.concatenate([*(out / scale)], axis=1), x @ kernel, atol=1e-11)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_arrays_of_one_block_begin_with_a_cache_line_and_do_not_overlap(dtype: type) -> None:
    arrays = allocate(np.dtype(dtype), (3, 7), (0, 5), (1,), (2, 2, 19))
    assert [array.shape for array in arrays] == [(3, 7), (0, 5), (1,), (2, 2, 19)]
    assert all(array.ctypes.data % 64 == 0 for array in arrays if array.size)
    for k, array in enumerate(arrays):
        array[...] = k
    assert all((array == k).all() for k, array in enumerate(arrays))


FAULTS = """
import resource
import numpy as np
from lstm_core.run.kernels.common import allocate, keep_freed_memory

def faults():
    before, held = resource.getrusage(resource.RUSAGE_SELF).ru_minflt, []
    for _ in range(4):  # as a run, and the one before it, which is still looked at
        (block,) = allocate(np.dtype(np.float32), (2_750_000,))
        block.fill(0)
        held = [*held[-1:], block]
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

keep_freed_memory()
faults()
print(faults())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another library gives memory")
def test_memory_that_a_run_leaves_is_that_of_the_next_run() -> None:
    set_by_others = ("MALLOC_", "GLIBC_TUNABLES")  # Dask's workers have their own bounds
    own = {name: text for name, text in os.environ.items() if not name.startswith(set_by_others)}
    asked = [sys.executable, "-c", FAULTS]
    said = subprocess.run(asked, capture_output=True, check=True, env=own)
    assert int(said.stdout) < 100


OPTIONS = [
    {},
    {"clip": 0.3},
    {"forget": "none"},
    {"forget": "coupled"},
    {"recurrent_activation": "hard_sigmoid(0.2, 0.5)"},
    {"activation": "relu"},
    {"output_activation": "identity"},
]


@pytest.mark.parametrize("peepholes", [False, True], ids=["no peepholes", "peepholes"])
@pytest.mark.parametrize("variant", OPTIONS, ids=str)
def test_an_lstm_one_option_away_from_the_plain_one_is_step_repeated(
    variant: dict[str, str | float], peepholes: bool
) -> None:
    rng = np.random.default_rng(3)
    blocks = 3 if "forget" in variant else 4
    parameters = LSTMParameters(
        kernel=2 * rng.normal(size=(3, 4 * blocks)),
        recurrent_kernel=rng.normal(size=(4, 4 * blocks)),
        bias=rng.normal(size=4 * blocks),
        peephole=rng.normal(size=(blocks - 1, 4)) if peepholes else None,
        variant=LSTMVariant(**variant),
    )
    inputs = rng.normal(size=(2, 6, 3))
    trace = unroll(parameters, inputs, draw_state(parameters, (2,), rng))
    for t in range(6):
        now = step(parameters, trace[t].previous, inputs[:, t])
        for name in ("preactivation", "forget_gate", "candidate", "cell_state", "hidden_state"):
            same(getattr(trace[t], name), getattr(now, name), parameters.dtype)


@pytest.mark.parametrize("leading", [(0,), (1,), (2,), (2, 3)], ids=str)
def test_gates_are_open_or_shut_however_far_their_preactivation_is_from_zero(
    leading: tuple[int, ...],
) -> None:
    rng = np.random.default_rng(0)
    parameters = LSTMParameters(
        kernel=np.array([[1e4, -1e4, 1.0, 1e4]], np.float32),
        recurrent_kernel=np.zeros((1, 4), np.float32),
        bias=np.zeros(4, np.float32),
    )
    trace = unroll(parameters, np.abs(rng.normal(size=(*leading, 3, 1))) + 1)
    assert (trace.forget_gate == 0).all()
    assert ((trace.input_gate == 1) & (trace.output_gate == 1)).all()
    assert np.array_equal(trace.cell_state, trace.candidate)
