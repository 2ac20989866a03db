"""ES modules joined into one, for places that load a script as text.

    join_modules(Path("stage/js/stage.js"))  # the entry, behind everything that it imports

A Streamlit component, a notebook widget and a page in a single file each get one text, in which
relative imports have nothing to be relative to. So the modules are put one after another, each
behind those it imports, and share one scope: imports and comments go, exports become plain
declarations, and the entry keeps its default export. What would mean another thing in one scope
than it does in modules is refused: two modules that declare the same name, an import under
another name, a circle of imports.

    import { written } from "../shared/js/numbers.js";        the one form of an import
    export function name() {}   export const name = ...;      the forms of an export
    export default function name() {}                         in the entry only
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from lstm_core.record import record

from .javascript import scan, top_level

IMPORT = re.compile(r'import\s*\{([^}]*)\}\s*from\s*"([^"\n]+)"\s*;[ \t]*\n?')
EXPORT = re.compile(r"export\s+(?=(?:async\s+)?function\b|class\b|const\b|let\b)")
DEFAULT = re.compile(r"export\s+default\b")
KEYWORD = re.compile(r"(?<![\w$.])(?:import|export)(?![\w$])")
ELSEWHERE = re.compile(r"(?<![\w$.])import\s*[(.]")
NAMED = re.compile(r"(?<![\w$.])(?:function\s*\*?|class)\s+([\w$]+)")
VARIABLES = re.compile(r"(?<![\w$.])(?:const|let|var)\s([^;]*)")
NAME = re.compile(r"\s*([A-Za-z_$][\w$]*)\s*(?:=|$)")


class JoinError(ValueError):
    """Modules that cannot be joined: the sentence says which file, which line and why."""


@record
class Module:
    """One file: its bare code, what it declares, and whom it needs."""

    path: Path
    code: str  # without comments, imports and exports
    imports: tuple[tuple[Path, tuple[str, ...]], ...]  # file, the names taken from it
    declares: tuple[str, ...]
    exports: tuple[str, ...]
    has_default: bool


def join_modules(entry: Path) -> str:
    """Return the entry and all modules it imports as the text of one module.

    Raises JoinError where a file is missing, imports or exports in another form than the three
    above, or takes a name that is not exported; for two declarations of one name; for a circle.
    """
    parts = [f"// {_label(m.path, entry)}\n\n{m.code.strip()}\n" for m in collect_modules(entry)]
    return "\n".join(parts)


def collect_modules(entry: Path) -> list[Module]:
    """Return the entry behind all modules it imports; raises as `join_modules` does."""
    known: dict[Path, Module] = {}
    _collect(entry.absolute(), (), known)
    modules = list(known.values())
    _check_names(modules)
    for module in modules[:-1]:
        if module.has_default:
            raise JoinError(f"{module.path.name} is imported: only the entry has a default export")
    return modules


def read_module(path: Path) -> Module:
    """Return one file as a module; JoinError where it cannot be read or joined."""
    try:
        source = path.read_text(encoding="utf-8")
    except OSError:
        raise JoinError(f"{path} is imported and cannot be read: correct the path") from None
    code, comments = scan(source)
    outer = top_level(code)
    if foreign := ELSEWHERE.search(code):
        raise _refusal(path, source, foreign.start(), "an import inside the code")
    declared = _declared(path, source, outer)
    imports, exports, cuts, has_default = [], [], [], False
    for keyword in KEYWORD.finditer(outer):
        at = keyword.start()
        if taken := IMPORT.match(source, at):
            imports.append(_read_import(path, source, taken))
            cuts.append(taken.span())
        elif given := EXPORT.match(source, at):
            exports += next(names for start, names in declared if start >= given.end())
            cuts.append(given.span())
        elif DEFAULT.match(source, at):
            has_default = True
        else:
            raise _refusal(path, source, at, f"this {keyword.group()}")
    return Module(
        path=path,
        code=_without(source, sorted([*cuts, *comments])),
        imports=tuple(imports),
        declares=tuple(name for _, names in declared for name in names),
        exports=tuple(exports),
        has_default=has_default,
    )


def _collect(path: Path, above: tuple[Path, ...], known: dict[Path, Module]) -> None:
    """Add the module at `path` to `known`, behind all it needs; `above` are those that wait."""
    if path in above:
        circle = " -> ".join(p.name for p in (*above[above.index(path) :], path))
        raise JoinError(f"modules import each other in a circle: {circle}")
    if path in known:
        return
    module = read_module(path)
    for needed, names in module.imports:
        _collect(needed, (*above, path), known)
        for name in names:
            if name not in known[needed].exports:
                raise JoinError(f"{path.name} imports {name}, which {needed.name} does not export")
    known[path] = module


def _read_import(path: Path, source: str, match: re.Match[str]) -> tuple[Path, tuple[str, ...]]:
    """The file that an import names, and what it takes from there."""
    names = tuple(name.strip() for name in match[1].split(",") if name.strip())
    if not all(re.fullmatch(r"[\w$]+", name) for name in names):
        raise _refusal(path, source, match.start(), "an import under another name")
    if not match[2].startswith("."):
        raise _refusal(path, source, match.start(), f"an import of the package {match[2]!r}")
    return Path(os.path.abspath(path.parent / match[2])), names


def _declared(path: Path, source: str, outer: str) -> list[tuple[int, list[str]]]:
    """The declarations of the top level in order: where each stands, and its names."""
    declarations = [(match.start(), [match[1]]) for match in NAMED.finditer(outer)]
    for match in VARIABLES.finditer(outer):
        names = [NAME.match(part) for part in match[1].split(",")]
        if not all(names):
            raise _refusal(path, source, match.start(), "a constant taken apart at the top level")
        declarations.append((match.start(), [name[1] for name in names if name]))
    return sorted(declarations)


def _check_names(modules: list[Module]) -> None:
    """Raise JoinError for two declarations of one name."""
    owner: dict[str, Path] = {}
    for module in modules:
        for name in module.declares:
            if name in owner:
                raise JoinError(
                    f"{name} is declared in {owner[name].name} and in {module.path.name}: "
                    "joined modules share one scope, so give one of them another name"
                )
            owner[name] = module.path


def _without(source: str, cuts: list[tuple[int, int]]) -> str:
    """The source without these stretches."""
    ends = [0, *(end for _, end in cuts)]
    starts = [*(start for start, _ in cuts), len(source)]
    return "".join(source[end:start] for end, start in zip(ends, starts, strict=True))


def _refusal(path: Path, source: str, at: int, what: str) -> JoinError:
    line = source.count("\n", 0, at) + 1
    return JoinError(
        f"{path.name}, line {line}: {what} cannot be joined; write "
        'import { name } from "./file.js"; or export before a function, class, const or let'
    )


def _label(path: Path, entry: Path) -> str:
    return Path(os.path.relpath(path, entry.absolute().parent)).as_posix()
