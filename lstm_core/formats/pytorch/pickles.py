"""Pickles without running them: a small machine that builds plain values and inert ones.

A pickle is a program; Python's own `pickle` executes it. Here `pickletools` splits it into
its instructions and `Machine` follows them. A name in a pickle ("torch._utils
_rebuild_tensor_v2") is never imported: it is looked up in a table given by the caller, and
what stands there is a function of ours that makes the value. A name that is not in the table
makes an inert value, which keeps what was written about the object (`values`). No attribute
is looked up, no object of a foreign class is made; refused is what is damaged, and what would
take more time or memory than a model needs.

Source: the opcodes are documented in Python's `pickletools`.
"""

from __future__ import annotations

import pickletools
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from ..errors import ModelFileError, shown
from .values import Inert, Name, Unfinished

MAX_OPERATIONS = 2_500_000
MAX_LITERALS = 256 << 20  # bytes of text, bytes and numbers in one pickle
MAX_LINE = 1 << 16  # bytes
SHORT_LINE = 128  # bytes: most lines are shorter
MAX_BITS = 128  # of a whole number; PyTorch's magic number has 77
NAME_COST = 8  # instructions: what a name of its own takes to read
MAX_KEY = 64  # values in one key of a dict
HASHABLE = (str, int, float, bool, bytes, type(None), frozenset, Name, Unfinished)


class Mark:
    """Where a group of values begins on the stack."""


MARK = Mark()
PersistentLoad = Callable[[Any], Any]


class Stream:
    """The bytes of a file from `position` on, handed out in bounded portions."""

    def __init__(self, view: memoryview, position: int = 0):
        self.view = view
        self.position = position
        self.left = MAX_LITERALS

    def read(self, count: int) -> bytes:
        """Return the next bytes, fewer at the end; ModelFileError for more than is sensible."""
        count = min(count, len(self.view) - self.position)
        self.left -= count
        if self.left < 0:
            raise ModelFileError(f"The pickle in the file has more than {MAX_LITERALS >> 20} MB.")
        self.position += count
        return bytes(self.view[self.position - count : self.position])

    def readline(self) -> bytes:
        """Return the next bytes up to a newline, or as many as a line may have."""
        for length in (SHORT_LINE, MAX_LINE):
            ahead = bytes(self.view[self.position : self.position + length])
            if (end := ahead.find(b"\n") + 1) > 0:
                return self.read(end)
        return self.read(len(ahead))


FIXED = {"uint1": "<B", "uint2": "<H", "int4": "<i", "uint4": "<I", "uint8": "<Q", "float8": ">d"}
TABLE = {
    ord(opcode.code): (
        opcode.name,
        struct.Struct(FIXED[opcode.arg.name]) if opcode.arg and opcode.arg.name in FIXED else None,
        opcode.arg.reader if opcode.arg else None,
    )
    for opcode in pickletools.opcodes
}
"""By its code each instruction's name, and how its argument is read: fixed, otherwise, not."""


def instructions(stream: Stream) -> Iterator[tuple[str, Any]]:
    """Yield each instruction's name and argument up to STOP; as `genops`, in half the time."""
    view, name = stream.view, ""
    while name != "STOP":
        name, fixed, reader = TABLE[view[stream.position]]
        stream.position += 1
        argument = None
        if fixed is not None:
            (argument,) = fixed.unpack_from(view, stream.position)
            stream.position += fixed.size
        elif reader is not None:
            argument = reader(cast(Any, stream))
        yield name, argument


def read_pickle(
    stream: Stream,
    names: Mapping[str, Callable[..., Any]],
    persistent_load: PersistentLoad | None = None,
) -> Any:
    """Return the value of the pickle that starts where `stream` stands, and stop behind it.

    `names` maps each known "module.name" to the function that stands in for it, called with
    the arguments from the pickle; all other names make inert values. `persistent_load` turns a
    persistent id into a value. Raises ModelFileError for a damaged pickle, and for one that
    takes too much time or memory.
    """
    machine = Machine(names, persistent_load)
    try:
        for operation, argument in instructions(stream):
            machine.do(operation, argument)
        return machine.pop()
    except ModelFileError:
        raise
    except Exception as error:
        raise ModelFileError(
            f"The pickle in the file is damaged or cut off ({shown(error)})."
        ) from error


class Machine:
    """The stack and the memo of one pickle; `do` follows one instruction."""

    def __init__(
        self, names: Mapping[str, Callable[..., Any]], persistent_load: PersistentLoad | None
    ):
        self.names = names
        self.persistent_load = persistent_load
        self.stack: list[Any] = []
        self.memo: dict[int, Any] = {}
        self.seen: dict[str, Name] = {}
        self.left = MAX_OPERATIONS

    def spend(self, cost: int) -> None:
        """Count what the pickle costs, so that a small one cannot keep us busy for long."""
        self.left -= cost
        if self.left < 0:
            raise ModelFileError(f"The pickle takes more than {MAX_OPERATIONS} instructions.")

    def do(self, operation: str, argument: Any) -> None:
        """Follow one instruction; ModelFileError for one that there is not."""
        self.left -= 1
        if self.left < 0:
            self.spend(0)
        if operation in ACTIONS:
            ACTIONS[operation](self, argument)
        elif operation in LITERALS:
            self.stack.append(literal(argument))
        elif operation in NEW:
            self.stack.append(NEW[operation]())
        elif operation not in IGNORED:
            raise ModelFileError(f"The pickle uses {operation}, which is not known.")

    def pop(self) -> Any:
        """Take the topmost value."""
        value = self.stack.pop()
        if value is MARK:
            raise ModelFileError("The pickle in the file is damaged: a group has no values.")
        return value

    def group(self) -> list[Any]:
        """Take all values above the topmost mark, and the mark."""
        at = len(self.stack) - 1
        while self.stack[at] is not MARK:
            at -= 1
            if at < 0:
                raise ModelFileError("The pickle in the file is damaged: a group has no start.")
        values = self.stack[at + 1 :]
        del self.stack[at:]
        return values

    def named(self, name: str) -> None:
        """Push what stands for a name."""
        if name not in self.seen:
            self.spend(NAME_COST)
            self.seen[name] = Name(name, self.names.get(name))
        self.stack.append(self.seen[name])

    def call(self, function: Any, arguments: Any, keywords: Any = None) -> None:
        """Push what the stand-in makes of its arguments, or an inert value that says why not."""
        if not isinstance(function, Name | Inert) or not isinstance(arguments, tuple):
            raise ModelFileError("The pickle calls something that is no name: it is damaged.")
        for argument in arguments:
            texts = isinstance(argument, str | bytes | bytearray)
            self.spend(len(argument) // (64 if texts else 1) if hasattr(argument, "__len__") else 0)
        self.stack.append(_made(function, arguments, keywords))

    def fill(self, values: list[Any]) -> None:
        """Add keys and values to the mapping on top."""
        target = self.stack[-1]
        if isinstance(target, Inert):
            target.entries = target.entries or {}
            target = target.entries
        if not isinstance(target, dict) or len(values) % 2:
            raise ModelFileError("The pickle fills what is no dict: it is damaged.")
        for key, value in zip(values[::2], values[1::2], strict=True):
            target[hashable(key)] = value

    def extend(self, values: list[Any]) -> None:
        """Add values to the list or set on top."""
        target = self.stack[-1]
        if isinstance(target, Inert):
            target.items = target.items or []
            target = target.items
        if isinstance(target, list):
            target.extend(values)
        elif isinstance(target, set):
            target.update(hashable(value) for value in values)
        else:
            raise ModelFileError("The pickle appends to what is no list: it is damaged.")


def _made(function: Name | Inert, arguments: tuple[Any, ...], keywords: Any) -> Any:
    """Return what a call stands for. Only functions of ours are called."""
    if keywords:
        arguments = (*arguments, keywords)
    if isinstance(function, Inert) or function.make is None or keywords:
        return Inert(function.name, arguments)
    try:
        return function.make(*arguments)
    except ModelFileError as error:
        return Inert(function.name, arguments, problem=str(error))
    except (TypeError, ValueError, AttributeError, IndexError, KeyError, OverflowError):
        problem = f"The pickle calls {shown(function.name)} with arguments that it does not take."
        return Inert(function.name, arguments, problem=problem)


def literal(value: Any) -> Any:
    """Return a value that the pickle spells out; whole numbers must be of a sensible size."""
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        raise ModelFileError(
            f"The pickle has a whole number of {value.bit_length()} bits: refused."
        )
    return value


def hashable(key: Any) -> Any:
    """Return a key that is cheap to hash, or refuse it: nested tuples can take forever."""
    if type(key) is str or type(key) is int:
        return key
    waiting, left = [key], MAX_KEY
    while waiting:
        part = waiting.pop()
        left -= 1
        if isinstance(part, tuple) and len(part) <= left:
            waiting.extend(part)
        elif left < 0 or not isinstance(part, HASHABLE):
            raise ModelFileError(f"The pickle has a key of type {type(key).__name__}: refused.")
    return key


def _state(machine: Machine, _: Any) -> None:
    """BUILD: an object's attributes. Stand-ins that wait for them take them."""
    state = machine.pop()
    target = machine.stack[-1]
    if not isinstance(target, Unfinished):
        return
    try:
        target.finish(state)
    except (ModelFileError, TypeError, ValueError, OverflowError) as error:
        target.problem = str(error)


def _stack_global(machine: Machine, _: Any) -> None:
    name, module = machine.pop(), machine.pop()
    machine.named(f"{module}.{name}" if isinstance(name, str) and isinstance(module, str) else "")


def _reduce(machine: Machine, _: Any) -> None:
    arguments = machine.pop()
    machine.call(machine.pop(), arguments)


def _new_with_keywords(machine: Machine, _: Any) -> None:
    keywords, arguments = machine.pop(), machine.pop()
    machine.call(machine.pop(), arguments, keywords)


def _set_item(machine: Machine, _: Any) -> None:
    value, key = machine.pop(), machine.pop()
    machine.fill([key, value])


def _tuple(count: int) -> Callable[[Machine, Any], None]:
    def build(machine: Machine, _: Any) -> None:
        machine.stack.append(tuple(reversed([machine.pop() for _ in range(count)])))

    return build


def _dict(machine: Machine, _: Any) -> None:
    values = machine.group()
    machine.stack.append({})
    machine.fill(values)


def _persistent(machine: Machine, pid: Any) -> None:
    if machine.persistent_load is None:
        machine.stack.append(Inert("persistent id", (pid,)))
        return
    try:
        machine.stack.append(machine.persistent_load(pid))
    except ModelFileError as error:
        machine.stack.append(Inert("persistent id", (pid,), problem=str(error)))


def _instance(machine: Machine, name: Any) -> None:
    """INST: a class by name, its arguments above the mark."""
    arguments = tuple(machine.group())
    machine.named(name.replace(" ", ".", 1))
    machine.call(machine.pop(), arguments)


def _object(machine: Machine, _: Any) -> None:
    """OBJ: a class and its arguments, all above the mark."""
    function, *arguments = machine.group()
    machine.call(function, tuple(arguments))


def _memoize(machine: Machine, argument: Any) -> None:
    machine.memo[len(machine.memo) if argument is None else argument] = machine.stack[-1]


LITERALS = frozenset(
    f"{kind}{width}"
    for kind, widths in {
        "INT": ("",),
        "BININT": ("", "1", "2"),
        "LONG": ("", "1", "4"),
        "FLOAT": ("",),
        "BINFLOAT": ("",),
        "STRING": ("",),
        "BINSTRING": ("",),
        "SHORT_BINSTRING": ("",),
        "BINBYTES": ("", "8"),
        "SHORT_BINBYTES": ("",),
        "BYTEARRAY": ("8",),
        "UNICODE": ("",),
        "BINUNICODE": ("", "8"),
        "SHORT_BINUNICODE": ("",),
    }.items()
    for width in widths
)
IGNORED = frozenset(("PROTO", "FRAME", "STOP", "READONLY_BUFFER"))
NEW: Mapping[str, Callable[[], Any]] = {
    "NONE": lambda: None,
    "NEWTRUE": lambda: True,
    "NEWFALSE": lambda: False,
    "EMPTY_TUPLE": tuple,
    "EMPTY_LIST": list,
    "EMPTY_DICT": dict,
    "EMPTY_SET": set,
    "MARK": lambda: MARK,
}
ACTIONS: Mapping[str, Callable[[Machine, Any], Any]] = {
    "POP": lambda m, _: m.stack.pop(),
    "POP_MARK": lambda m, _: m.group(),
    "DUP": lambda m, _: m.stack.append(m.stack[-1]),
    "TUPLE": lambda m, _: m.stack.append(tuple(m.group())),
    "TUPLE1": _tuple(1),
    "TUPLE2": _tuple(2),
    "TUPLE3": _tuple(3),
    "LIST": lambda m, _: m.stack.append(m.group()),
    "DICT": _dict,
    "FROZENSET": lambda m, _: m.stack.append(frozenset(map(hashable, m.group()))),
    "APPEND": lambda m, _: m.extend([m.pop()]),
    "APPENDS": lambda m, _: m.extend(m.group()),
    "ADDITEMS": lambda m, _: m.extend(m.group()),
    "SETITEM": _set_item,
    "SETITEMS": lambda m, _: m.fill(m.group()),
    "GET": lambda m, a: m.stack.append(m.memo[a]),
    "BINGET": lambda m, a: m.stack.append(m.memo[a]),
    "LONG_BINGET": lambda m, a: m.stack.append(m.memo[a]),
    "PUT": _memoize,
    "BINPUT": _memoize,
    "LONG_BINPUT": _memoize,
    "MEMOIZE": _memoize,
    "GLOBAL": lambda m, a: m.named(a.replace(" ", ".", 1)),
    "STACK_GLOBAL": _stack_global,
    "REDUCE": _reduce,
    "NEWOBJ": _reduce,
    "NEWOBJ_EX": _new_with_keywords,
    "BUILD": _state,
    "BINPERSID": lambda m, _: _persistent(m, m.pop()),
    "PERSID": _persistent,
    "INST": _instance,
    "OBJ": _object,
    **dict.fromkeys(("EXT1", "EXT2", "EXT4"), lambda m, a: m.named(f"extension {a}")),
    "NEXT_BUFFER": lambda m, _: m.stack.append(Inert("buffer outside the pickle")),
}
