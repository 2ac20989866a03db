"""From named tensors to a model: its layers, which reads which, and what stands around them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...model import Layer, Model
from ...model.findings import Assumption, Findings
from ...record import record
from ..door import Options
from ..errors import ModelFileError, shown
from ..reading_over_time import with_reading
from ..residual_sums import Block, with_residual_sums
from ..source import Source
from .aliases import without_aliases
from .called_backwards import called_backwards
from .chains import Module, chains_of, modules_of
from .contents import without_layers
from .gaps import gap_before
from .module_trees import ModuleRecord
from .modules import is_recurrent, read_layers, split_name
from .own_cells import extra_tensors, not_plain
from .quantised import QuantisedTensor, RoundedTensor
from .scenery import Chain, Scenery
from .start_states import started
from .surroundings import Surrounding, surrounding
from .tensors import Tensor
from .weights import plain_weights

SILENT = "A file of tensors does not record"
MAX_NAMED = 200  # how many ignored tensors are named
PlacedLayers = list[tuple[Layer, str, str]]  # layer, module, place


@record
class Context:
    """What a file says beside its tensors.

    `place` leads every place in the findings; `beside` names what else the file holds.
    """

    alphabets: Mapping[int, tuple[str, ...]]
    modules: Mapping[str, ModuleRecord]  # by path
    place: str = ""
    beside: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


NOTHING = Context(alphabets={}, modules={})


def model_of_tensors(
    tensors: Mapping[str, Tensor],
    title: str,
    source: Source,
    options: Options,
    context: Context = NOTHING,
) -> Model:
    """Return the recurrent layers among tensors with PyTorch's names, and what stands around.

    Raises ModelFileError where there are no recurrent layers, or broken ones, or none that is
    plain.
    """
    plain = plain_weights(tensors)
    weights, notes = _plain_recurrent(plain, title)
    _check_size(weights, source)
    placed = read_layers(weights, options, _recorded_nonlinearities(context))
    notes += _check_records(placed, context)
    around = {name: tensor for name, tensor in plain.items() if not is_recurrent(name)}
    start = started(modules_of(placed), around, options)
    around = {name: tensor for name, tensor in around.items() if name not in start.used}
    names = list(plain)
    scenery = Scenery(
        tensors=around,
        places={name: k for k, name in enumerate(names)},
        listed=names != sorted(names),
        modules=context.modules,
    )
    chains = chains_of([*start.modules], scenery, options)
    surroundings = _surroundings(chains.chains, scenery, context)
    layers = _linked(chains.chains)
    used = {name for one in surroundings for name in one.used}
    ignored = [f"{name} {tensor.shape}" for name, tensor in around.items() if name not in used]
    model = Model(
        layers=tuple(layers),
        **_ends(chains.chains, surroundings),
        findings=Findings(
            format=title,
            places=tuple(context.place + p for c in chains.chains for m in c for p in m.places),
            assumptions=(
                *_nonlinearity(placed, context, options),
                *chains.assumptions,
                *start.assumptions,
                *_inexact(weights | {name: around[name] for name in used}),
                *(assumption for one in surroundings for assumption in one.assumptions),
            ),
            ignored=(*_shortened(ignored), *context.beside),
            notes=(
                *context.notes,
                *notes,
                *_settled(layers, options),
                *called_backwards(layers),
                *start.notes,
                *_gaps(chains.chains, scenery),
                *(note for one in surroundings for note in one.notes),
            ),
            inexact=bool(_inexact(weights)),
            parts=context.parts,
        ),
    )
    summed = with_residual_sums(model, _blocks(chains.chains), options.residual, SILENT)
    return with_reading(summed, options.reads, SILENT)


def _blocks(chains: Sequence[Sequence[Module]]) -> list[Block]:
    """The modules as blocks of the model's layers, which stand in the order of `_linked`."""
    blocks: list[Block] = []
    for module in itertools.chain.from_iterable(chains):
        first = blocks[-1].last + 1 if blocks else 0
        blocks.append(Block(name=module.title, first=first, last=first + len(module.layers) - 1))
    return blocks


def _gaps(chains: Sequence[Sequence[Module]], scenery: Scenery) -> Iterator[str]:
    """Say what may stand between the modules of a chain that are numbered with gaps."""
    for below, above in itertools.chain.from_iterable(map(itertools.pairwise, chains)):
        yield from gap_before(above.name, below.name, scenery)


def _plain_recurrent(
    plain: Mapping[str, Tensor], title: str
) -> tuple[dict[str, Tensor], list[str]]:
    """Return the recurrent tensors of plain modules, each once, and what was left out."""
    weights = {name: tensor for name, tensor in plain.items() if is_recurrent(name)}
    if not weights:
        raise ModelFileError(without_layers(dict(plain), title))
    weights, notes = without_aliases(weights)
    kept, reasons = dict(weights), []
    present = {n: t for n, t in plain.items() if n in weights or not is_recurrent(n)}
    for module, extras in extra_tensors(present).items():
        reasons.append(not_plain(module, extras))
        kept = {name: tensor for name, tensor in kept.items() if _module(name) != module}
    if not kept:
        raise ModelFileError(reasons[0])
    return kept, notes + reasons


def _module(name: str) -> str | None:
    recurrent = split_name(name)
    return recurrent[0] if recurrent else None


def _linked(chains: Sequence[Sequence[Module]]) -> list[Layer]:
    """Return the layers of all chains; the first of each but the first chain follows none."""
    return [
        replace(layer, follows=False) if j > 0 and module is chain[0] and k == 0 else layer
        for j, chain in enumerate(chains)
        for module in chain
        for k, layer in enumerate(module.layers)
    ]


def _surroundings(
    chains: Sequence[Sequence[Module]], scenery: Scenery, context: Context
) -> list[Surrounding]:
    """Return what stands around each chain."""
    places: dict[str, list[int]] = {}
    for name, k in scenery.places.items():
        module = _module(name)
        if module is not None:
            places.setdefault(module, []).append(k)
    ends = [
        Chain(
            module=chain[0].name,
            last=chain[-1].name,
            layers=tuple(layer for module in chain for layer in module.layers),
            start=min(min(places[module.name]) for module in chain),
            stop=max(max(places[module.name]) for module in chain),
        )
        for chain in chains
    ]
    return [
        surrounding(
            chain, [other for other in ends if other is not chain], scenery, context.alphabets
        )
        for chain in ends
    ]


def _ends(
    chains: Sequence[Sequence[Module]], surroundings: Sequence[Surrounding]
) -> dict[str, Any]:
    """Return the encoders and readouts of all chains as a model has them."""
    counts = [sum(len(module.layers) for module in chain) for chain in chains]
    starts = [sum(counts[:k]) for k in range(len(counts))]
    inner = list(zip(starts, counts, surroundings, strict=True))
    return {
        "encoder": surroundings[0].encoder,
        "readout": surroundings[-1].readout,
        "back": surroundings[-1].back,
        "chain_encoders": tuple((k, s.encoder) for k, _, s in inner[1:] if s.encoder),
        "chain_readouts": tuple(
            (k + n - 1, s.readout) for k, n, s in inner[:-1] if s.readout and not s.back
        ),
    }


# --- what the file records of modules ---------------------------------------------------------


def _recorded(module: str, context: Context) -> str | None:
    record = context.modules.get(module)
    return record.nonlinearity if record else None


def _recorded_nonlinearities(context: Context) -> dict[str, str]:
    recorded = ((path, _recorded(path, context)) for path in context.modules)
    return {path: nonlinearity for path, nonlinearity in recorded if nonlinearity}


def _check_records(placed: PlacedLayers, context: Context) -> list[str]:
    """Say what the file records of its modules; ModelFileError where its tensors differ."""
    notes = []
    for name in dict.fromkeys(module for _, module, _ in placed):
        record = context.modules.get(name)
        if record is None:
            continue
        layers = [layer for layer, module, _ in placed if module == name]
        if record.is_own:
            notes.append(
                f"{shown(name or 'the module')} is of the class {shown(record.class_name)}, whose "
                f"code is not read: it is computed as PyTorch's own {layers[0].kind.upper()}."
            )
        notes += _check_settings(name, record, layers)
    return notes


def _check_settings(name: str, record: ModuleRecord, layers: Sequence[Layer]) -> list[str]:
    """Compare what a module records with what its tensors are."""
    first = layers[0]
    projected = first.forward.output_size
    tensors = {
        "input_size": first.input_size,
        "hidden_size": first.hidden_size,
        "num_layers": len(layers),
        "bidirectional": first.bidirectional,
        "proj_size": projected if projected != first.hidden_size else 0,
    }
    recorded = {key: value for key, value in record.settings.items() if key in tensors}
    for key, value in recorded.items():
        if tensors[key] != value:
            raise ModelFileError(
                f"{shown(name or 'the module')} records {key} {shown(value)} but its tensors are "
                f"those of {key} {tensors[key]}: the file is inconsistent."
            )
    if not recorded:
        return []
    kept = ("num_layers", "bidirectional", "batch_first", "nonlinearity", "proj_size")
    settings = [f"{key}={record.settings[key]}" for key in kept if key in record.settings]
    return [
        f"{shown(name or 'the module')} records that it is {record.kind}({', '.join(settings)})."
    ]


def _inexact(weights: Mapping[str, Tensor]) -> list[Assumption]:
    """Say that quantised weights are not exact."""
    reasons = {
        QuantisedTensor: "The weights are quantised to 8 bits and were turned back into numbers. "
        "While it runs, PyTorch also rounds what each layer reads: its outputs differ a little.",
        RoundedTensor: "The weights were rounded to 16 bits when the model was quantised, and are "
        "read as they are: the model from before quantize_dynamic differs a little.",
    }
    values = {QuantisedTensor: "inexact", RoundedTensor: "rounded"}
    kinds = {type(tensor) for tensor in weights.values()}
    return [Assumption(value=values[k], reason=why) for k, why in reasons.items() if k in kinds]


def _check_size(weights: Mapping[str, Tensor], source: Source) -> None:
    """Refuse tensors that share so much that they would fill more memory than the file."""
    widths = {name: 8 if tensor.dtype == "float64" else 4 for name, tensor in weights.items()}
    size = sum(math.prod(tensor.shape) * widths[name] for name, tensor in weights.items())
    if size > source.allowance:
        raise ModelFileError(
            f"The recurrent weights claim {size} bytes from a file of {source.size}: refused."
        )


def _nonlinearity(
    placed: list[tuple[Layer, str, str]], context: Context, options: Options
) -> tuple[Assumption, ...]:
    open_ones = [m for layer, m, _ in placed if layer.kind == "rnn" and not _recorded(m, context)]
    if options.nonlinearity or options.activation or not open_ones:
        return ()
    return (
        Assumption(
            value="tanh",
            reason="A PyTorch file does not record whether an RNN uses tanh or relu.",
            keyword="nonlinearity",
            choices=("tanh", "relu"),
        ),
    )


def _settled(layers: Sequence[Layer], options: Options) -> Iterator[str]:
    """Say what the caller's settings did."""
    gates, squash = options.recurrent_activation, options.activation
    if gates not in (None, "sigmoid") and any(layer.kind != "rnn" for layer in layers):
        yield f"The gates are {gates}, as asked for; those of PyTorch's own modules are sigmoid."
    if squash not in (None, "tanh") and any(layer.kind != "rnn" for layer in layers):
        yield (
            f"Candidates and cell states pass through {squash}, as asked for; those of PyTorch's "
            "own modules through tanh."
        )
    if options.nonlinearity and not any(layer.kind == "rnn" for layer in layers):
        yield "There is no standard RNN in the file: nonlinearity is not used."


def _shortened(names: list[str]) -> list[str]:
    more = len(names) - MAX_NAMED
    return [*names[:MAX_NAMED], f"and {more} more tensors"] if more > 0 else names
