"""Which column feeds which input: by name, else by there being no other choice, else asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..arrays import shown
from ..files import UploadError
from . import names
from .notes import Notes, Undecided
from .shortages import enough, few
from .variables import Variable, Variables
from .wishes import Wish

MANY = 6  # inputs without a column of their name that are asked for all at once


def inputs_of(given: Variables, wish: Wish, notes: Notes) -> tuple[Variable, ...]:
    """Return the column that feeds each input, in the order of the inputs.

    Raises Undecided where the reader must choose, and UploadError where there are too few
    columns of numbers.
    """
    if wish.size is None:
        return _all_numbers(given, notes)
    matched = _by_name(given, wish)
    open_inputs = [name for name in wish.names if name not in matched]
    pool = enough(given, matched.values(), _pool(given, matched), open_inputs, notes)
    assigned = _without_choice(pool, open_inputs, wish)
    alone = wish.size == len(given.columns) == 1 and given.columns[0].kind != "empty"
    if assigned is None and alone and not (given.frame.headed and _named_so(given.columns[0])):
        assigned = {wish.names[0]: given.columns[0]}
        notes.remark("The numbers count or tell the time: they are read, being the only ones.")
    if assigned is not None and (doubts := _doubts(given, wish, assigned)):
        assigned = _confirmed(assigned, doubts, notes)
    if assigned is not None:
        _say(given, assigned, wish, notes)
        return _chosen(given, wish, {**matched, **assigned}, notes)
    return _asked(given, wish, matched, pool, notes)


def _all_numbers(given: Variables, notes: Notes) -> tuple[Variable, ...]:
    """All columns of numbers, for a network that nobody says anything about."""
    weak = {c.place for c in given.of("index", "time") if not c.sure and c.numbers}
    numbers = tuple(c for c in given.columns if c.kind == "number" or c.place in weak)
    if not numbers:
        raise UploadError(f"{shown(notes.name)} has no column of numbers beside times and indices.")
    return numbers


def _by_name(given: Variables, wish: Wish) -> dict[str, Variable]:
    """The columns that carry an input's name, where exactly one does."""
    by_name: dict[str, list[Variable]] = {}
    if given.frame.headed:
        for column in given.columns:
            by_name.setdefault(names.plain(column.name), []).append(column)
    named = {}
    for name in wish.names:
        same = by_name.get(names.plain(name), [])
        exact = [column for column in same if column.name == name]
        fitting = exact if len(exact) == 1 and not _has_twin(exact[0], same) else same
        if len(fitting) == 1:
            named[name] = fitting[0]
    if wish.anonymous and (len(named) < len(wish.names) or _count_on(given, named)):
        return {}  # x1 and x2 are the two inputs, even if we count these x0 and x1
    return named if len({c.place for c in named.values()}) == len(named) else {}


def _has_twin(column: Variable, same: list[Variable]) -> bool:
    """Whether another column has the very same name, now with a number, and other values."""
    twin = re.compile(re.escape(column.name) + r" \([0-9]+\)")
    return any(twin.fullmatch(c.name) and not c.texts.equals(column.texts) for c in same)


def _count_on(given: Variables, named: dict[str, Variable]) -> bool:
    """Whether further columns count on as the inputs do: x2 beside x0 and x1."""
    words = {count[0] for name in named if (count := names.count_of(name))}
    taken = {column.place for column in named.values()}
    others = [c for c in given.columns if c.place not in taken and c.numbers is not None]
    return any((count := names.count_of(c.name)) and count[0] in words for c in others)


def _pool(given: Variables, matched: dict[str, Variable]) -> list[Variable]:
    """The columns that may feed the other inputs: numbers, those that may be some, empty ones."""
    taken = {column.place for column in matched.values()}
    free = [column for column in given.columns if column.place not in taken]
    numbers = [c for c in free if c.kind == "number"]
    counting = {"time", "index", "label"}
    weak = [c for c in free if c.kind in counting and not c.sure and c.numbers]
    empty = [c for c in free if c.kind == "empty" and given.frame.headed]
    return numbers + weak + empty


def _named_so(column: Variable) -> bool:
    """Whether a column has the name of a time, an index or an id."""
    return any(says(column.name) for says in (names.says_time, names.says_index, names.says_id))


def _without_choice(
    pool: list[Variable], open_inputs: Sequence[str], wish: Wish
) -> dict[str, Variable] | None:
    """The columns of the open inputs, where nothing else is possible; None where there is."""
    if not open_inputs:
        return {}
    if len(open_inputs) != len(pool):
        return None
    if any(c.kind == "label" or (c.kind != "number" and c.sure) for c in pool):
        return None  # a label, an index, a time, or a column without a value may be wanted
    if len(open_inputs) == len(wish.names) and (wish.anonymous or wish.size == 1):
        ordered = sorted(pool, key=lambda column: column.place)
        return dict(zip(open_inputs, ordered, strict=True))
    return None


def _doubts(given: Variables, wish: Wish, assigned: dict[str, Variable]) -> list[str]:
    """Why columns may be something else than the inputs whose place they take, in clauses.

    A table of x, y and z has three coordinates.
    """
    columns = list(assigned.values())
    if not wish.anonymous or len(columns) < 2:
        return []
    coordinates = {"x", "y", "z"} <= {names.plain(column.name) for column in columns}
    doubts = []
    for column in columns:
        called = repr(shown(column.name))
        if names.says_answer(column.name) and not (coordinates and names.plain(column.name) == "y"):
            doubts.append(f"{called} may be what is to be predicted")
        elif column.kind != "number" and (not given.frame.headed or _named_so(column)):
            doubts.append(f"{called} may tell the time, or count")
    if _count_out_of_order(columns):
        doubts.append("their names count in another order")
    return doubts


def _count_out_of_order(columns: Sequence[Variable]) -> bool:
    """Whether the names of columns count, but not from left to right: x2, x1."""
    counts = [names.count_of(column.name) for column in columns]
    known = [count for count in counts if count is not None]
    words = {word for word, _ in known}
    return len(known) == len(counts) and len(words) == 1 and known != sorted(known)


def _confirmed(
    assigned: dict[str, Variable], doubts: list[str], notes: Notes
) -> dict[str, Variable] | None:
    """The columns of the inputs where the reader says so; None where they choose one by one."""
    in_order = f"In this order: {shown(few([column.name for column in assigned.values()]))}"
    taken = notes.choose(
        "columns",
        f"The network reads {len(assigned)} inputs without names, and {'; '.join(doubts[:3])}. "
        "Are these columns its inputs?",
        {in_order: True, "I choose one by one": False},
        in_order,
    )
    return assigned if taken else None


def _say(given: Variables, assigned: dict[str, Variable], wish: Wish, notes: Notes) -> None:
    if not given.frame.headed and len(given.columns) == 1:
        return
    if not given.frame.headed:
        _say_what_stands_beside(given, assigned, notes)
    if wish.anonymous and len(assigned) > 1:
        notes.remark(
            "The network's inputs have no names: the columns are read in the file's order, "
            f"{shown(few([column.name for column in assigned.values()]))}."
        )
        return
    for name, column in assigned.items():
        if names.plain(name) != names.plain(column.name) and not wish.anonymous:
            notes.remark(f"{shown(column.name)!r} is read as {shown(name)!r}.")


def _say_what_stands_beside(given: Variables, assigned: dict[str, Variable], notes: Notes) -> None:
    """Name the texts at the right of numbers without a heading, which may be their units."""
    beside = {column.place + 1 for column in assigned.values()}
    for column in given.of("label", "text"):
        if column.place in beside:
            held = dict.fromkeys(column.texts.slice(0, 1000).to_pylist())
            texts = ", ".join(shown(text) for text in list(held)[:3]) + " …" * (len(held) > 3)
            notes.remark(f"{shown(column.name)!r} beside the numbers holds {texts}: not read.")


def _chosen(
    given: Variables, wish: Wish, assigned: dict[str, Variable], notes: Notes
) -> tuple[Variable, ...]:
    """The assigned columns, each of which the reader can correct."""
    options = _options(given) | {column.name: column for column in assigned.values()}
    return tuple(
        notes.choose(
            f"input:{name}",
            _correction(name),
            options,
            assigned[name].name,
            ask=False,
        )
        or assigned[name]
        for name in wish.names
    )


def _options(given: Variables) -> dict[str, Variable]:
    return {c.name: c for c in given.columns if c.numbers is not None}


def _asked(
    given: Variables,
    wish: Wish,
    matched: dict[str, Variable],
    pool: list[Variable],
    notes: Notes,
) -> tuple[Variable, ...]:
    """The columns that the reader chose; raises Undecided while a choice is open."""
    open_inputs = [name for name in wish.names if name not in matched]
    nameless = not given.frame.headed and len(pool) == wish.size
    if (nameless or len(open_inputs) > MANY) and _in_file_order(pool, open_inputs, nameless, notes):
        ordered = sorted(pool, key=lambda column: column.place)
        matched = {**matched, **dict(zip(open_inputs, ordered, strict=True))}
        return _chosen(given, wish, matched, notes)
    options = _options(given) | {column.name: column for column in matched.values()}
    likely = _likely(wish, pool, open_inputs, matched)
    chosen: list[Variable | None] = []
    for name in wish.names:
        preselected = matched.get(name) or likely.get(name)
        chosen.append(
            notes.choose(
                f"input:{name}",
                _question(name, wish, given) if name in open_inputs else _correction(name),
                options,
                preselected.name if preselected else None,
                ask=name in open_inputs,
            )
        )
    whole = tuple(column for column in chosen if column is not None)
    if len(whole) < len(chosen):
        raise Undecided
    return whole


def _correction(name: str) -> str:
    return f"Which column is {shown(name)!r}?"


def _question(name: str, wish: Wish, given: Variables) -> str:
    same = sum(names.plain(column.name) == names.plain(name) for column in given.columns)
    if given.frame.headed and same > 1:
        return f"Which column is {shown(name)!r}? {same} columns have this name."
    if wish.size == 1:
        return f"Which column is to be read as {shown(name)!r}?"
    return f"Which column is {shown(name)!r}? No column has this name."


def _in_file_order(
    pool: list[Variable], open_inputs: Sequence[str], nameless: bool, notes: Notes
) -> bool:
    """Whether the reader takes as many columns as there are inputs as they stand."""
    if len(pool) != len(open_inputs):
        return False
    in_order = f"In this order: {shown(few(open_inputs))}"
    taken = notes.choose(
        "inputs",
        f"{len(open_inputs)} inputs have no column of their name. How do the columns follow?",
        {in_order: True, "I choose one by one": False},
        in_order if nameless else None,
    )
    if taken is None:
        raise Undecided
    return taken


def _likely(
    wish: Wish, pool: list[Variable], open_inputs: Sequence[str], matched: dict[str, Variable]
) -> dict[str, Variable]:
    """The likelier column of each input: a name like it, else what alone remains."""
    likely: dict[str, Variable] = {}
    for name in open_inputs:
        alike = [c for c in pool if names.resemble(name, c.name) and c not in likely.values()]
        if len(alike) == 1:
            likely[name] = alike[0]
    rest = [name for name in open_inputs if name not in likely]
    signals = [c for c in pool if c.kind == "number" and not names.says_answer(c.name)]
    if not matched and not likely and len(signals) == len(open_inputs) > 1 and wish.anonymous:
        return dict(zip(open_inputs, signals, strict=True))
    numbers = [c for c in pool if c.kind == "number" and c not in likely.values()]
    varied = [column for column in numbers if not _is_constant(column)]
    if len(rest) == 1 and len(varied) == 1:
        likely[rest[0]] = varied[0]
    return likely


def _is_constant(column: Variable) -> bool:
    seen = column.values[~column.missing]
    return len(seen) > 1 and bool((seen == seen[0]).all())
