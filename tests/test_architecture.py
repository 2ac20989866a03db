"""The house: who may import whom, what stands where, and what no file may say.

A package may always import itself and the standard library.
"""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

TOP_LEVEL = {"app", "assets", "benchmarks", "deploy", "docs", "lstm_core", "tests"}

# What stands on each layer of the core may import.
BASE = {"numpy", *(f"lstm_core.{m}" for m in ("record", "activations", "vocabulary", "sequence"))}
CELLS = {*BASE, "lstm_core.cells"}
RUN = {*CELLS, "lstm_core.run"}
MODEL = {*RUN, "lstm_core.model"}
GRADIENTS = {*MODEL, "lstm_core.gradients"}
TASKS = {*GRADIENTS, "lstm_core.training", "lstm_core.tasks"}
CORE, PAGE = {"numpy", "lstm_core"}, {"streamlit", "numpy", "lstm_core"}

# The first row with a pattern that fits a module is its law; * reaches into folders. A grant
# "keras/:h5py" is only for modules with keras/ in their path.
MAY_IMPORT: tuple[tuple[str, set[str]], ...] = (
    ("lstm_core/__init__.py lstm_core/training_command.py lstm_core/*/__main__.py", CORE),
    (
        "lstm_core/tasks/* lstm_core/subject.py lstm_core/demo.py lstm_core/experiment.py "
        "lstm_core/studies.py lstm_core/recall_study.py",
        {
            *(*TASKS, "demo.py:lstm_core.formats", "demo.py:lstm_core.subject"),
            *(f"recall_study.py:lstm_core.{name}" for name in ("analysis", "demo")),
        },
    ),
    (
        "lstm_core/training/* lstm_core/analysis/* lstm_core/doctor/* lstm_core/corpus/*",
        GRADIENTS,
    ),
    (
        "lstm_core/formats/*",
        {*MODEL, "keras/:h5py", "onnx/:onnx", "pytorch/safetensors:safetensors"},
    ),
    ("lstm_core/gradients/*", MODEL),
    ("lstm_core/model/*", RUN),
    ("lstm_core/run/*", CELLS),
    (
        "lstm_core/cells/* lstm_core/record.py lstm_core/activations/* lstm_core/vocabulary.py "
        "lstm_core/sequence.py",
        BASE,
    ),
    (
        "app/theme.py app/words/* lstm_core/capture/*",
        {"capture/:numpy", "torch_hooks:torch", "keras_hooks:keras"},
    ),
    (
        "app/container.py app/messages.py app/inputs/*",
        {
            *CORE,
            "messages:app.container",
            *(f"understanding/:{name}" for name in ("openpyxl", "pandas", "pyarrow")),
            "partitions/:pyarrow",
        },
    ),
    (
        "app/lessons/* app/trainer/*",
        {
            *CORE,
            "app.words",
            "trainer/:app.container",
            "trainer/:app.messages",
            "instance:streamlit",
        },
    ),
    ("app/figures/*", {*CORE, "pandas", "plotly", "app.theme", "app.words", "app.inputs"}),
    ("app/components/*", {*PAGE, "app.theme", "app.words", "app.trainer", "app.container"}),
    (
        "app/session/*",
        {
            *(*PAGE, "app.words", "app.inputs", "app.components", "app.messages", "app.trainer"),
            "lesson_steps:app.lessons",
        },
    ),
    (
        "app/*",
        {
            *("streamlit", "lstm_core", "app", "screens/:numpy", "screens/:pandas"),
            *("commands/:numpy", "export/:numpy", "widget:anywidget", "widget:traitlets"),
            "corpus/cluster:distributed",
        },
    ),
)

OF_THE_READERS_PROCESS = {"torch", "keras"}
"""What a capture imports where the reader's own program has imported it already, and never else."""

NEVER_WRITTEN = {
    "a path of one machine": r"(?<![\w.])/(?:home|root|work|tmp|Users)/\w",
    "a package registry": r"https?://[^\s\"']+/(?:simple|packages)\b|index-url|registry\.\w",
}


def sources() -> list[Path]:
    """Return every module of the product, in order."""
    return sorted(p for top in ("lstm_core", "app") for p in (ROOT / top).rglob("*.py"))


def name(path: Path) -> str:
    """Return a path as it is spelled in this project."""
    return path.relative_to(ROOT).as_posix()


def law(path: str) -> set[str] | None:
    """Return what the module may import; None where the table does not know it."""
    for patterns, grants in MAY_IMPORT:
        if any(fnmatch(path, pattern) for pattern in patterns.split()):
            parted = (grant.rpartition(":") for grant in grants)
            return {granted for part, _, granted in parted if part in path}
    return None


@dataclass(frozen=True)
class Outline:
    """What the tests here look at in a module."""

    imports: tuple[ast.Import | ast.ImportFrom, ...]
    classes_asked_for: tuple[ast.expr, ...]  # by isinstance
    function_lengths: tuple[int, ...]  # in lines, the docstring not counted


@cache
def outline(text: str) -> Outline:
    """Return the outline of a module; each text is parsed once for all tests."""
    nodes = list(ast.walk(ast.parse(text)))
    calls = (
        n for n in nodes if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "isinstance"
    )
    return Outline(
        imports=tuple(n for n in nodes if isinstance(n, ast.Import | ast.ImportFrom)),
        classes_asked_for=tuple(call.args[1] for call in calls),
        function_lengths=tuple(length(n) for n in nodes if isinstance(n, ast.FunctionDef)),
    )


def length(function: ast.FunctionDef) -> int:
    """Return the length of a function in lines, its docstring not counted."""
    docstring = ast.get_docstring(function, clean=False)
    lines = 1 + (function.end_lineno or function.lineno) - function.lineno
    return lines - (docstring.count("\n") + 1 if docstring else 0)


def imports(path: str, text: str) -> Iterator[str]:
    """Yield the dotted name of everything that a module imports, wherever in it."""
    package = path.split("/")[:-1]
    for node in outline(text).imports:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        else:
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def forbidden(path: str, text: str) -> list[str]:
    """Return the imports of a module that the table does not grant."""
    allowed = law(path)
    assert allowed is not None, f"{path} is not in the table of who may import whom"
    own = ".".join(path.split("/")[:2]).removesuffix(".py")
    return [
        imported
        for imported in imports(path, text)
        if imported.split(".")[0] not in sys.stdlib_module_names
        and not any(f"{imported}.".startswith(f"{granted}.") for granted in {*allowed, own})
    ]


@pytest.mark.parametrize("path", sources(), ids=name)
def test_a_module_imports_only_what_the_table_grants(path: Path) -> None:
    assert forbidden(name(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("path", "text", "imported"),
    [
        ("lstm_core/cells/lstm.py", "import streamlit as st", "streamlit"),
        ("lstm_core/cells/lstm.py", "def f():\n    import torch", "torch"),
        ("lstm_core/run/trace.py", "from app.session.view import View", "app.session.view.View"),
        (
            "lstm_core/run/trace.py",
            "from ..gradients import backward",
            "lstm_core.gradients.backward",
        ),
        ("lstm_core/analysis/chain.py", "from ..training import fit", "lstm_core.training.fit"),
        ("lstm_core/tasks/adding.py", "import lstm_core.demo", "lstm_core.demo"),
        ("lstm_core/gradients/lstm.py", "from .. import training", "lstm_core.training"),
        ("lstm_core/formats/pytorch.py", "import h5py", "h5py"),
        ("app/words/train.py", "import numpy as np", "numpy"),
        ("app/figures/lines.py", "from ..session import state", "app.session.state"),
        ("app/figures/lines.py", "from app import session", "app.session"),
        (
            "app/screens/explore/page.py",
            "import plotly.graph_objects as go",
            "plotly.graph_objects",
        ),
        ("app/components/stage/scene.py", "from ...session import view", "app.session.view"),
    ],
)
def test_an_import_that_points_up_is_found(path: str, text: str, imported: str) -> None:
    assert forbidden(path, text) == [imported]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("lstm_core/cells/lstm.py", "import math\nimport numpy.typing\nfrom ..record import Array"),
        ("lstm_core/formats/keras/hdf5.py", "def f():\n    import h5py"),
        ("lstm_core/analysis/chain.py", "from ..gradients import backward\nfrom . import curve"),
        ("lstm_core/training/__main__.py", "from .. import training_command"),
        ("app/figures/lines.py", "from . import axes\nfrom ..theme import BLUE"),
        ("app/screens/explore/page.py", "from ...session import state\nimport lstm_core.demo"),
    ],
)
def test_an_import_that_points_down_is_granted(path: str, text: str) -> None:
    assert forbidden(path, text) == []


def test_the_table_can_be_read_at_a_glance() -> None:
    assert len(MAY_IMPORT) <= 15


def imported_modules(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield which module imports which other one of these, both as paths.

    A package is where its __init__ defines it; a program, __main__, is imported by nobody and
    stands above everything.
    """
    paths = {path.removesuffix(".py").replace("/", "."): path for path in texts}
    packages = {dotted.removesuffix(".__init__"): path for dotted, path in paths.items()}
    for path, text in texts.items():
        for imported in imports(path, text) if not path.endswith("/__main__.py") else ():
            parents = [imported.rsplit(".", k)[0] for k in range(imported.count(".") + 1)]
            found = next((packages[name] for name in parents if name in packages), path)
            if found != path:
                yield path, found


def circles(texts: dict[str, str]) -> set[str]:
    """Return the parts of a package, modules and packages in it, that import each other.

    At every level of the tree: what `app/a/x.py` imports of `app/b/y.py` makes b a part that a
    stands on.
    """
    stands_on: dict[str, set[str]] = {}
    for importer, imported in imported_modules(texts):
        one, other = importer.split("/"), imported.split("/")
        depth = next(k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b) + 1
        stands_on.setdefault("/".join(one[:depth]), set()).add("/".join(other[:depth]))
    parts = set(stands_on)
    while True:  # take away what stands on none of them, and what none of them stands on
        beneath = {under for part in parts for under in stands_on[part]}
        left = {part for part in parts if stands_on[part] & parts and part in beneath}
        if left == parts:
            return parts
        parts = left


def test_no_part_of_a_package_stands_on_one_that_stands_on_it() -> None:
    assert circles({name(path): path.read_text(encoding="utf-8") for path in sources()}) == set()


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            {
                "app/a.py": "from . import b",
                "app/b.py": "from . import a",
                "app/c.py": "import app.a",
            },
            {"app/a.py", "app/b.py"},
        ),
        (
            {"app/a/x.py": "from ..b import y", "app/b/y.py": "", "app/b/z.py": "import app.a.x"},
            {"app/a", "app/b"},
        ),
        (
            {
                "app/a/__init__.py": "from .x import f",
                "app/a/x.py": "",
                "app/b.py": "from . import a",
            },
            set(),
        ),
        ({"app/a/__main__.py": "from .. import b", "app/b.py": "from .a import x"}, set()),
    ],
)
def test_a_circle_of_imports_is_found(texts: dict[str, str], found: set[str]) -> None:
    assert circles(texts) == found


def test_lstm_core_loads_numpy_and_nothing_else_until_a_model_file_is_opened() -> None:
    script = "import sys, lstm_core; print(*{m.split('.')[0] for m in sys.modules})"
    command = [sys.executable, "-E", "-s", "-c", script]
    bare = [sys.executable, "-E", "-s", "-c", "import sys, numpy; print(*sys.modules)"]
    loaded, numpy_alone = (
        set(subprocess.run(c, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())
        for c in (command, bare)
    )
    strangers = loaded - {m.split(".")[0] for m in numpy_alone} - set(sys.stdlib_module_names)
    assert strangers == {"lstm_core"}


@cache
def names_of_kinds() -> frozenset[str]:
    """Return the names of the classes of cells and encoders, and of their unions."""
    files = [*(ROOT / "lstm_core" / "cells").glob("*.py"), ROOT / "lstm_core/model/encoders.py"]
    nodes = [node for file in files for node in ast.parse(file.read_text(encoding="utf-8")).body]
    classes = {node.name for node in nodes if isinstance(node, ast.ClassDef)}
    unions = {ast.unparse(node.targets[0]) for node in nodes if isinstance(node, ast.Assign)}
    return frozenset(classes | unions)


def kinds_asked_for(text: str, kinds: frozenset[str]) -> list[str]:
    """Return which of these classes a module asks for by isinstance."""
    parts = (part for each in outline(text).classes_asked_for for part in ast.walk(each))
    names = (getattr(part, "id", getattr(part, "attr", "")) for part in parts)
    return [name for name in names if name in kinds]


def test_only_cells_encoders_and_model_files_ask_which_cell_or_encoder_it_is() -> None:
    kinds = names_of_kinds()
    ours = [*sources(), *(ROOT / "benchmarks").rglob("*.py"), *(ROOT / "assets").rglob("*.py")]
    asking = {name(p) for p in ours if kinds_asked_for(p.read_text(encoding="utf-8"), kinds)}
    may = ("lstm_core/cells/", "lstm_core/formats/", "lstm_core/model/encoders.py")
    assert {path for path in asking if not path.startswith(may)} == set()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("isinstance(cell, LSTMParameters)", ["LSTMParameters"]),
        ("x = isinstance(e, OneHotEncoder | encoders.EmbeddingEncoder)", ["OneHotEncoder"]),
        ("isinstance(e, (Encoder, int))", ["Encoder"]),
        ("def f(e: Encoder) -> bool:\n    return isinstance(e.alphabet, tuple)", []),
    ],
)
def test_a_question_for_a_cell_or_an_encoder_is_found(text: str, kinds: list[str]) -> None:
    assert kinds_asked_for(text, names_of_kinds())[: len(kinds) or 1] == kinds


def test_what_is_measured_and_made_needs_nothing_of_the_tests() -> None:
    for path in (p for top in ("benchmarks", "assets") for p in (ROOT / top).rglob("*.py")):
        needed = {i.split(".")[0] for i in imports(name(path), path.read_text(encoding="utf-8"))}
        assert "tests" not in needed, name(path)


def test_only_the_entry_point_changes_where_python_looks() -> None:
    changed = re.compile(r"sys\.path\.\w+\(")
    modules = (path for path in tracked() if path.suffix == ".py")
    changing = {name(path) for path in modules if changed.search(path.read_text("utf-8"))}
    assert changing == {"app/main.py"}


def test_every_library_that_the_product_imports_is_in_its_requirements() -> None:
    wanted = {
        imported.split(".")[0]
        for path in sources()
        for imported in imports(name(path), path.read_text(encoding="utf-8"))
    }
    declared = set(re.findall(r"^([\w-]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for optional in extras["optional-dependencies"].values():
        declared |= {re.split("[<>]", line)[0] for line in optional}
    ours = {"app", "lstm_core", *OF_THE_READERS_PROCESS}
    assert wanted - set(sys.stdlib_module_names) - ours <= declared


def test_every_requirement_is_bounded_twice_and_comes_from_the_default_registry() -> None:
    files = [ROOT / "requirements.txt", *ROOT.glob("*/requirements.txt")]
    lines = [line.split("#")[0].strip() for file in files for line in file.read_text().split("\n")]
    for line in filter(None, lines):
        assert re.fullmatch(r"-r [\w./]+|[\w-]+>=[\d.]+,<[\d.]+", line), line


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files of the project: those git knows, or all where there is no git."""
    git = ["git", "-C", str(ROOT), "ls-files", "-z"]
    try:
        listed = subprocess.run(git, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return tuple(p for top in TOP_LEVEL for p in (ROOT / top).rglob("*") if p.is_file())
    paths = (ROOT / path for path in listed.split("\0") if path)
    return tuple(path for path in paths if path.is_file())


def test_the_top_level_folders_are_those_of_the_design() -> None:
    tops = {name(path).split("/")[0] for path in tracked() if "/" in name(path)}
    assert {top for top in tops if not top.startswith(".")} <= TOP_LEVEL


def said(text: str) -> list[str]:
    """Return what a text says that no file may say."""
    return [what for what, pattern in NEVER_WRITTEN.items() if re.search(pattern, text)]


def test_no_file_names_one_machines_path_or_a_registry() -> None:
    for path in tracked():
        if path != Path(__file__).resolve():
            text = path.read_bytes().decode("utf-8", errors="ignore")
            assert b"\0" in path.read_bytes() or not said(text), name(path)


@pytest.mark.parametrize(
    "text",
    ["see /home/ada/x", 'open("/tmp/x")', "https://example.org/simple", "pip --index-url x"],
)
def test_a_machines_path_and_a_registry_are_found(text: str) -> None:
    assert said(text)


def test_functions_are_short() -> None:
    texts = (path.read_text(encoding="utf-8") for path in sources())
    lengths = sorted(lines for text in texts for lines in outline(text).function_lengths)
    assert statistics.median(lengths) <= 12
    assert lengths[int(0.9 * len(lengths))] < 30


def test_a_file_is_one_idea_on_a_few_screens() -> None:
    scripts = [p for kind in ("js", "css") for p in (ROOT / "app").rglob(f"*.{kind}")]
    sizes = {
        name(p): len(p.read_text(encoding="utf-8").split("\n")) for p in [*sources(), *scripts]
    }
    assert {path: lines for path, lines in sizes.items() if lines > 420} == {}
