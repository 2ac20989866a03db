"""What a file names beside its recurrent tensors, and what names and order say about it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

from ...model import Layer
from ...record import record
from .module_trees import ModuleRecord
from .tensors import FLOATS, Tensor

EMBEDDING = re.compile(r"(^|[._/])(\w*emb\w*|wte|lookup\w*|word_vectors)([._/]|$)", re.IGNORECASE)
MEASURE = re.compile(r"(^|[._])(loss\w*|criterion\w*|metrics?)[._]", re.IGNORECASE)
CRF = re.compile(
    r"(^|[._])(crf\w*[._]|((start|end)_)?transitions?$|(start|end)_trans$|trans_matrix$)",
    re.IGNORECASE,
)
"""Names of what a conditional random field scores tags by, behind the readout."""
FRONT = {"in", "inp", "input", "inputs", "pre", "prenet", "stem", "context", "encoder", "enc"}
HEADS = {"out", "output", "outputs", "head", "heads", "classifier", "readout", "logits", "logit"}
HEADS |= {"decoder", "predictor", "prediction", "pred", "action", "value", "regressor"}
LINEARS = {"fc", "linear", "lin", "dense"}


@record
class Chain:
    """One chain of layers as the file names it."""

    module: str  # of its first layer
    last: str  # the module of its last one
    layers: tuple[Layer, ...]
    start: int  # the place of its first recurrent tensor in the file
    stop: int  # that of its last

    @property
    def input_size(self) -> int:
        """How many numbers it reads."""
        return self.layers[0].input_size

    @property
    def output_size(self) -> int:
        """How many numbers it gives."""
        return self.layers[-1].output_size


@record
class Scenery:
    """All that a file names beside its recurrent tensors, and in which order."""

    tensors: Mapping[str, Tensor]  # those that no recurrent layer uses
    places: Mapping[str, int]  # of all tensors, in the file
    listed: bool  # whether the file's order is that in which modules were made
    modules: Mapping[str, ModuleRecord]  # what the file says of modules, by path

    @property
    def weights(self) -> list[str]:
        """The tensors that may stand between layers: no embeddings, counters, losses."""
        return [
            name
            for name, tensor in self.tensors.items()
            if tensor.shape
            and tensor.dtype in FLOATS
            and not MEASURE.search(name)
            and not CRF.search(name)
            and not self.is_embedding(name)
        ]

    @property
    def crf(self) -> list[str]:
        """The tensors by which a conditional random field scores tags."""
        return [name for name in self.tensors if CRF.search(name)]

    def kind(self, name: str) -> str:
        """Return the class of the module that owns a tensor, "" where the file does not say."""
        record = self.modules.get(name.rpartition(".")[0])
        return record.kind if record else ""

    def is_embedding(self, name: str) -> bool:
        """Whether a tensor is an embedding, by its module's class or else by its name."""
        if (
            not is_matrix(self.tensors[name])
            or f"{name.removesuffix('weight')}bias" in self.tensors
        ):
            return False
        if self.kind(name):
            return self.kind(name).startswith("Embedding")
        return EMBEDDING.search(name) is not None or self._is_twin(name)

    def _is_twin(self, name: str) -> bool:
        """Whether an `encoder.weight` stands beside a `decoder.weight` of as many rows.

        So PyTorch's own example of a language model calls its embedding.
        """
        if not re.search(r"(^|\.)encoder\.weight$", name):
            return False
        twin = self.tensors.get(f"{name.removesuffix('encoder.weight')}decoder.weight")
        return twin is not None and twin.shape[:1] == self.tensors[name].shape[:1]

    def before(self, chain: Chain) -> list[str]:
        """Return the tensors that stand before a chain, as far as order and names say so."""
        if self.listed:
            return [name for name in self.weights if self.places[name] < chain.start]
        return [name for name in self.weights if is_front(own_name(chain.module, name))]

    def behind(self, chain: Chain) -> list[str]:
        """Return the tensors that may stand behind a chain.

        In alphabetical order those are all whose names do not say that they stand before it.
        Embeddings are among them where they could be read by the chain's outputs.
        """
        names = [*self.weights]
        for name, tensor in self.tensors.items():
            if self.is_embedding(name) and tensor.shape[1] == chain.output_size:
                names.append(name)
        if self.listed:
            return [name for name in names if self.places[name] > chain.stop]
        return [n for n in names if not is_front(own_name(chain.module, n))]


def own_name(module: str, name: str) -> str:
    """Return a tensor's name without the words that it shares with a module's."""
    return "_".join(re.split(r"[._]", name)[_shared_beginning(module, name) :])


def is_matrix(tensor: Tensor) -> bool:
    """Whether a tensor is a matrix of floating-point numbers that is not empty."""
    return len(tensor.shape) == 2 and all(tensor.shape) and tensor.dtype in FLOATS


def affinity_to(module: str, name: str) -> int:
    """Return how near a tensor's name is to a module's: words shared at the beginning, and at all.

    `encoder.embedding` is near to `encoder.lstm`, and `embedding_enc` to `lstm_enc`; `model.fc`
    is nearer to `model.lstm` than to `model_ema.lstm`.
    """
    mine, theirs = (set(re.split(r"[._]", text)) for text in (name, module))
    same = itertools.takewhile(
        lambda pair: pair[0] == pair[1], zip(name.split("."), module.split("."), strict=False)
    )
    return len(list(same)) + _shared_beginning(module, name) + len(mine & theirs)


def _shared_beginning(module: str, name: str) -> int:
    """Return how many leading words a tensor's name shares with a module's."""
    pairs = zip(re.split(r"[._]", name), re.split(r"[._]", module), strict=False)
    return len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], pairs)))


def _words(name: str) -> set[str]:
    """Return the words of a name in lower case, without the numbers at their ends."""
    return {word.rstrip("0123456789") for word in re.split(r"[._]", name.lower())}


def is_front(name: str) -> bool:
    """Whether a name says that a layer stands before the recurrent ones."""
    return bool(_words(name) & FRONT) and not is_head(name)


def is_head(name: str) -> bool:
    """Whether a name says that a layer stands behind the recurrent ones."""
    words = _words(name)
    return bool(words & HEADS) and not words & (FRONT - {"encoder", "enc"})


def is_linear(name: str) -> bool:
    """Whether a name says no more than that a layer is linear."""
    return bool(_words(name) & LINEARS)
