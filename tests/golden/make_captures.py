"""Make captured/: runs that `gatescope.capture` recorded of models in PyTorch and Keras.

pip install torch==2.13.0 keras, then in the folder of the project
PYTHONPATH=. python tests/golden/make_captures.py torch
PYTHONPATH=. KERAS_BACKEND=torch python tests/golden/make_captures.py keras

Each file is written twice, by the library and by the text that `gatescope capture --snippet`
prints; the script ends where the two differ in a byte of any array.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from lstm_core.capture import FRAMEWORKS, capture, snippet

FOLDER = Path(__file__).with_name("captured")


def snippets_recorder(framework: str) -> Any:
    """The recorder in the printed text, without the example at its end."""
    names: dict[str, Any] = {"__name__": "snippet"}
    text = snippet(framework)
    exec(text[: text.index("\nwith ")], names)
    return names[FRAMEWORKS[framework]]


def recorded(recorder: Callable[[Any], Any], model: Any, run: Callable[[Any], None]) -> bytes:
    with recorder(model) as captured:
        run(model)
    content = io.BytesIO()
    captured.save(content)
    return content.getvalue()


def write(framework: str, name: str, make: Callable[[], tuple[Any, Callable[[Any], None]]]) -> None:
    """Write one file, after both ways to record the same model were compared."""
    both = []
    for recorder in (capture, snippets_recorder(framework)):
        model, run = make()
        both.append(recorded(recorder, model, run))
    first, second = (np.load(io.BytesIO(content)) for content in both)
    assert sorted(first) == sorted(second), name
    for key in first:
        np.testing.assert_array_equal(first[key], second[key], err_msg=f"{name}: {key}")
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{framework}_{name}.npz").write_bytes(both[0])
    print(name, len(both[0]))


def torch_runs() -> dict[str, Callable[[], tuple[Any, Callable[[Any], None]]]]:
    import torch
    from torch import nn
    from torch.nn.utils.parametrizations import weight_norm
    from torch.nn.utils.rnn import pack_padded_sequence

    def values(*shape: int) -> torch.Tensor:
        return torch.from_numpy(np.random.default_rng(sum(shape)).normal(size=shape)).float()

    class Policy(nn.Module):
        """Two recurrent modules and what stands between: neither file nor names say all that."""

        def __init__(self) -> None:
            super().__init__()
            self.body = nn.Sequential(nn.Linear(3, 4), nn.ReLU())
            self.memory = nn.LSTMCell(4, 5)
            self.critic = nn.GRU(4, 3, batch_first=True)

        def forward(self, x: Any, state: Any) -> tuple[Any, Any]:
            features = self.body(x)
            state = self.memory(features, state)
            return self.critic(features[:, None])[0], state

    def called(*given: Any, **named: Any) -> Callable[[Any], None]:
        return lambda model: model(*given, **named)

    def chunks(model: Any) -> None:
        state = None
        for part in values(2, 12, 3).split([5, 4, 3], dim=1):
            _, state = model(part, state)

    def rollout(model: Any) -> None:
        state = None
        for t, x in enumerate(values(20, 2, 3)):
            _, state = model(x, state)
            if t == 11:  # the first of two episodes ends, and its state is zero again
                state = tuple(part * torch.tensor([[0.0], [1.0]]) for part in state)

    def packed(model: Any) -> None:
        lengths = torch.tensor([3, 7, 5])
        model(pack_padded_sequence(values(3, 7, 2), lengths, True, enforce_sorted=False))

    def start(*sizes: int) -> tuple[torch.Tensor, ...]:
        return tuple(values(1, 2, size) for size in sizes)

    def seeded(model: Callable[[], Any], run: Callable[[Any], None]) -> Any:
        def make() -> tuple[Any, Callable[[Any], None]]:
            torch.manual_seed(1)
            return model(), run

        return make

    return {
        "lstm": seeded(lambda: nn.LSTM(3, 4), called(values(6, 2, 3))),
        "lstm_unbatched": seeded(lambda: nn.LSTM(3, 4), called(values(6, 3))),
        "lstm_projected": seeded(
            lambda: nn.LSTM(3, 4, proj_size=2), called(values(6, 2, 3), start(2, 4))
        ),
        "lstm_weight_norm": seeded(
            lambda: weight_norm(nn.LSTM(3, 4), "weight_hh_l0"), called(values(6, 1, 3))
        ),
        "lstm_chunks": seeded(lambda: nn.LSTM(3, 4, 2, batch_first=True), chunks),
        "gru_packed": seeded(lambda: nn.GRU(2, 3, 2, batch_first=True, bidirectional=True), packed),
        "gru_cell": seeded(lambda: nn.GRUCell(3, 4), called(values(2, 3), hx=values(2, 4))),
        "rnn_relu": seeded(
            lambda: nn.RNN(3, 4, nonlinearity="relu", bias=False), called(values(6, 2, 3))
        ),
        "rnn_double": seeded(lambda: nn.RNN(3, 4).double(), called(values(6, 2, 3).double())),
        "policy": seeded(Policy, rollout),
    }


def keras_runs() -> dict[str, Callable[[], tuple[Any, Callable[[Any], None]]]]:
    import keras
    from keras import layers

    def values(*shape: int) -> Any:
        return np.random.default_rng(sum(shape)).normal(size=shape).astype(np.float32)

    def model(
        *inner: Any, size: tuple[int | None, ...] = (None, 3), batch: int | None = None
    ) -> Any:
        return lambda: keras.Sequential(
            [keras.Input(size, batch_size=batch), *(one() for one in inner)]
        )

    def seeded(make_model: Callable[[], Any], run: Callable[[Any], None]) -> Any:
        def make() -> tuple[Any, Callable[[Any], None]]:
            keras.utils.clear_session()  # names are counted anew
            keras.utils.set_random_seed(1)
            return make_model(), run

        return make

    def chunks(model: Any) -> None:
        for part in np.split(values(2, 12, 3), [5, 9], axis=1):
            model(part)

    every = {"return_sequences": True}
    return {
        "lstm": seeded(model(lambda: layers.LSTM(4, **every)), lambda m: m(values(2, 6, 3))),
        "lstm_predict": seeded(
            model(lambda: layers.LSTM(4, activation="relu")),
            lambda m: m.predict(values(2, 6, 3), verbose=0),
        ),
        "lstm_stateful": seeded(
            model(lambda: layers.LSTM(4, stateful=True, **every), batch=2), chunks
        ),
        "gru_both_ways": seeded(
            model(lambda: layers.Bidirectional(layers.GRU(3, **every))),
            lambda m: m(values(2, 6, 3)),
        ),
        "gru_reset_before": seeded(
            model(lambda: layers.GRU(3, reset_after=False, **every)), lambda m: m(values(2, 6, 3))
        ),
        "rnn_masked": seeded(
            model(
                lambda: layers.Embedding(5, 3, mask_zero=True),
                lambda: layers.SimpleRNN(4, go_backwards=True, **every),
                size=(None,),
            ),
            lambda m: m(np.array([[1, 2, 3, 4, 1], [2, 3, 0, 0, 0]])),
        ),
        "rnn_of_cell": seeded(
            model(lambda: layers.RNN(layers.LSTMCell(4), return_sequences=True)),
            lambda m: m(values(2, 6, 3)),
        ),
        "wrapped": seeded(
            model(
                lambda: layers.TimeDistributed(layers.GRU(3)),
                lambda: layers.LSTM(4, **every),
                size=(4, 6, 2),
            ),
            lambda m: m(values(2, 4, 6, 2)),
        ),
    }


if __name__ == "__main__":
    framework = sys.argv[1]
    __import__(framework)
    for name, make in {"torch": torch_runs, "keras": keras_runs}[framework]().items():
        write(framework, name, make)
