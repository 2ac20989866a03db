"""Windows over time before the first recurrent layer: convolution and pooling.

    Convolved   y_t = activation(b + Σ_k x_{t·stride + k·dilation - before} · W_k)
    Pooled      y_t = max or mean over the window of x

What a window reads beyond the ends is zero for a convolution, and nothing for pooling. With a
stride, or without padding, there are fewer timesteps after than before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np

from ..activations import activation
from ..record import Array, record
from .encoders import SequenceError
from .over_time import Stage
from .stages import PointStage


@record
class Convolved:
    """A convolution over time, each window of W timesteps to one.

    `padding` is how many timesteps are put before and after; None puts as many as make
    ⌈T / stride⌉ timesteps of T, which Keras calls "same".
    """

    kernel: Array  # (W, D, K)
    bias: Array  # (K,)
    activation: str = "identity"
    stride: int = 1
    dilation: int = 1
    padding: tuple[int, int] | None = (0, 0)

    def check(self) -> None:
        """Raise ValueError where shapes do not fit, or a number is too small."""
        if self.kernel.ndim != 3 or self.bias.shape != self.kernel.shape[2:]:
            raise ValueError(
                f"convolution kernel is {self.kernel.shape} and bias {self.bias.shape}: expected "
                "(window, inputs, outputs) and (outputs,)"
            )
        _check_window(len(self.kernel), self.stride, self.dilation, self.padding)
        activation(self.activation)

    @property
    def input_size(self) -> int:
        """D: how many numbers come in at each timestep."""
        return int(self.kernel.shape[1])

    @property
    def output_size(self) -> int:
        """K: how many numbers go out at each timestep."""
        return len(self.bias)

    @property
    def keeps_time(self) -> bool:
        """Whether T timesteps stay T."""
        padding = None if self.padding is None else sum(self.padding)
        return self.stride == 1 and padding in (None, (len(self.kernel) - 1) * self.dilation)

    def apply(self, values: Array) -> Array:
        """Return (..., T', K) for values (..., T, D); SequenceError where T is too small."""
        extent = (len(self.kernel) - 1) * self.dilation + 1
        padded = _padded(values, extent, self.stride, self.padding, 0.0)
        total = self.bias
        for k, tap in enumerate(self.kernel):
            total = total + _taken(padded, extent, self.stride, k * self.dilation) @ tap
        return activation(self.activation)(total)


@record
class Pooled:
    """The largest or the mean of each window of `window` timesteps, number by number."""

    size: int  # D
    window: int
    of: Literal["max", "mean"]
    stride: int
    padding: tuple[int, int] | None = (0, 0)

    def check(self) -> None:
        """Raise ValueError for a number that is too small, and for another way to pool."""
        _check_window(self.window, self.stride, 1, self.padding)
        if self.of not in ("max", "mean"):
            raise ValueError(f"pooling is {self.of!r}: expected max or mean")

    @property
    def input_size(self) -> int:
        """D: how many numbers come in, and go out, at each timestep."""
        return self.size

    @property
    def output_size(self) -> int:
        """D: how many numbers go out at each timestep."""
        return self.size

    @property
    def keeps_time(self) -> bool:
        """Whether T timesteps stay T."""
        return self.stride == 1 and (self.padding is None or sum(self.padding) == self.window - 1)

    def apply(self, values: Array) -> Array:
        """Return (..., T', D) for values (..., T, D); SequenceError where T is too small."""
        padded = _padded(values, self.window, self.stride, self.padding, np.nan)
        taken = [_taken(padded, self.window, self.stride, k) for k in range(self.window)]
        over = np.nanmax if self.of == "max" else np.nanmean
        pooled: Array = over(np.stack(taken), axis=0)
        return pooled


FrontStage = PointStage | Convolved | Pooled


def keeps_time(stage: FrontStage) -> bool:
    """Return whether a stage makes T timesteps of T."""
    return not isinstance(stage, Convolved | Pooled) or stage.keeps_time


def by_groups(kernel: Array, groups: int) -> Array:
    """Return the kernel (W, D, K) of a convolution by groups, zero from one group to another."""
    if groups == 1:
        return kernel
    window, inputs, outputs = kernel.shape
    whole = np.zeros((window, inputs * groups, outputs), kernel.dtype)
    each = outputs // groups
    for g in range(groups):
        mine = slice(g * each, (g + 1) * each)
        whole[:, g * inputs : (g + 1) * inputs, mine] = kernel[:, :, mine]
    return whole


def check_stages(
    stages: Iterable[FrontStage | Stage], given: int | None, wanted: int, name: str
) -> None:
    """Raise ValueError where one stage's outputs are not what the next one reads.

    `given` is what the encoder gives, None without one; `wanted` is what the layer `name` takes.
    """
    sizes = [*([] if given is None else [given])]
    for stage in stages:
        if sizes and sizes[-1] != stage.input_size:
            raise ValueError(f"a stage before {name} takes {stage.input_size}, not {sizes[-1]}")
        sizes.append(stage.output_size)
    if sizes and sizes[-1] != wanted:
        raise ValueError(f"what stands before {name} gives {sizes[-1]} numbers: it takes {wanted}")


def _check_window(size: int, stride: int, dilation: int, padding: tuple[int, int] | None) -> None:
    if min(size, stride, dilation) < 1 or min(padding or (0,)) < 0:
        raise ValueError(
            f"window is {size}, stride {stride}, dilation {dilation} and padding {padding}: "
            "expected 1 or more, and padding of 0 or more"
        )


def _padded(
    values: Array, extent: int, stride: int, padding: tuple[int, int] | None, fill: float
) -> Array:
    """Values (..., T, D) with what is put before and after; SequenceError for too few."""
    timesteps = values.shape[-2]
    if padding is None:
        total = max((-(-timesteps // stride) - 1) * stride + extent - timesteps, 0)
        padding = (total // 2, total - total // 2)
    if timesteps + sum(padding) < extent:
        raise SequenceError(
            f"The sequence has {timesteps} timesteps: what stands before the first layer reads "
            f"windows of {extent}."
        )
    around = [(0, 0)] * (values.ndim - 2) + [padding, (0, 0)]
    return np.pad(values, around, constant_values=fill)


def _taken(padded: Array, extent: int, stride: int, first: int) -> Array:
    """What one place of every window reads, (..., T', D)."""
    count = (padded.shape[-2] - extent) // stride + 1
    taken: Array = padded[..., first : first + (count - 1) * stride + 1 : stride, :]
    return taken
