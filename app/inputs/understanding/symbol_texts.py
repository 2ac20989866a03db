"""Sequences of symbols in a text: a text, a line each, or in the form of FASTA files."""

from __future__ import annotations

import re
from itertools import pairwise

from ..arrays import shown
from ..files import UploadError, counted
from .alphabets import Alphabet
from .drafts import expect_count
from .limits import MAX_SEQUENCES
from .notes import Notes, Undecided
from .padding import trimmed
from .signs import is_sign, spelt
from .spelling import Spelled

SAMPLE = 20_000  # characters in which lines are looked at before all are read
QUOTED = re.compile('"[^"]*"')
WRAPPED = 40  # symbols in the lines of a long text that was broken
BLOCK = 5  # symbols, from which pieces of one length may be a long text in blocks
EACH, JOINED = "Each line is a sequence", "All lines are one sequence"
BLOCKS = "Each blank line begins a new sequence"
WHOLE_LINE = "Each line is a sequence, without its white space"


def lines_spelled(text: str, alphabet: Alphabet, notes: Notes) -> list[Spelled]:
    """Return the sequences in a text: one where line breaks are symbols, else one per line."""
    if alphabet.lined:
        return _whole(text, alphabet, notes)
    if text.lstrip().startswith(">") and ">" not in alphabet.known:
        return _fasta(text, alphabet, notes)
    text = _without_quotes(text, alphabet, notes)
    pieces = _pieces(text, alphabet, notes)
    if pieces:
        return pieces
    _expect_few_lines(text, alphabet, notes)
    spaces = _spaces_count(text, alphabet)
    sequences = [
        Spelled(symbols=tuple(alphabet.read(line)), line=k, name=f"line {k}")
        for k, line in enumerate(text.split("\n"), start=1)
        if line.strip() or (spaces and line)
    ]
    _expect_no_gaps(text, alphabet, notes)
    _say_left_out(text, alphabet, notes)
    sequences = [one for one in sequences if one.symbols]
    if not sequences:
        raise UploadError(f"{shown(notes.name)} has no symbols: give at least one.")
    return _one_or_many(sequences, alphabet, notes)


def _separates(line: str, alphabet: Alphabet) -> bool:
    """Whether the signs in a line only stand between symbols."""
    if alphabet.ids:
        return alphabet.is_readable(line)
    return alphabet.separated(line) is not None


def _spaces_count(text: str, alphabet: Alphabet) -> bool:
    """Whether a line of a space is a symbol: each line holds one."""
    if " " not in alphabet.known or not any(line.isspace() for line in text.split("\n")):
        return False
    return all(len(alphabet.read(line)) == 1 for line in text.split("\n") if line)


def _pieces(text: str, alphabet: Alphabet, notes: Notes) -> list[Spelled]:
    """Sequences apart by white space in lines of letters, where the reader says so; else none."""
    lines = [line.split() for line in text.split("\n")]
    if not _may_be_apart(lines, alphabet):
        return []
    first = next(pieces for pieces in lines if len(pieces) > 1)
    sizes = [len(piece) for pieces in lines for piece in pieces]
    blocks = len(sizes) > 2 and sizes[0] >= BLOCK and {*sizes[:-1]} == {sizes[0]}
    apart = notes.require(
        "pieces",
        f"White space parts a line into pieces such as {shown(first[0])!r} and "
        f"{shown(first[1])!r}. What is a sequence?",
        {"Each piece is a sequence": True, WHOLE_LINE: False},
        WHOLE_LINE if blocks else None,
    )
    if not apart:
        return []
    expect_count(len(sizes), notes)
    notes.remark(f"I see {counted(len(sizes), 'sequence')}, apart by white space.")
    given = [
        Spelled(symbols=tuple(alphabet.read(piece)), line=line, name=f"line {line}, piece {k}")
        for line, pieces in enumerate(lines, start=1)
        for k, piece in enumerate(pieces, start=1)
    ]
    return trimmed([one for one in given if one.symbols], alphabet, notes)


def _may_be_apart(lines: list[list[str]], alphabet: Alphabet) -> bool:
    """Whether white space may part sequences of letters: no piece is a single symbol."""
    if not alphabet.lettered or alphabet.ids or " " in alphabet.known:
        return False
    first = next((pieces for pieces in lines if len(pieces) > 1), [])
    if not first or any(s not in alphabet.known for piece in first for s in alphabet.cut(piece)):
        return False
    return all(len(alphabet.cut(piece)) > 1 for pieces in lines for piece in pieces)


def _expect_no_gaps(text: str, alphabet: Alphabet, notes: Notes) -> None:
    """Raise UploadError for nothing between two signs that stand between symbols."""
    signs = [sign for sign in ",;|" if sign in text and sign not in alphabet.known]
    if not signs or not (alphabet.ids or alphabet.lettered):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        for sign in signs:
            cells = [cell.strip() for cell in line.split(sign)]
            while cells and not cells[-1]:
                cells.pop()
            start = 1 if sign == "|" else 0  # a line may begin with one
            if "" in cells[start:] and _separates(line, alphabet):
                place = cells.index("", start) + 1
                raise UploadError(
                    f"{shown(notes.name)}, line {number:,}, has nothing in place {place:,}, before "
                    f"a {sign!r}, and symbols behind it: expected a symbol; fill it in, or take "
                    f"one {sign!r} away."
                )


def _whole(text: str, alphabet: Alphabet, notes: Notes) -> list[Spelled]:
    """A text in which line breaks count; a sign in each line may be a column of signs."""
    lines = text.strip("\n").split("\n")
    if len(lines) > 2 and all(is_sign(line, alphabet) for line in lines):
        alone = notes.choose(
            "lines",
            "Each line holds one sign. Are the line breaks part of the text?",
            {"Yes, they are read": False, "No, a sign per line": True},
        )
        if alone is None:
            raise Undecided
        if alone:
            return [Spelled(symbols=tuple(spelt(line, alphabet) for line in lines), line=1)]
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
        whole = [Spelled(symbols=sequences[0].symbols, line=sequences[0].line)]
        return trimmed(whole, alphabet, notes)
    single = all(len(one.symbols) == 1 for one in sequences)
    wrapped = _is_wrapped(sequences)
    blocks = _blocks(sequences) if single else []
    options = (EACH, JOINED, BLOCKS) if blocks else (EACH, JOINED)
    answer = notes.choose(
        "lines",
        f"The text has {counted(len(sequences), 'line')} of symbols. What is a sequence?",
        {option: option for option in options},
        BLOCKS if blocks else JOINED if single or wrapped else EACH,
        ask=wrapped or bool(blocks),
    )
    if answer == JOINED:
        notes.remark("All lines are read as one sequence, one after another.")
        return [_joined(sequences)]
    if answer == BLOCKS:
        notes.remark(f"I see {counted(len(blocks), 'sequence')}, apart by blank lines.")
        sequences = [_joined(block) for block in blocks]
    else:
        notes.remark(f"I see {counted(len(sequences), 'sequence')}, one per line.")
    expect_count(len(sequences), notes)
    return trimmed(sequences, alphabet, notes)


def _joined(lines: list[Spelled]) -> Spelled:
    """Lines of symbols as one sequence."""
    symbols = tuple(symbol for one in lines for symbol in one.symbols)
    return Spelled(symbols=symbols, line=lines[0].line, name=lines[0].name)


def _blocks(lines: list[Spelled]) -> list[list[Spelled]]:
    """Lines in blocks between blank lines; none where there are no such, or one behind each."""
    starts = [k for k in range(1, len(lines)) if lines[k].line != lines[k - 1].line + 1]
    if not 0 < len(starts) <= 0.4 * len(lines):
        return []
    return [lines[a:b] for a, b in pairwise([0, *starts, len(lines)])]


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
