"""Small changes to a source file that good tests notice, found in its syntax tree.

    comparison   < becomes <=, == becomes !=, in becomes not in
    arithmetic   + becomes -, * becomes /, -x becomes x
    logic        and becomes or, one operand is left out, not x becomes x, an if is negated
    constant     n becomes n + 1 or n - 1, a float grows by half, True becomes False
    call         two arguments are swapped, min becomes max, a keyword falls back to its default
    slice        one end is left out
    statement    a call, an assignment to an element or an attribute, or a raise is left out

Texts, annotations, decorators, assertions and the arguments of errors are never changed.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
OPPOSITES = {
    "min": "max", "any": "all", "minimum": "maximum", "argmin": "argmax", "floor": "ceil",
    "zeros": "ones", "zeros_like": "ones_like", "startswith": "endswith", "sum": "mean",
}  # fmt: skip
OPPOSITES |= {other: one for one, other in OPPOSITES.items()}

NOT_CHANGED = (ast.JoinedStr, ast.Assert)
DECLARED = {"annotation", "returns", "decorator_list", "type_params"}
NEVER_CALLED_OTHERWISE = {"TypeVar", "NewType", "cast", "isinstance", "issubclass"}
HARMLESS_KEYWORDS = {"strict", "stacklevel", "allow_pickle", "kw_only", "frozen"}


@dataclass(frozen=True)
class Change:
    """A span of a source, in bytes of its UTF-8, and the text that replaces it."""

    line: int
    start: int
    stop: int
    before: str
    after: str

    def applied(self, source: str) -> str:
        """Return the source with this change made."""
        text = source.encode()
        return (text[: self.start] + self.after.encode() + text[self.stop :]).decode()

    def __str__(self) -> str:
        before, after = (" ".join(text.split()) for text in (self.before, self.after))
        return f"`{before}` → `{after}`"


def changes(source: str) -> list[Change]:
    """Return every change that can be made to a source, in the order of their places."""
    text = source.encode()
    starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
    found = {}
    for node, after in _replacements(ast.parse(source)):
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = starts[node.lineno - 1] + node.col_offset
        stop = starts[node.end_lineno - 1] + node.end_col_offset
        before = text[start:stop].decode()
        found[start, stop, after] = Change(node.lineno, start, stop, before, after)
    return [found[key] for key in sorted(found)]


def _replacements(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Yield each node that can be changed with the text that replaces it."""
    for node in _changeable(tree):
        if isinstance(node, ast.If | ast.While | ast.IfExp):
            yield node.test, f"(not ({ast.unparse(node.test)}))"
        if isinstance(node, ast.expr):
            for other in _other_expressions(node):
                yield node, f"({ast.unparse(ast.fix_missing_locations(other))})"
        elif isinstance(node, ast.stmt) and _can_be_left_out(node):
            yield node, "pass"


def _changeable(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and those below it, without declarations and what is only said."""
    yield node
    for field, value in ast.iter_fields(node):
        if field in DECLARED or isinstance(node, ast.Raise):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _stays(child):
                yield from _changeable(child)


def _stays(node: ast.AST) -> bool:
    """Whether a node is left alone with all that is below it."""
    if isinstance(node, ast.Call):
        called = _name(node.func)
        return called in NEVER_CALLED_OTHERWISE or called.endswith(("Error", "exit"))
    harmless = isinstance(node, ast.keyword) and node.arg in HARMLESS_KEYWORDS
    return harmless or isinstance(node, NOT_CHANGED)


def _name(node: ast.expr) -> str:
    """Return the last part of a dotted name; nothing for other expressions."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _can_be_left_out(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign):
        return all(isinstance(target, ast.Subscript | ast.Attribute) for target in node.targets)
    called = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    return called or isinstance(node, ast.AugAssign | ast.Raise | ast.Continue | ast.Break)


def _other_expressions(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare():
            yield from _other_comparisons(node)
        case ast.BinOp() if type(node.op) in ARITHMETIC and not _is_text(node.left):
            yield ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)
        case ast.UnaryOp(op=ast.USub() | ast.Not()):
            yield node.operand
        case ast.BoolOp():
            yield from _other_logic(node)
        case ast.Constant():
            yield from (ast.Constant(value) for value in _other_values(node.value))
        case ast.Call():
            yield from _other_calls(node)
        case ast.Subscript(slice=ast.Slice() as ends):
            yield from (ast.Subscript(node.value, other, node.ctx) for other in _open(ends))


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _other_comparisons(node: ast.Compare) -> Iterator[ast.expr]:
    for k, operator in enumerate(node.ops):
        ops = [*node.ops]
        ops[k] = COMPARISONS[type(operator)]()
        yield ast.Compare(node.left, ops, node.comparators)


def _other_logic(node: ast.BoolOp) -> Iterator[ast.expr]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for k in range(len(node.values)):
        rest = node.values[:k] + node.values[k + 1 :]
        yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _other_values(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif isinstance(value, float):
        yield value * 1.5 or 1.0


def _other_calls(node: ast.Call) -> Iterator[ast.expr]:
    called, arguments = _name(node.func), node.args
    starred = any(isinstance(argument, ast.Starred) for argument in arguments)
    if len(arguments) > 1 and not starred and ast.dump(arguments[0]) != ast.dump(arguments[1]):
        yield ast.Call(node.func, [arguments[1], arguments[0], *arguments[2:]], node.keywords)
    if called in OPPOSITES:
        function = copy.copy(node.func)
        setattr(function, "id" if isinstance(function, ast.Name) else "attr", OPPOSITES[called])
        yield ast.Call(function, arguments, node.keywords)
    for k, keyword in enumerate(node.keywords):
        if keyword.arg is not None and keyword.arg not in HARMLESS_KEYWORDS:
            rest = node.keywords[:k] + node.keywords[k + 1 :]
            yield ast.Call(node.func, arguments, rest)


def _open(ends: ast.Slice) -> Iterator[ast.Slice]:
    if ends.lower is not None:
        yield ast.Slice(None, ends.upper, ends.step)
    if ends.upper is not None:
        yield ast.Slice(ends.lower, None, ends.step)
