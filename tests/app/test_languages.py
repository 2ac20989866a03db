"""Every language says all that English says, with the same slots, and nothing is said for nobody.

What is checked are the folders of `app/words` and `app/lessons`, of languages that are offered and
of those that are being written.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from app.components.stage.cards import PHASES
from app.lessons import Lesson, Step, lesson_names, read_lesson
from app.words import common, memory
from app.words.entry import Entry
from app.words.language import ENGLISH, LANGUAGES, speak, speaking, spoken
from tests.app.pages import ROOT

WORDS, LESSONS = ROOT / "app" / "words", ROOT / "app" / "lessons"
FOLDERS = sorted(path.parent.name for path in WORDS.glob("*/common.py"))
OTHERS = [folder for folder in FOLDERS if folder != ENGLISH.folder]
MODULES = sorted(path.stem for path in (WORDS / ENGLISH.folder).glob("[a-z]*.py"))
SLOT = re.compile(r"\{([^{}]*)\}")
WORD = re.compile(r"[^\W\d_]{2,}")

SAME = {
    "{number} / {scale:.4g}": "a formula",
    "kernel, recurrent_kernel": "Keras's names",
    "n (PyTorch), hh (Keras), h̃ (Colah)": "names in libraries",
    "Cho et al. 2014": "a source",
    " (order kept)": "how an answer is spelled",
}
"""What reads alike in two languages though it has more than one word, and why."""


@cache
def module(folder: str, name: str) -> Any:
    return import_module(f"app.words.{folder}.{name}")


@cache
def tree(folder: str, name: str) -> ast.Module:
    return ast.parse((WORDS / folder / f"{name}.py").read_text(encoding="utf-8"))


def public(folder: str, name: str) -> dict[str, Any]:
    """What a module of words offers: what it defines itself, by name."""
    return {key: vars(module(folder, name))[key] for key in defined(tree(folder, name))}


def defined(parsed: ast.Module) -> Iterator[str]:
    for node in parsed.body:
        if isinstance(node, ast.FunctionDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [part.id for t in targets for part in ast.walk(t) if isinstance(part, ast.Name)]
        else:
            continue
        yield from (name for name in names if not name.startswith("_"))


def shape(value: Any) -> Any:
    """What two twins have in common: parameters, keys, lengths, slots; a number as it is."""
    if inspect.isfunction(value):
        return [(p.name, p.kind, p.default) for p in inspect.signature(value).parameters.values()]
    if isinstance(value, str):
        return set(SLOT.findall(value))
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [shape(part) for part in value]
    return type(value) if isinstance(value, Entry) else value


@pytest.mark.parametrize("folder", OTHERS)
def test_a_language_has_every_module_of_english_and_no_other(folder):
    assert sorted(path.stem for path in (WORDS / folder).glob("[a-z]*.py")) == MODULES


@pytest.mark.parametrize("name", [name for name in MODULES if name not in ("core", "demos")])
@pytest.mark.parametrize("folder", OTHERS)
def test_a_module_has_every_name_of_its_english_twin_in_the_same_shape(folder, name):
    own, english = public(folder, name), public(ENGLISH.folder, name)
    assert own.keys() == english.keys()
    for key, value in english.items():
        assert shape(own[key]) == shape(value), key


def documentation(parsed: ast.Module) -> Iterator[int]:
    """The ids of the texts that document a module, its classes, functions and constants."""
    for part in ast.walk(parsed):
        if isinstance(part, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield from (id(node.value) for node in part.body if isinstance(node, ast.Expr))


def sentences(folder: str, name: str) -> set[str]:
    """The texts of several words in a module, but for what documents it, and keys of tables."""
    parsed = list(ast.walk(tree(folder, name)))
    keys = (key for part in parsed if isinstance(part, ast.Dict) for key in part.keys)
    silent = {*map(id, keys), *documentation(tree(folder, name))}
    texts = (
        node.value
        for node in parsed
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in silent
    )
    return {text for text in texts if len(WORD.findall(SLOT.sub("", text))) > 1 and " " in text}


@pytest.mark.parametrize("folder", OTHERS)
def test_no_sentence_is_left_in_english(folder):
    left = {
        text
        for name in MODULES
        for text in sentences(folder, name) & sentences(ENGLISH.folder, name)
    }
    assert left - SAME.keys() == set()


@cache
def used_names() -> frozenset[str]:
    """Every name that the app asks for: as an attribute, or in the module that defines it."""
    parsed = [
        ast.parse(path.read_text(encoding="utf-8"))
        for path in (ROOT / "app").rglob("*.py")
        if not set(OTHERS) & set(path.parts)
    ]
    nodes = [node for each in parsed for node in ast.walk(each)]
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    loads = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    return frozenset(attributes | loads)


@pytest.mark.parametrize("name", MODULES)
def test_every_sentence_is_used(name):
    assert public(ENGLISH.folder, name).keys() - used_names() == set()


@cache
def spelled() -> tuple[re.Pattern[str], ...]:
    """How the stage spells names: as they stand, or with a word in an f-string's braces."""
    parts = [
        [node] if isinstance(node, ast.Constant) else node.values
        for path in (ROOT / "app" / "components" / "stage").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant | ast.JoinedStr)
    ]
    texts = [
        [str(part.value) if isinstance(part, ast.Constant) else None for part in spelling]
        for spelling in parts
    ]
    names = [
        text for text in texts if any(text) and not re.search(r"\W", "".join(filter(None, text)))
    ]
    return tuple(re.compile("".join(part or r"\w+" for part in name)) for name in names)


def test_every_template_of_a_caption_is_used():
    names = module(ENGLISH.folder, "captions").TEMPLATES
    unsaid = [name for name in names if not any(p.fullmatch(name) for p in spelled())]
    folder = ROOT / "app" / "components" / "stage" / "js" / "caption"
    scripts = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.js"))
    assert [name for name in unsaid if f'"{name}"' not in scripts] == []


SAID = re.compile(r'\bsay\(\s*(?:"([^"]*)"|`([^`]*)`|[^"`,()]*\? *"([^"]*)" : "([^"]*)")')


@pytest.mark.parametrize("name", ["stage", "workbench"])
def test_what_the_browser_says_is_in_its_table_and_all_of_the_table_is_said(name):
    folder = ROOT / "app" / "components" / name
    scripts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.js"))]
    names = {one for text in scripts for found in SAID.findall(text) for one in found if one}
    patterns = [re.compile(re.sub(r"\$\{[^}]*\}", r"\\w+", each)) for each in names]
    table = module(ENGLISH.folder, name).TABLE
    assert {each for each in names if "$" not in each} <= table.keys()
    python = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py"))
    unsaid = {key for key in table if not any(p.fullmatch(key) for p in patterns)}
    assert {key for key in unsaid if f'"{key}"' not in "".join(scripts) + python} == set()


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_part_of_a_drawing_is_explained_in_every_language(folder):
    parts = {f"{kind}.{part}" for kind, phases in PHASES.items() for part in phases}
    assert parts <= module(folder, "glossary").ENTRIES.keys()


def test_a_language_is_one_folder_of_words_and_one_of_lessons():
    assert {language.folder for language in LANGUAGES.values()} <= set(FOLDERS)
    assert sorted(path.parent.name for path in LESSONS.glob("*/story.toml")) == FOLDERS


@pytest.mark.parametrize("folder", OTHERS)
def test_a_lesson_has_the_same_steps_in_every_language(folder):
    files = sorted(path.stem for path in (LESSONS / folder).glob("*.toml"))
    assert files == sorted(lesson_names())
    for name in files:
        own, english = read(folder, name), read(ENGLISH.folder, name)
        assert (own.order, own.minutes) == (english.order, english.minutes)
        assert [told(step) for step in own.steps] == [told(step) for step in english.steps]


def read(folder: str, name: str) -> Lesson:
    return read_lesson(name, (LESSONS / folder / f"{name}.toml").read_text(encoding="utf-8"))


def told(step: Step) -> tuple[Any, ...]:
    """All of a step that is no word: where it stands, what it claims, its numbers and its links."""
    asked = step.question
    texts = [step.text, step.task, *([asked.ask, asked.because] if asked else [])]
    place = (step.network, step.sequence, step.timestep, step.unit)
    done = (step.until_timestep, step.until_unit, step.claims)
    question = asked and (asked.reveal, len(asked.options), asked.options.index(asked.right))
    numbers = Counter(found for text in texts for found in SLOT.findall(text))
    links = Counter(found for text in texts for found in re.findall(r"\]\((\w+)\)", text))
    return place, done, question, numbers, links


def test_a_name_is_looked_up_in_the_language_that_is_spoken_then():
    assert memory.TITLE == module("english", "memory").TITLE
    for code, language in LANGUAGES.items():
        with speaking(code):
            assert memory.TITLE == module(language.folder, "memory").TITLE
            assert spoken() is language
    assert spoken() is ENGLISH


def test_a_language_that_is_not_offered_cannot_be_spoken():
    with pytest.raises(KeyError):
        speak("tlh")


def test_what_no_language_says_is_an_error():
    with pytest.raises(AttributeError):
        _ = common.NOT_A_SENTENCE  # type: ignore[attr-defined]
    with pytest.raises(ImportError):
        from app.words import not_a_module  # type: ignore[attr-defined]  # noqa: F401


def without_words(path: Path) -> Iterator[str]:
    """The sentences in a file of the page that are no words module's: errors are a program's."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        yield from re.findall(
            r'"([A-Z][a-z]+ [a-z]+[^"]*)"', re.sub(r"//.*|/\*[\s\S]*?\*/", "", text)
        )
        return
    parsed = ast.parse(text)
    errors = [node for node in ast.walk(parsed) if isinstance(node, ast.Raise)]
    raised = [part for error in errors for part in ast.walk(error)]
    said = [n for n in ast.walk(parsed) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    apart = {*map(id, raised), *documentation(parsed)}
    for value in (str(node.value) for node in said if id(node) not in apart):
        plain = re.sub(r"<[^>]*>?|[\w-]+=\S*|^[^<]*>", "", value)
        if re.match(r"[A-Z][a-z]+ [a-z]+ [a-z]+", plain):
            yield value


@pytest.mark.parametrize("folder", ["components", "figures", "screens", "session"])
def test_no_sentence_of_the_page_stands_outside_of_its_words(folder):
    files = [path for path in (ROOT / "app" / folder).rglob("*") if path.suffix in (".js", ".py")]
    found = [(path.name, text) for path in files for text in without_words(path)]
    assert [each for each in found if each[0] != "subjects.py"] == []  # its texts are the core's
