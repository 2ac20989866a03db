"""The documentation names nothing that is not there: files, functions, links, anchors."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
PAGES += sorted((ROOT / "docs").rglob("*.md"))
FOLDERS = ("app/", "assets/", "benchmarks/", "docs/", "lstm_core/", "tests/")


def page(path: Path) -> str:
    """The path of a page as it is spelled in this project."""
    return path.relative_to(ROOT).as_posix()


def prose(path: Path) -> str:
    """A page without its blocks of code; of a table of renamed things only what is now."""
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    if path.name == "CHANGELOG.md":
        text = re.sub(r"^\| [^|\n]* \|", "|", text, flags=re.MULTILINE)
    return text


def spans(path: Path) -> list[str]:
    """What a page sets as code."""
    return re.findall(r"`([^`\n]+)`", prose(path))


@cache
def sources() -> str:
    """All our Python and JavaScript."""
    kinds = ("*.py", "*.js")
    files = (p for top in FOLDERS for kind in kinds for p in (ROOT / top).rglob(kind))
    return "\n".join(file.read_text("utf-8") for file in files)


@cache
def defined() -> set[str]:
    """The names of all our functions and classes."""
    return set(re.findall(r"\b(?:def|class|function)\s+(\w+)", sources()))


@cache
def first_words_and_strings() -> set[str]:
    """The names with which a line of ours begins, those of classes, and all strings of one word."""
    found = re.findall(r'^(?:class )?(\w+)|"(\w+)"', sources(), re.MULTILINE)
    return {name for pair in found for name in pair if name}


@pytest.mark.parametrize("path", PAGES, ids=page)
def test_every_file_and_folder_it_names_is_there(path: Path) -> None:
    named = [s for s in spans(path) if s.startswith(FOLDERS) and " " not in s and "NAME" not in s]
    assert [name for name in named if not any(ROOT.glob(name.rstrip("/")))] == []


@pytest.mark.parametrize("path", PAGES, ids=page)
def test_every_function_it_names_is_ours(path: Path) -> None:
    named = {found[1] for s in spans(path) if (found := re.fullmatch(r"(\w+)\([^)]*\)", s))}
    assert named - defined() == set()


@pytest.mark.parametrize("path", PAGES, ids=page)
def test_every_constant_and_record_it_names_is_ours(path: Path) -> None:
    named = {s for s in spans(path) if re.fullmatch(r"[A-Z]{3,}[A-Z_]*|[A-Z]+[a-z]\w*", s)}
    theirs = {"LSTM", "RNN", "SimpleRNN", "LSTMCell", "Wx", "Wh", "Any"}  # of other libraries
    assert named - theirs - first_words_and_strings() == set()


@pytest.mark.parametrize("path", PAGES, ids=page)
def test_every_link_leads_to_a_page_and_a_heading_that_are_there(path: Path) -> None:
    for target, _, anchor in re.findall(r"\]\(([^)#:]*)(#([\w-]+))?\)", prose(path)):
        file = path.parent / target if target else path
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}
            assert anchor in slugs, f"{target}#{anchor}"


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text("utf-8")
    listed = re.findall(r"^- ([\d-]{10}) \[(.*)\]\((.*)\)$", index, re.MULTILINE)
    kept = [
        (p.name[:10], p.read_text("utf-8").splitlines()[0].removeprefix("# "), p.name)
        for p in sorted(folder.glob("2*.md"))
    ]
    assert listed == kept


def test_every_decision_says_when_what_and_why() -> None:
    for path in (ROOT / "docs" / "decisions").glob("2*.md"):
        text = path.read_text("utf-8")
        assert f"Decided {path.name[:10]}." in text, path.name
        assert "**Decision.**" in text, path.name
        assert "**Why.**" in text, path.name
