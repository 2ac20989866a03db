"""The changes that tests should notice: each is small, in one place, and still a program."""

from __future__ import annotations

import ast

import pytest

from tests.mutations.changes import changes
from tests.mutations.trials import ROOT, chosen, first_failure, modules, noticed, stages_of

MODULES = ["lstm_core/training/losses.py", "app/components/stage/scene.py", "lstm_core/demo.py"]


def others(source: str) -> set[str]:
    """What else this line of code may become."""
    return {ast.unparse(ast.parse(change.applied(source))) for change in changes(source)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", {"a <= b"}),
        ("a <= b < c", {"a < b < c", "a <= b <= c"}),
        ("a in b", {"a not in b"}),
        ("a + b", {"a - b"}),
        ("-a", {"a"}),
        ("not a", {"a"}),
        ("a and b", {"a or b", "a", "b"}),
        ("a or b or c", {"a and b and c", "b or c", "a or c", "a or b"}),
        ("x = True", {"x = False"}),
        ("x = 2", {"x = 3", "x = 1"}),
        ("x = 2.0", {"x = 3.0"}),
        ("x = f(a, b)", {"x = f(b, a)"}),
        ("x = min(a, *b)", {"x = max(a, *b)"}),
        ("x = f(a, k=b)", {"x = f(a)"}),
        ("a[b:c]", {"a[:c]", "a[b:]"}),
        ("f(a)", {"pass"}),
        ("a[b] = c", {"pass"}),
        ("a += b", {"pass"}),
        ("raise ValueError(f'{a + b}')", {"pass"}),
        ("if a:\n    b", {"if not a:\n    b"}),
        ("x = a if b else c", {"x = a if not b else c"}),
    ],
)
def test_a_line_of_code_becomes(source, expected):
    assert others(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "'text'",
        "x = 'a' + b",
        "x = f'{a + b}'",
        "x: tuple[int, 3]",
        "assert a < b",
        "isinstance(a, b)",
        "@f(1)\ndef g():\n    a",
        "x = zip(a, strict=True)",
    ],
)
def test_what_is_only_said_or_declared_stays(source):
    assert others(source) <= {"pass"}


@pytest.mark.parametrize("module", MODULES)
def test_every_change_of_a_module_is_another_program_and_changes_one_place(module):
    source = (ROOT / module).read_text(encoding="utf-8")
    found = changes(source)
    assert len(found) > 50
    for change in found[::7]:
        changed = change.applied(source)
        assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(source))
        assert source.encode()[change.start : change.stop].decode() == change.before
        assert source.split("\n")[: change.line - 1] == changed.split("\n")[: change.line - 1]


def test_the_same_seed_chooses_the_same_changes_and_spreads_them():
    sources = {module: (ROOT / module).read_text(encoding="utf-8") for module in MODULES}
    one, again, other = (chosen(sources, 7, seed) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    for k in range(0, 6, 3):
        assert {module for module, _ in one[k : k + 3]} == set(MODULES)


def test_the_nearest_tests_of_a_module_come_first():
    formats = "tests/lstm_core/formats"
    (mirror, near), folder, everything = stages_of("lstm_core/formats/keras/cells.py", True)
    assert mirror == "mirror"
    assert set(near) >= {f"{formats}/test_keras.py", f"{formats}/test_keras_bad_files.py"}
    assert all(path.startswith(f"{formats}/test_keras") for path in near)
    assert (folder, everything) == (("folder", [formats]), ("all", ["tests/lstm_core"]))
    assert stages_of("lstm_core/demo.py")[0] == ("mirror", ["tests/lstm_core/test_demo.py"])


def test_modules_are_named_or_stand_in_a_named_folder():
    found = modules(["lstm_core/cells", "lstm_core/cells/lstm.py", "lstm_core/demo.py"])
    assert "lstm_core/cells/common.py" in found
    assert found.count("lstm_core/cells/lstm.py") == 1
    assert found[-1] == "lstm_core/demo.py"


@pytest.mark.slow  # starts pytest
def test_a_change_is_noticed_by_the_first_test_that_fails_and_leaves_nothing_behind(tmp_path):
    (tmp_path / "sums.py").write_text("def total(a, b):\n    return a + b\n")
    (tmp_path / "test_sums.py").write_text(
        "from sums import total\n\ndef test_total():\n    assert total(2, 2) == 4\n"
    )
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\npythonpath = ["."]\n')
    original = (tmp_path / "sums.py").read_text()
    by = {
        str(change): noticed(
            tmp_path, "sums.py", change.applied(original), [("mirror", ["test_sums.py"])], 60
        )
        for change in changes(original)
    }
    assert by == {"`a + b` → `(a - b)`": ("mirror", "test_sums.py::test_total")}
    doubled = original.replace("a + b", "a * b")
    assert noticed(tmp_path, "sums.py", doubled, [("mirror", ["test_sums.py"])], 60) is None
    assert (tmp_path / "sums.py").read_text() == original


@pytest.mark.slow  # starts pytest
def test_tests_that_do_not_come_to_an_end_have_noticed(tmp_path):
    (tmp_path / "test_long.py").write_text("def test_long():\n    while True:\n        pass\n")
    assert first_failure(tmp_path, ["test_long.py"], 0.5) == "not done after 0.5 s"
