"""Which recurrent module reads which: what names say for certain, and a question otherwise.

A file of tensors does not record how modules are wired. Modules whose names differ in a number
alone (`layers.0`, `layers.1`; `lstm1`, `lstm2`) follow each other by that number, 2 before 10,
wherever sizes fit and nothing with weights stands between. All others begin a chain of their
own: sizes alone say nothing. `Options.chain` settles it: "encoder → decoder" makes one chain,
"a → b, c → d" makes two, and "apart" leaves every module to itself.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable

from ...model import Layer
from ...model.findings import Assumption
from ...record import record
from ..door import Options
from ..errors import ModelFileError, shown
from .modules import split_name
from .scenery import Scenery
from .tensors import Tensor

ARROW, COMMA, APART = " → ", ", ", "apart"
MAX_CHOICES = 6  # orders that are offered beside the file's own
MAX_MIXED = 4  # modules of which every order is considered
NUMBER = re.compile(r"[._-]?(\d+)")
PARALLEL = re.compile(
    r"(^|[._])(branch(es)?|heads?|towers?|experts?|ensembles?|members?|models|folds?|streams?|"
    r"agents?|forward|backward|fwd|bwd)([._]|$)",
    re.IGNORECASE,
)


@record
class Module:
    """One recurrent module: its layers from the first one up, each with its place in the file."""

    name: str
    layers: tuple[Layer, ...]
    places: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the module is called in sentences."""
        return self.name or self.layers[0].name


@record
class Chains:
    """The chains of modules in a file, and what is to be said or asked about them."""

    chains: tuple[tuple[Module, ...], ...]
    assumptions: tuple[Assumption, ...]


def modules_of(placed: Iterable[tuple[Layer, str, str]]) -> list[Module]:
    """Gather layers into modules. Raises ModelFileError where a layer cannot read the one below."""
    modules = []
    for name, group in itertools.groupby(placed, key=lambda layer: layer[1]):
        layers = list(group)
        for (below, _, _), (above, _, _) in itertools.pairwise(layers):
            if below.output_size != above.input_size:
                raise ModelFileError(
                    f"{shown(below.name)} gives {below.output_size} numbers but "
                    f"{shown(above.name)} takes {above.input_size}: the file is inconsistent."
                )
        modules.append(
            Module(
                name=name,
                layers=tuple(layer for layer, _, _ in layers),
                places=tuple(place for _, _, place in layers),
            )
        )
    return modules


def chains_of(modules: list[Module], scenery: Scenery, options: Options) -> Chains:
    """Return the modules in chains, each reading the one before it.

    Raises ModelFileError for an `options.chain` whose modules are not in the file, or do not
    fit.
    """
    if len(modules) == 1 and options.chain is None:
        return Chains(chains=(tuple(modules),), assumptions=())
    certain = _certain_chains(in_reading_order(modules), scenery)
    chains = certain if options.chain is None else _asked_chains(options.chain, modules)
    return Chains(chains=tuple(chains), assumptions=_question(modules, certain, chains))


def _question(
    modules: list[Module], certain: list[tuple[Module, ...]], chains: list[tuple[Module, ...]]
) -> tuple[Assumption, ...]:
    reason = (
        "The file does not record which module reads which. Modules that are numbered are taken "
        "in the order of their numbers, with nothing between them; others begin on their own."
    )
    value, usual = _spelled(chains), _spelled(certain)
    choices = dict.fromkeys((usual, APART, *_other_orders(modules), value))
    if len(choices) == 1:
        return (Assumption(value=value, reason=reason),)
    return (Assumption(value=value, reason=reason, keyword="chain", choices=tuple(choices)),)


def _other_orders(modules: list[Module]) -> list[str]:
    """Return the orders in which all modules fit, if they are few."""
    if len(modules) > MAX_MIXED:
        return [ARROW.join(m.title for m in modules)] if _fits(modules) else []
    orders = (order for order in itertools.permutations(modules) if _fits(order))
    return [ARROW.join(m.title for m in order) for order in itertools.islice(orders, MAX_CHOICES)]


def _fits(order: Iterable[Module]) -> bool:
    return all(_can_read(below, above) for below, above in itertools.pairwise(order))


def _can_read(below: Module, above: Module) -> bool:
    return below.layers[-1].output_size == above.layers[0].input_size


def _spelled(chains: Iterable[tuple[Module, ...]]) -> str:
    longer = [ARROW.join(m.title for m in chain) for chain in chains if len(chain) > 1]
    return COMMA.join(longer) or APART


def _asked_chains(spelling: str, modules: list[Module]) -> list[tuple[Module, ...]]:
    """Return the chains that a spelling names; modules that it does not name stay apart."""
    by_title = {module.title: module for module in modules}
    asked = [] if spelling == APART else [part.split(ARROW) for part in spelling.split(COMMA)]
    titles = [title for chain in asked for title in chain]
    unknown = [title for title in titles if title not in by_title]
    if unknown or len(set(titles)) < len(titles):
        named = COMMA.join(shown(title) for title in list(by_title)[:10])
        raise ModelFileError(
            f"The chain {shown(spelling)} cannot be made: expected {shown(APART)}, or modules of "
            f"the file, each at most once, with {shown(ARROW)} between them: {named}."
        )
    chains = [tuple(by_title[title] for title in chain) for chain in asked]
    for below, above in itertools.chain.from_iterable(itertools.pairwise(c) for c in chains):
        if not _can_read(below, above):
            raise ModelFileError(
                f"{shown(below.title)} gives {below.layers[-1].output_size} numbers but "
                f"{shown(above.title)} takes {above.layers[0].input_size}: they make no chain."
            )
    return chains + [(module,) for module in modules if module.title not in titles]


# --- what names say ---------------------------------------------------------------------------


def numbers_in(name: str) -> tuple[int, ...]:
    """Return the numbers in a name, so that names sort by them: 2 before 10."""
    return tuple(int(number) for number in NUMBER.findall(name))


def _stem(name: str) -> str:
    return NUMBER.sub("", name)


def in_reading_order(modules: list[Module]) -> list[Module]:
    """Return the modules with numbers in their order, and encoders before decoders."""
    stems = list(dict.fromkeys(_stem(module.name) for module in modules))
    if any("enc" in stem.lower() for stem in stems):
        stems.sort(key=lambda stem: "dec" in stem.lower() and "enc" not in stem.lower())
    return sorted(modules, key=lambda m: (stems.index(_stem(m.name)), numbers_in(m.name)))


def _certain_chains(modules: list[Module], scenery: Scenery) -> list[tuple[Module, ...]]:
    """Return chains of modules whose names differ in a number alone, and fit."""
    between = _between(scenery)
    chains: list[list[Module]] = []
    for module in modules:
        below = chains[-1][-1] if chains else None
        if below is not None and _follows(below, module) and not between(below, module):
            chains[-1].append(module)
        else:
            chains.append([module])
    return [tuple(chain) for chain in chains]


def _follows(below: Module, above: Module) -> bool:
    """Whether names say that one module reads another, and sizes allow it."""
    alike = _stem(below.name) == _stem(above.name) and not PARALLEL.search(_stem(above.name) + ".")
    one, other = numbers_in(below.name), numbers_in(above.name)
    differing = sum(a != b for a, b in itertools.zip_longest(one, other))
    return alike and one < other and differing == 1 and _can_read(below, above)


def _between(scenery: Scenery) -> Callable[[Module, Module], bool]:
    """Return the test whether something with weights may stand between two modules.

    Where the file lists tensors as modules were made, that is what lies between the two, and what
    stands at the same place of another list and fits. In alphabetical order it is what their
    numbers enclose, and whatever could read the one and be read by the other.
    """
    names = list(scenery.places)
    places: dict[str, list[int]] = {}
    for name, k in scenery.places.items():
        if recurrent := split_name(name):
            places.setdefault(recurrent[0], []).append(k)

    def lie_between(below: Module, above: Module) -> bool:
        end, start = max(places[below.name]), min(places[above.name])
        sizes = (above.layers[0].input_size, below.layers[-1].output_size)
        maps = [n for n, t in scenery.tensors.items() if _maps(n, t, sizes)]
        if scenery.listed and end < start:
            listed = names[end + 1 : start]
            return any(_counted_alike(n, below.name) for n in maps) or any(
                n not in scenery.tensors or scenery.tensors[n].shape for n in listed
            )
        enclosed = _enclosed_by(below.name, above.name)
        return bool(maps) or any(enclosed(n) for n in scenery.tensors)

    return lie_between


def _counted_alike(name: str, module: str) -> bool:
    """Whether a weight stands at the same place of another list: `norms.0` beside `rnns.0`."""
    mine, theirs = ([word for word in n.split(".") if word.isdigit()] for n in (name, module))
    return bool(mine) and mine == theirs


def _maps(name: str, tensor: Tensor, sizes: tuple[int, int]) -> bool:
    """Whether a weight takes what one module gives, and gives what another takes."""
    return name.endswith("weight") and tensor.shape in (sizes, sizes[1:])


def _enclosed_by(below: str, above: str) -> Callable[[str], bool]:
    """Return the test whether a name's number lies at or between those of two modules."""
    shared = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(below, above, strict=False))
    prefix = "".join(letter for letter, _ in shared).rstrip("0123456789")
    numbered = re.compile(re.escape(prefix) + r"(\d+)[._]")
    ends = [int(m[1]) for name in (below, above) if (m := numbered.match(f"{name}."))]

    def enclosed(name: str) -> bool:
        match = numbered.match(name)
        return match is not None and len(ends) == 2 and ends[0] <= int(match[1]) < ends[1]

    return enclosed
