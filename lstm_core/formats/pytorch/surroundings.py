"""What stands around recurrent layers: embeddings below, readouts above, alphabets beside.

PyTorch's files name tensors and nothing else. What names and the order of the file say for
certain is taken, and what is ambiguous is left out and said: a wrong readout would show numbers
that no network computed. An embedding has the name of one; a readout stands behind the layers,
alone, and never across another layer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ...model import Dense, Readout, Stage
from ...model.encoders import EmbeddingEncoder, Encoder, OneHotEncoder
from ...model.findings import Assumption
from ...record import Array, record
from ..answers import CAPTURE, answer_of
from ..errors import ModelFileError, shown
from .gaps import gap_before
from .own_parameters import own_parameters
from .scenery import Chain, Scenery, affinity_to, is_front, is_head, is_linear, is_matrix, own_name
from .stages import is_sequential, sequence_of
from .tensors import Tensor

Alphabets = Mapping[int, tuple[str, ...]]


@record
class Surrounding:
    """What was found around one chain, and what is to be said about it."""

    encoder: Encoder | None
    readout: Readout | None
    back: tuple[Stage, ...]  # between the last layer and the readout
    used: tuple[str, ...]  # names of the tensors
    assumptions: tuple[Assumption, ...]
    notes: tuple[str, ...]


def surrounding(
    chain: Chain, others: list[Chain], scenery: Scenery, alphabets: Alphabets
) -> Surrounding:
    """Return encoder and readout of one chain of a file; `others` are its other chains.

    `alphabets` are the vocabularies that the file holds, by their size. Raises ModelFileError
    for numbers that are not finite.
    """
    encoder, embedding, notes = _encoder(chain, others, scenery, alphabets)
    notes += gap_before(chain.module, _owner(embedding), scenery)
    if encoder is None:
        notes += _front_notes(chain, others, scenery)
    back, readout, read, more = _answer(chain, others, scenery, encoder, embedding)
    assumptions = []
    if readout is not None:
        assumptions.append(
            Assumption(
                value=f"{read[0]}, {readout.activation}",
                reason="A file of tensors does not record which layer reads which, nor what "
                "follows the last linear one; this one stands behind the layers by name and size.",
            )
        )
        more += _decoded(read[0], scenery)
        if not _is_run(_owner(read), scenery):
            more += gap_before(_owner(read), chain.last, scenery)
    return Surrounding(
        encoder=encoder,
        readout=readout,
        back=back,
        used=(*embedding, *read),
        assumptions=tuple(assumptions),
        notes=(*notes, *more),
    )


def _owner(names: tuple[str, ...]) -> str:
    """Return the module that owns the first of some tensors."""
    return names[0].rpartition(".")[0] if names else ""


def _is_run(module: str, scenery: Scenery) -> bool:
    """Whether a module stands in a Sequential whose modules the file names, each run here."""
    outer = scenery.modules.get(module.rpartition(".")[0])
    return outer is not None and is_sequential(outer)


# --- below ------------------------------------------------------------------------------------


def _encoder(
    chain: Chain, others: list[Chain], scenery: Scenery, alphabets: Alphabets
) -> tuple[EmbeddingEncoder | OneHotEncoder | None, tuple[str, ...], list[str]]:
    embeddings = _embeddings(chain, others, scenery)
    if len(embeddings) > 1:
        names = ", ".join(shown(name) for name in embeddings)
        note = f"More than one embedding fits below {shown(chain.layers[0].name)}: {names}."
        return None, (), [note]
    if not embeddings:
        width = chain.input_size
        if width not in alphabets or others:
            return None, (), []
        note = f"An alphabet of {width} symbols beside the tensors fits the inputs, one each."
        return OneHotEncoder(alphabet=alphabets[width]), (), [note]
    (name,) = embeddings
    between = _before(chain, name, scenery)
    if between:
        note = (
            f"{shown(between[0])} may stand between the embedding {shown(name)} and "
            f"{shown(chain.layers[0].name)}: the layer reads numbers here, not symbols."
        )
        return None, (), [note]
    encoder, source = _embedding_encoder(name, scenery.tensors[name], alphabets)
    note = f"The embedding {shown(name)} of {len(encoder.alphabet)} symbols stands below "
    note += f"{shown(chain.layers[0].name)}. {source}"
    return encoder, (name,), [note]


def _embeddings(chain: Chain, others: list[Chain], scenery: Scenery) -> list[str]:
    """Return the embeddings (V, D) that fit below a chain and belong to it by name."""
    return [
        name
        for name, tensor in scenery.tensors.items()
        if scenery.is_embedding(name)
        and tensor.shape[1] == chain.input_size
        and _belongs(name, chain, others)
    ]


def _belongs(name: str, chain: Chain, others: list[Chain]) -> bool:
    """Whether a name is nearer to a chain than to any other; true where there is no other."""
    near = affinity_to(chain.module, name)
    return all(near > affinity_to(other.module, name) for other in others)


def _before(chain: Chain, embedding: str, scenery: Scenery) -> list[str]:
    """Return what may stand between an embedding and the layer that reads numbers of its size."""
    start, width = scenery.places[embedding], chain.input_size
    if scenery.listed and start < chain.start:
        return [n for n in scenery.weights if start < scenery.places[n] < chain.start]
    return [
        name
        for name in scenery.weights
        if name.endswith("weight")
        and scenery.tensors[name].shape in ((width, width), (width,))
        and not is_head(name)
    ]


def _embedding_encoder(
    name: str, tensor: Tensor, alphabets: Alphabets
) -> tuple[EmbeddingEncoder, str]:
    """Return the encoder, and a sentence that says where its symbols come from."""
    matrix = tensor.load()
    if not np.isfinite(matrix).all():
        raise ModelFileError(f"The embedding {shown(name)} holds numbers that are not finite.")
    count = len(matrix)
    if count in alphabets:
        alphabet, source = alphabets[count], "The file's own vocabulary names its rows."
    else:
        alphabet = tuple(str(k) for k in range(count))
        source = "The file has no vocabulary: its rows are called by their number, from 0."
    return EmbeddingEncoder(alphabet=alphabet, embedding=matrix), source


def _front_notes(chain: Chain, others: list[Chain], scenery: Scenery) -> list[str]:
    """Say which modules before a chain are not run, so that nobody takes its inputs for theirs."""
    own = own_parameters(scenery.tensors, chain.module)  # listed first wherever they act
    listed = [name for name in scenery.before(chain) if name not in own]
    before = [name for name in listed if _belongs(name, chain, others)]
    modules = list(dict.fromkeys(name.rpartition(".")[0] or name for name in before))
    if not modules:
        return []
    more = f" and {len(modules) - 3} more" if len(modules) > 3 else ""
    named = ", ".join(shown(module) for module in modules[:3]) + more
    title = shown(chain.layers[0].name)
    return [
        f"Before {title} the file lists {named}: not run here, where {title} reads its inputs. A "
        "capture in your own process records what it reads."
    ]


# --- above ------------------------------------------------------------------------------------


def _answer(
    chain: Chain,
    others: list[Chain],
    scenery: Scenery,
    encoder: Encoder | None,
    embedding: tuple[str, ...],
) -> tuple[tuple[Stage, ...], Readout | None, tuple[str, ...], list[str]]:
    """Return what reads a chain's last layer, if it stands there alone: stages and a readout."""
    behind = {
        name: scenery.tensors[name]
        for name in scenery.behind(chain)
        if name not in embedding
        and _belongs(name, chain, others)
        and not _is_read_by_a_decoder(chain, others)
    }
    sequential = _sequential(behind, scenery)
    if sequential:
        return _sequence(sequential, chain, scenery, behind, encoder)
    fitting = [name for name in behind if _fits(name, behind[name], chain)]
    if not fitting:
        return (), None, (), _unread(chain, scenery, behind)
    doubt = _doubt(chain, scenery, behind, fitting) or _owned(chain, scenery)
    if doubt:
        return (), None, (), [f"{doubt} {CAPTURE}"]
    return (), *_linear(behind, fitting[0], chain, () if encoder is None else encoder.alphabet), []


def _decoded(name: str, scenery: Scenery) -> list[str]:
    """Say that a conditional random field stands behind the readout."""
    if not scenery.crf:
        return []
    return [
        f"{shown(scenery.crf[0])} belongs to a CRF, which chooses the tags of a whole sequence "
        f"from the scores that {shown(name)} gives: here those scores are shown. {CAPTURE}"
    ]


def _unread(chain: Chain, scenery: Scenery, behind: Mapping[str, Tensor]) -> list[str]:
    """Say what stands behind a chain and does not read its outputs alone, in a file that lists."""
    modules = list(dict.fromkeys(name.rpartition(".")[0] or name for name in behind))
    if not scenery.listed or not modules:
        return []
    more = f" and {len(modules) - 3} more" if len(modules) > 3 else ""
    named = ", ".join(shown(module) for module in modules[:3]) + more
    return [
        f"Behind {shown(chain.layers[-1].name)} the file lists {named}, which does not fit on top "
        f"of it alone. No predictions are shown. {CAPTURE}"
    ]


def _owned(chain: Chain, scenery: Scenery) -> str:
    """Say that a parameter of the module itself may stand between a chain and its readout."""
    own = [
        name
        for name in own_parameters(scenery.tensors, chain.module)
        if chain.output_size in scenery.tensors[name].shape and name not in scenery.crf
    ]
    if not own:
        return ""
    return (
        f"{shown(own[0])} is a parameter of the module that {shown(chain.layers[-1].name)} stands "
        "in, of the size of its outputs, and what it does is in code that the file does not hold. "
        "No predictions are shown."
    )


def _sequential(behind: Mapping[str, Tensor], scenery: Scenery) -> str:
    """Return the one Sequential that owns all that stands behind a chain; "" without one."""
    for path, module in scenery.modules.items():
        if behind and is_sequential(module) and all(n.startswith(f"{path}.") for n in behind):
            return path
    return ""


def _sequence(
    path: str,
    chain: Chain,
    scenery: Scenery,
    behind: Mapping[str, Tensor],
    encoder: Encoder | None,
) -> tuple[tuple[Stage, ...], Readout | None, tuple[str, ...], list[str]]:
    """The stages of a Sequential and the readout that answers with what they give."""
    described = sequence_of(path, scenery.modules, scenery.tensors, chain.output_size)
    if described.unknown or not any(isinstance(stage, Dense) for stage in described.stages):
        where = f"{shown(path)} stands behind {shown(chain.layers[-1].name)}"
        why = f", and {shown(described.unknown)} in it is not run here" if described.unknown else ""
        return (), None, (), [f"{where}{why}. No predictions are shown. {CAPTURE}"]
    back, readout = answer_of(described.stages, described.softmax)
    symbols = () if encoder is None else encoder.alphabet
    labels = tuple(f"y{k}" for k in range(len(readout.labels)))
    readout = replace(readout, labels=labels)
    if len(symbols) == len(labels) and readout.activation == "linear":
        readout = replace(readout, labels=symbols, activation="softmax")
    note = f"The modules of {shown(path)} are run behind {shown(chain.layers[-1].name)}, too."
    owned = tuple(name for name in scenery.tensors if name.startswith(f"{path}."))
    return back, readout, owned, [note] if back else []


def _doubt(chain: Chain, scenery: Scenery, behind: Mapping[str, Tensor], fitting: list[str]) -> str:
    """Say why none of the layers that fit on top of a chain is taken; "" where one is certain."""
    title, (name, *_) = shown(chain.layers[-1].name), fitting
    sizes = (behind[name].shape[0], chain.output_size)
    norms = [n for n, t in behind.items() if n.endswith("weight") and t.shape == sizes[1:]]
    if len(fitting) > 1 or norms:
        names = ", ".join(shown(name) for name in (*fitting, *norms)[:4])
        return f"More than one layer fits on top of {title}: {names}; none is used."
    beside = [n for n in behind if not n.startswith(name.removesuffix("weight"))]
    above = [n for n in beside if is_matrix(behind[n]) and behind[n].shape[1] == sizes[0]]
    if above:
        where = f"{shown(name)} reads {title}, but {shown(above[0])} stands above it."
    elif beside:
        where = f"{shown(name)} fits on top of {title}, but {shown(beside[0])} stands beside it."
    elif not _reads(name, chain, scenery):
        where = (
            f"{shown(name)} fits on top of {title} by its size, but nothing says that it stands "
            "there and not before it."
        )
    else:
        return ""
    return f"{where} No predictions are shown."


def _is_read_by_a_decoder(chain: Chain, others: list[Chain]) -> bool:
    """Whether a chain is an encoder beside a decoder: what stands behind it is no readout."""
    decoders = [other for other in others if re.search(r"dec(oder)?([._]|$)", other.module)]
    return bool(decoders) and re.search(r"(^|[._])enc(oder)?([._]|$)", chain.module) is not None


def _fits(name: str, tensor: Tensor, chain: Chain) -> bool:
    return name.endswith("weight") and is_matrix(tensor) and tensor.shape[1] == chain.output_size


def _reads(name: str, chain: Chain, scenery: Scenery) -> bool:
    """Whether a layer that fits on top of a chain reads it, for all that the file says.

    Where the file's order says nothing the name must: `head` does; `fc` does where it cannot
    stand below, because its outputs are not what the chain takes.
    """
    own = own_name(chain.module, name)
    if is_front(own) or scenery.kind(name) not in ("", "Linear"):
        return False
    below = scenery.tensors[name].shape[0] == chain.input_size
    return scenery.listed or is_head(own) or (is_linear(own) and not below)


def _linear(
    tensors: Mapping[str, Tensor], name: str, chain: Chain, symbols: tuple[str, ...]
) -> tuple[Readout, tuple[str, ...]]:
    module = name.removesuffix("weight")
    kernel: Array = tensors[name].load(transposed=True)
    used: tuple[str, ...] = (name,)
    bias: Array = np.zeros(kernel.shape[1], chain.layers[-1].forward.dtype)
    if f"{module}bias" in tensors and tensors[f"{module}bias"].shape == bias.shape:
        used, bias = (name, f"{module}bias"), tensors[f"{module}bias"].load()
    if not (np.isfinite(kernel).all() and np.isfinite(bias).all()):
        raise ModelFileError("The readout holds numbers that are not finite.")
    predicts_symbols = len(symbols) == len(bias)
    readout = Readout(
        kernel=kernel,
        bias=bias,
        activation="softmax" if predicts_symbols else "linear",
        labels=symbols if predicts_symbols else tuple(f"y{k}" for k in range(len(bias))),
    )
    return readout, used
