"""Sequences of symbols in a text: a text, a line each, or in the form of FASTA files."""

from __future__ import annotations

import re

from ..arrays import shown
from ..files import UploadError, counted
from .alphabets import Alphabet
from .drafts import expect_count
from .limits import MAX_SEQUENCES
from .notes import Notes, Undecided
from .padding import trimmed
from .spelling import Spelled

SAMPLE = 20_000  # characters in which lines are looked at before all are read
QUOTED = re.compile('"[^"]*"')
WRAPPED = 40  # symbols in the lines of a long text that was broken
EACH, JOINED = "Each line is a sequence", "All lines are one sequence"


def lines_spelled(text: str, alphabet: Alphabet, notes: Notes) -> list[Spelled]:
    """Return the sequences in a text: one where line breaks are symbols, else one per line."""
    if alphabet.lined:
        return _whole(text, alphabet, notes)
    if text.lstrip().startswith(">") and ">" not in alphabet.known:
        return _fasta(text, alphabet, notes)
    text = _without_quotes(text, alphabet, notes)
    _expect_few_lines(text, alphabet, notes)
    sequences = [
        Spelled(symbols=tuple(alphabet.read(line)), line=k, name=f"line {k}")
        for k, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]
    _say_left_out(text, alphabet, notes)
    sequences = [one for one in sequences if one.symbols]
    if not sequences:
        raise UploadError(f"{shown(notes.name)} has no symbols: give at least one.")
    return _one_or_many(sequences, alphabet, notes)


def _whole(text: str, alphabet: Alphabet, notes: Notes) -> list[Spelled]:
    """A text in which line breaks count; a sign in each line may be a column of signs."""
    lines = text.strip("\n").split("\n")
    if len(lines) > 2 and all(len(line) == 1 for line in lines):
        alone = notes.choose(
            "lines",
            "Each line holds one sign. Are the line breaks part of the text?",
            {"Yes, they are read": False, "No, a sign per line": True},
        )
        if alone is None:
            raise Undecided
        if alone:
            return [Spelled(symbols=tuple(lines), line=1)]
    return [Spelled(symbols=tuple(alphabet.cut(text)), line=1)]


def _without_quotes(text: str, alphabet: Alphabet, notes: Notes) -> str:
    """A text without the quotation marks around each of its lines."""
    filled = [line.strip() for line in text.split("\n") if line.strip()]
    if '"' in alphabet.known or not all(map(QUOTED.fullmatch, filled)):
        return text
    notes.remark("The quotation marks around each line are left out.")
    return "\n".join(line.strip().strip('"') for line in text.split("\n"))


def _expect_few_lines(text: str, alphabet: Alphabet, notes: Notes) -> None:
    """Raise UploadError, before they are read, for more lines than are sequences.

    Lines of one symbol, and those that look like one long text, are one sequence.
    """
    count = text.count("\n")
    if count <= MAX_SEQUENCES or notes.answers.get("lines") == JOINED:
        return
    first = [alphabet.read(line) for line in text[:SAMPLE].split("\n")[:-1] if line.strip()]
    lengths = {len(symbols) for symbols in first}
    if lengths != {1} and (len(lengths) > 1 or lengths.pop() < WRAPPED):
        expect_count(sum(1 for line in text.split("\n") if line.strip()), notes)


def _one_or_many(sequences: list[Spelled], alphabet: Alphabet, notes: Notes) -> list[Spelled]:
    if len(sequences) == 1:
        return [Spelled(symbols=sequences[0].symbols, line=sequences[0].line)]
    single = all(len(one.symbols) == 1 for one in sequences)
    wrapped = _is_wrapped(sequences)
    as_one = notes.choose(
        "lines",
        f"The text has {counted(len(sequences), 'line')} of symbols. What is a sequence?",
        {EACH: False, JOINED: True},
        JOINED if single or wrapped else EACH,
        ask=wrapped,
    )
    if as_one:
        notes.remark("All lines are read as one sequence, one after another.")
        symbols = tuple(symbol for one in sequences for symbol in one.symbols)
        return [Spelled(symbols=symbols, line=sequences[0].line)]
    expect_count(len(sequences), notes)
    notes.remark(f"I see {counted(len(sequences), 'sequence')}, one per line.")
    return trimmed(sequences, alphabet, notes)


def _is_wrapped(sequences: list[Spelled]) -> bool:
    """Whether lines look like one long text, broken at a fixed width."""
    lengths = [len(one.symbols) for one in sequences]
    return len(sequences) > 2 and len({*lengths[:-1]}) == 1 and WRAPPED <= lengths[0] > lengths[-1]


def _fasta(text: str, alphabet: Alphabet, notes: Notes) -> list[Spelled]:
    """The sequences of a FASTA file: a name behind `>`, and lines of symbols below it."""
    sequences: list[Spelled] = []
    name, line, symbols = "", 1, []  # type: str, int, list[str]
    for k, whole in enumerate([*text.split("\n"), ">"], start=1):
        if not whole.startswith(">"):
            symbols += alphabet.read(whole)
            continue
        if symbols:
            sequences.append(Spelled(symbols=tuple(symbols), line=line, name=name))
        name, line, symbols = whole[1:].strip(), k + 1, []
    expect_count(len(sequences), notes)
    if not sequences:
        raise UploadError(f"{shown(notes.name)} has no symbols below its names: give some.")
    notes.remark(
        f"I see {counted(len(sequences), 'sequence')}, each below its name, as in FASTA files."
    )
    return sequences


def _say_left_out(text: str, alphabet: Alphabet, notes: Notes) -> None:
    """Remark on what only separates symbols."""
    if not alphabet.lettered:
        signs = sorted(
            {sign for sign in ",;|[](){}" if sign in text and sign not in alphabet.known}
        )
        if signs:
            notes.remark(f"{' '.join(signs)} between the symbols: left out.")
        return
    inner = any(" " in line.strip() or "\t" in line.strip() for line in text.split("\n"))
    if inner and " " not in alphabet.known:
        notes.remark("White space between the symbols is left out.")
    signs = sorted({sign for sign in ",;|[](){}'\"" if sign in text and sign not in alphabet.known})
    if signs:
        notes.remark(f"{' '.join(signs)} between the symbols: left out.")
