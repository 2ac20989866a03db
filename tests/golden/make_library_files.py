"""Make libraries/: files as libraries that hold LSTMs inside something larger write them.

pip install torch==2.13.0 onnxscript lightning darts pytorch-forecasting sb3-contrib skorch gluonts
pip install --no-deps fastai fastcore "fastprogress<1.1" fasttransform plum-dispatch \
    fastdownload beartype rich
python tests/golden/make_library_files.py [library ...]

Each is trained for a step or two, so that weights have moved and what training leaves is in the
file. `NAME.npz` holds, for each recurrent module by its name, its input x and its output y.
"""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

FOLDER = Path(__file__).with_name("libraries")
QUIET: dict[str, Any] = {
    "accelerator": "cpu",
    "enable_progress_bar": False,
    "logger": False,
    "enable_model_summary": False,
}
warnings.simplefilter("ignore")
logging.disable(logging.WARNING)


def numbers_of(module: nn.Module) -> dict[str, np.ndarray]:
    """What each LSTM, GRU and RNN of a module reads and answers, one sequence."""
    module.eval()
    numbers: dict[str, np.ndarray] = {}
    for name, inner in module.named_modules():
        if isinstance(inner, nn.RNNBase):
            x = torch.randn(5, inner.input_size)
            with torch.no_grad():
                y = inner(x)[0]
            numbers |= {f"{name}/x": x.numpy(), f"{name}/y": y.numpy()}
    return numbers


def keep(name: str, module: nn.Module) -> None:
    """Write the numbers of a module beside its file."""
    np.savez(FOLDER / f"{name}.npz", **numbers_of(module))


def series(length: int = 60) -> np.ndarray:
    """A sine, for the forecasters."""
    return np.sin(np.arange(length) / 3).astype(np.float32)


def lightning() -> None:
    """A module with an encoder, a head, hyper-parameters and a metric, after two steps."""
    import lightning as pl

    class Forecaster(pl.LightningModule):
        def __init__(self, units: int, loss: nn.Module) -> None:
            super().__init__()
            self.save_hyperparameters()
            self.encoder = nn.LSTM(2, units, num_layers=2, batch_first=True, dropout=0.1)
            self.head = nn.Linear(units, 1)
            self.loss = loss

        def training_step(self, batch: Any, _: int) -> torch.Tensor:
            x, y = batch
            return self.loss(self.head(self.encoder(x)[0]), y)

        def configure_optimizers(self) -> Any:
            optimizer = torch.optim.AdamW(self.parameters())
            return [optimizer], [torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 5)]

    model = Forecaster(5, nn.SmoothL1Loss())
    data = torch.utils.data.TensorDataset(torch.randn(8, 6, 2), torch.randn(8, 6, 1))
    trainer = pl.Trainer(max_steps=2, enable_checkpointing=False, **QUIET)
    trainer.fit(model, torch.utils.data.DataLoader(data, batch_size=4))
    trainer.save_checkpoint(FOLDER / "lightning.ckpt")
    keep("lightning", model)


def darts() -> None:
    """A forecaster of darts: the checkpoint beside its pickle."""
    from darts import TimeSeries
    from darts.models import BlockRNNModel

    model = BlockRNNModel(8, 2, model="LSTM", hidden_dim=5, n_rnn_layers=2, n_epochs=1,
                          pl_trainer_kwargs=QUIET)  # fmt: skip
    model.fit(TimeSeries.from_values(series()))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "darts.pt"
        model.save(str(path))
        shutil.copy(f"{path}.ckpt", FOLDER / "darts.ckpt")
    keep("darts", model.model.double().float())


def pytorch_forecasting() -> None:
    """A recurrent network of pytorch-forecasting, with its normalisers."""
    import lightning.pytorch as pl
    import pandas as pd
    from pytorch_forecasting import RecurrentNetwork, TimeSeriesDataSet

    frame = pd.DataFrame({"value": series(), "time": np.arange(60), "group": ["a"] * 60})
    data = TimeSeriesDataSet(
        frame, time_idx="time", target="value", group_ids=["group"], max_encoder_length=12,
        max_prediction_length=3, time_varying_unknown_reals=["value"],
    )  # fmt: skip
    model = RecurrentNetwork.from_dataset(data, cell_type="LSTM", hidden_size=5, rnn_layers=2)
    trainer = pl.Trainer(max_steps=2, enable_checkpointing=False, **QUIET)
    trainer.fit(model, data.to_dataloader(batch_size=8))
    trainer.save_checkpoint(FOLDER / "pytorch_forecasting.ckpt")
    keep("pytorch_forecasting", model)


def recurrent_ppo() -> None:
    """A policy of Stable-Baselines3 whose actor and critic have an LSTM each."""
    from sb3_contrib import RecurrentPPO

    policy = {"lstm_hidden_size": 6, "net_arch": [4]}
    model = RecurrentPPO("MlpLstmPolicy", "CartPole-v1", n_steps=16, batch_size=8,
                         n_epochs=1, policy_kwargs=policy)  # fmt: skip
    model.learn(16)
    model.save(FOLDER / "recurrent_ppo.zip", exclude=["_last_obs", "ep_info_buffer"])
    keep("recurrent_ppo", model.policy)


def fastai() -> None:
    """The language model of fastai: dropped weights beside the raw ones, tied embedding."""
    from fastai.text.models.awdlstm import AWD_LSTM
    from fastai.text.models.core import LinearDecoder, SequentialRNN

    encoder = AWD_LSTM(9, emb_sz=4, n_hid=6, n_layers=2, pad_token=1)
    model = SequentialRNN(encoder, LinearDecoder(9, 4, 0.1, tie_encoder=encoder.encoder))
    model.eval()
    model(torch.randint(9, (2, 5)))
    torch.save(
        {"model": model.state_dict(), "opt": {"state": [], "hypers": []}}, FOLDER / "fastai.pth"
    )
    numbers: dict[str, np.ndarray] = {}
    for k, drop in enumerate(encoder.rnns):
        x = torch.randn(1, 5, drop.module.input_size)
        with torch.no_grad():
            y = drop(x)[0]
        numbers |= {f"0.rnns.{k}/x": x[0].numpy(), f"0.rnns.{k}/y": y[0].numpy()}
    np.savez(FOLDER / "fastai.npz", **numbers)


def skorch() -> None:
    """The parameters of a classifier of skorch."""
    from skorch import NeuralNetClassifier

    class Classifier(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.rnn = nn.GRU(2, 5, batch_first=True, bidirectional=True)
            self.out = nn.Linear(10, 2)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.softmax(self.out(self.rnn(x)[0][:, -1]), -1)

    net = NeuralNetClassifier(Classifier, max_epochs=1, train_split=None, verbose=0)
    net.fit(np.random.randn(8, 6, 2).astype(np.float32), np.arange(8) % 2)
    net.save_params(f_params=FOLDER / "skorch.pt")
    keep("skorch", net.module_)


def gluonts() -> None:
    """The state dict of DeepAR as gluonts writes it into its folder."""
    from gluonts.torch.model.deepar.module import DeepARModel

    model = DeepARModel(
        freq="D", context_length=6, prediction_length=2, num_feat_dynamic_real=1,
        num_feat_static_real=1, num_feat_static_cat=1, cardinality=[1], hidden_size=5,
    )  # fmt: skip
    torch.save(model.state_dict(), FOLDER / "gluonts.pt")
    keep("gluonts", model)


def flair() -> None:
    """What flair writes of a sequence tagger: a dict, with the words of a dictionary in bytes."""

    class Tagger(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.embedding2nn = nn.Linear(3, 3)
            self.rnn = nn.LSTM(3, 5, bidirectional=True, batch_first=True)
            self.linear = nn.Linear(10, 4)

    model = Tagger()
    tags = {"idx2item": [b"O", b"PER", b"LOC", b"ORG"], "item2idx": {b"O": 0, b"PER": 1}}
    torch.save(
        {"state_dict": model.state_dict(), "tag_dictionary": tags, "hidden_size": 5,
         "rnn_layers": 1, "use_crf": False, "__cls__": "SequenceTagger", "weight_dict": None},
        FOLDER / "flair_like.pt",
    )  # fmt: skip
    keep("flair_like", model)


class Classifier(nn.Module):
    """One answer from the final state of the last of two layers, through two dense layers."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(2, 5, num_layers=2, batch_first=True)
        self.head = nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.softmax(self.head(self.lstm(x)[1][0][-1]), -1)


class Tagger(nn.Module):
    """Windows over time, both ways, and a norm behind: an answer at each timestep."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv1d(2, 4, 3, padding=1)
        self.gru = nn.GRU(4, 3, batch_first=True, bidirectional=True)
        self.norm, self.out = nn.LayerNorm(6), nn.Linear(6, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = torch.relu(self.conv(x.transpose(1, 2))).transpose(1, 2)
        return torch.sigmoid(self.out(nn.functional.silu(self.norm(self.gru(y)[0]))))


def exporters() -> None:
    """ONNX by both of PyTorch's exporters."""
    for build in (Classifier, Tagger):
        model, x = build().eval(), torch.randn(1, 6, 2)
        name = build.__name__.lower()
        with torch.no_grad():
            numbers = {"net/x": x[0].numpy(), "net/y": model(x)[0].numpy()}
        for dynamo in (True, False):
            path = FOLDER / f"{name}_{'dynamo' if dynamo else 'script'}.onnx"
            program = torch.onnx.export(
                model, (x,), None if dynamo else str(path), dynamo=dynamo, verbose=False
            )
            if dynamo:
                program.save(str(path), external_data=False)
            np.savez(path.with_suffix(".npz"), **numbers)


LIBRARIES: dict[str, Callable[[], None]] = {
    made.__name__: made
    for made in (
        *(lightning, darts, pytorch_forecasting, recurrent_ppo, fastai, skorch, gluonts, flair),
        exporters,
    )
}

if __name__ == "__main__":
    for chosen in sys.argv[1:] or LIBRARIES:
        torch.manual_seed(20261129)
        np.random.seed(0)
        LIBRARIES[chosen]()
