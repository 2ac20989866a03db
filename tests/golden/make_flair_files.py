"""Make flair/: files of the structure that flair writes, by plain torch.

pip install torch && python tests/golden/make_flair_files.py

flair itself is heavy; what it saves is a dict with a state dict, settings, and dictionaries of its
class `flair.data.Dictionary`, which a class of that name stands in for. `NAME.npz` holds what each
network answers: `x`, and `y` behind its last linear layer.
"""

from __future__ import annotations

import sys
import types
from pathlib import Path

import numpy as np
import torch
from torch import nn

FOLDER = Path(__file__).with_name("flair")
LETTERS = "abcdefgh .\n"
TAGS = ("<unk>", "O", "B-PER", "I-PER", "<START>", "<STOP>")


class Dictionary:
    """Words by number and numbers by word, as bytes."""

    def __init__(self, items: tuple[str, ...]):
        """Number the items."""
        self.idx2item = [item.encode() for item in items]
        self.item2idx = {item: k for k, item in enumerate(self.idx2item)}
        self.multi_label = False


def in_flair() -> None:
    """Let the class be pickled under flair's name."""
    for name in ("flair", "flair.data"):
        sys.modules[name] = types.ModuleType(name)
    sys.modules["flair.data"].Dictionary = Dictionary  # type: ignore[attr-defined]
    Dictionary.__module__, Dictionary.__qualname__ = "flair.data", "Dictionary"


class LanguageModel(nn.Module):
    """Letters in, the next letter's scores out."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Embedding(len(LETTERS), 4)
        self.rnn = nn.LSTM(4, 6)
        self.decoder = nn.Linear(6, len(LETTERS))

    def forward(self, letters: torch.Tensor) -> torch.Tensor:
        scores: torch.Tensor = self.decoder(self.rnn(self.encoder(letters))[0])
        return scores


class CRF(nn.Module):
    """What a score is worth from tag to tag."""

    def __init__(self) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.randn(len(TAGS), len(TAGS)))


class SequenceTagger(nn.Module):
    """Vectors of words in, a score for each tag out, and a CRF behind."""

    def __init__(self, newer: bool) -> None:
        super().__init__()
        self.embedding2nn = nn.Linear(3, 3)
        self.rnn = nn.LSTM(3, 5, bidirectional=True, batch_first=True)
        self.linear = nn.Linear(10, len(TAGS))
        if newer:
            self.crf = CRF()
        else:
            self.transitions = nn.Parameter(torch.randn(len(TAGS), len(TAGS)))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        scores: torch.Tensor = self.linear(self.rnn(x[None])[0])[0]
        return scores


def language_models() -> None:
    """Write one that reads from the start and one that was trained on reversed text."""
    for name, forward in (("language_model", True), ("language_model_backward", False)):
        model = LanguageModel()
        x = torch.randint(len(LETTERS), (9,))
        sizes = {"hidden_size": 6, "nlayers": 1, "embedding_size": 4, "nout": None}
        settings = {"is_forward_lm": forward, "document_delimiter": "\n", "dropout": 0.1}
        state = {"state_dict": model.state_dict(), "dictionary": Dictionary(tuple(LETTERS))}
        torch.save({**state, **sizes, **settings}, FOLDER / f"{name}.pt")
        np.savez(FOLDER / f"{name}.npz", x=x.numpy(), y=model(x).detach().numpy())


def taggers() -> None:
    """Write one of before and one of after flair 0.11, which moved the transitions."""
    for name, newer in (("tagger", False), ("tagger_crf", True)):
        model, x = SequenceTagger(newer), torch.randn(7, 3)
        settings = {"hidden_size": 5, "rnn_layers": 1, "use_crf": True, "tag_type": "ner"}
        state = {"state_dict": model.state_dict(), "tag_dictionary": Dictionary(TAGS)}
        torch.save({**state, **settings, "weight_dict": None}, FOLDER / f"{name}.pt")
        np.savez(FOLDER / f"{name}.npz", x=x.numpy(), y=model(x).detach().numpy())


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    torch.manual_seed(20261129)
    in_flair()
    language_models()
    taggers()
