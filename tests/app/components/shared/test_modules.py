"""Modules joined into one text mean what they meant apart, or are refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.components.shared.modules import JoinError, join_modules, read_module


def joined(folder: Path, **files: str) -> str:
    """Join `entry` with the other files; a name's `_` is the dot before "js"."""
    for name, source in files.items():
        (folder / f"{name}.js").write_text(source, encoding="utf-8")
    return join_modules(folder / "entry.js")


def code(text: str) -> str:
    """The joined text without the comments that name the files, on one line."""
    return " ".join(re.sub(r"(?m)^// .*$", "", text).split())


def test_a_module_stands_behind_all_that_it_imports(tmp_path: Path) -> None:
    text = joined(
        tmp_path,
        entry='import { a } from "./a.js";\nimport { b } from "./b.js";\na(b);',
        a='import { b } from "./b.js";\nexport function a(x) { return x + b; }',
        b="export const b = 1;",
    )
    assert code(text) == "const b = 1; function a(x) { return x + b; } a(b);"
    assert re.findall(r"(?m)^// (.*)$", text) == ["b.js", "a.js", "entry.js"]


def test_the_entry_keeps_its_default_export_and_loses_the_others(tmp_path: Path) -> None:
    text = joined(tmp_path, entry="export default function mount() {}\nexport let n = 2;")
    assert code(text) == "export default function mount() {} let n = 2;"


def test_an_import_may_reach_over_lines_and_into_other_folders(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "a.js").write_text("export const one = 1;")
    entry = 'import {\n  one,\n} from "../shared/a.js";\none;'
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "entry.js").write_text(entry)
    text = join_modules(tmp_path / "own" / "entry.js")
    assert code(text) == "const one = 1; one;"
    assert "// ../shared/a.js" in text


def test_the_text_depends_on_nothing_but_the_files(tmp_path: Path, monkeypatch) -> None:
    first = joined(tmp_path, entry='import { a } from "./a.js";\na;', a="export const a = 1;")
    monkeypatch.chdir(tmp_path)
    assert join_modules(Path("entry.js")) == first


def test_what_is_quoted_is_neither_an_import_nor_a_declaration(tmp_path: Path) -> None:
    source = """
// import { a } from "./missing.js";
/* export const hidden = 1;
function hidden() {} */
const text = "function hidden() {}", pattern = /["'`] const hidden = 2;/;
const template = `
export const hidden = 3; ${[`}`, "}", { a: 1 }].map(() => `const hidden`)}
function hidden() {}
`;
const half = text.length / 2; // " / const hidden = 4;
function shown() { const hidden = 5; return hidden; }
class Shown { function() { return this.import; } }
"""
    (tmp_path / "a.js").write_text(source)
    module = read_module(tmp_path / "a.js")
    assert module.declares == ("text", "pattern", "template", "half", "shown", "Shown")
    assert module.exports == ()
    quoted = source[source.index("const text") : source.index("const half")]
    assert quoted in module.code


def test_comments_go_and_what_they_stood_beside_stays(tmp_path: Path) -> None:
    source = """// A file.

/**
 * A function.
 */
function f(/** @type {number} */ a) {
  // on a line of its own
  return a; // beside code
}

const text = `
  // no comment

  /* nor this */`;
"""
    (tmp_path / "a.js").write_text(source)
    assert (
        read_module(tmp_path / "a.js").code
        == """
function f( a) {
  return a;
}

const text = `
  // no comment

  /* nor this */`;
"""
    )


def test_every_name_of_an_exported_declaration_is_exported(tmp_path: Path) -> None:
    source = (
        "const own = [1, 2];\nexport const a = (x, y) => [x, y], b = { c: 1, d: 2 };\n"
        "export async function e() {}\nexport class F {}"
    )
    (tmp_path / "a.js").write_text(source)
    module = read_module(tmp_path / "a.js")
    assert module.declares == ("own", "a", "b", "e", "F")
    assert module.exports == ("a", "b", "e", "F")


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {"entry": 'import { a } from "./a.js";\nconst own = 1;', "a": "export let a, own;"},
            "own is declared in a.js and in entry.js: joined modules share one scope",
        ),
        (
            {
                "entry": 'import { a } from "./a.js";',
                "a": 'import { b } from "./b.js";\nexport const a = b;',
                "b": 'import { a } from "./a.js";\nexport const b = a;',
            },
            "modules import each other in a circle: a.js -> b.js -> a.js",
        ),
        ({"entry": 'import { a } from "./a.js";'}, "a.js is imported and cannot be read"),
        (
            {"entry": 'import { a } from "./a.js";', "a": "const a = 1;"},
            "entry.js imports a, which a.js does not export",
        ),
        (
            {"entry": 'import { a } from "./a.js";', "a": "export const a = 1; export default a;"},
            "a.js is imported: only the entry has a default export",
        ),
        ({"entry": 'import { a } from "lodash";'}, "line 1: an import of the package 'lodash'"),
        ({"entry": '\nimport { a as b } from "./a.js";'}, "line 2: an import under another name"),
        ({"entry": 'import * as a from "./a.js";'}, "line 1: this import cannot be joined"),
        ({"entry": 'import a from "./a.js";'}, "line 1: this import cannot be joined"),
        ({"entry": 'import "./a.js";'}, "line 1: this import cannot be joined"),
        ({"entry": "\n\nexport { a };"}, "line 3: this export cannot be joined"),
        ({"entry": 'export * from "./a.js";'}, "line 1: this export cannot be joined"),
        ({"entry": "f(() => import('./a.js'));"}, "line 1: an import inside the code"),
        ({"entry": "import.meta.url;"}, "line 1: an import inside the code"),
        ({"entry": "const { a } = b;"}, "line 1: a constant taken apart at the top level"),
    ],
)
def test_what_would_mean_something_else_in_one_scope_is_refused(
    tmp_path: Path, files: dict[str, str], sentence: str
) -> None:
    with pytest.raises(JoinError, match=re.escape(sentence)):
        joined(tmp_path, **files)
