"""Symbols read by a vocabulary: a file of ids, or of tokens, for a network of either.

The file is read as if it held ids and as if it held tokens. What can be read in one way alone is
read so; where both are possible the reader is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from lstm_core.model.encoders import EmbeddingEncoder, OneHotEncoder
from lstm_core.record import Array
from lstm_core.sequence import Sequence

from ..arrays import shown
from ..files import UploadError
from ..questions import Question
from .alphabets import Alphabet
from .notes import Notes
from .report import Understanding
from .vocabularies import Vocabulary, own_vocabulary

SymbolEncoder = OneHotEncoder | EmbeddingEncoder
Read = Callable[[SymbolEncoder, Mapping[str, str]], Understanding]

VOCABULARY = "vocabulary"
"""The id of the choice of a vocabulary. It has no options: a vocabulary is a file of its own."""

HOLDS = "ids"  # the id of the question what the file holds
NUMBER = re.compile(r"'[0-9]+'")  # a symbol that a refusal names
LEAST = 11  # ids, so that some have two digits and "23" is one of them
IDS, TOKENS = "Ids, a number for each token", "Tokens"


def understanding_of_symbols(
    name: str,
    encoder: SymbolEncoder,
    answers: Mapping[str, str],
    vocabulary: Vocabulary | None,
    read: Read,
) -> Understanding:
    """Return what a file means to a network of symbols; `read` reads it by an encoder.

    Where the network's symbols are ids, or the file holds ids for a network of tokens, the choices
    of what is returned or raised offer a vocabulary.
    """
    if vocabulary is not None:
        return _by_vocabulary(name, encoder, vocabulary, answers, read)
    is_numbered = Alphabet(symbols=encoder.alphabet).ids
    try:
        seen = read(encoder, answers)
    except UploadError as refusal:
        if is_numbered:
            raise _with_choices(refusal, _offer()) from None
        return _by_places(name, encoder, answers, read, refusal)
    return _chosen(seen, _offer()) if is_numbered else seen


def covers(vocabulary: Vocabulary, encoder: SymbolEncoder) -> bool:
    """Return whether a vocabulary names at least half of what a network reads."""
    alphabet, tokens = encoder.alphabet, vocabulary.tokens
    if Alphabet(symbols=alphabet).ids:
        named = sum(int(symbol) in tokens for symbol in alphabet)
        return len(tokens) == named >= len(alphabet) / 2
    return len({*alphabet} & {*tokens.values()}) >= len(alphabet) / 2


def _offer(vocabulary: Vocabulary | None = None) -> Question:
    return Question(
        id=VOCABULARY,
        text="Which vocabulary says the token behind each id?",
        options=(),
        answer=vocabulary.name if vocabulary else None,
        asked=False,
    )


def _chosen(seen: Understanding, *first: Question) -> Understanding:
    """An understanding with further choices before its own; those without an answer are open."""
    asked = tuple(q for q in first if q.asked and q.answer is None)
    return replace(seen, choices=(*first, *seen.choices), questions=(*asked, *seen.questions))


def _with_choices(refusal: UploadError, *first: Question) -> UploadError:
    return UploadError(str(refusal), (*first, *refusal.choices))


def _by_vocabulary(
    name: str,
    encoder: SymbolEncoder,
    vocabulary: Vocabulary,
    answers: Mapping[str, str],
    read: Read,
) -> Understanding:
    """The file read by a vocabulary of the reader's: its ids, or its tokens."""
    named, offer = _named(encoder, vocabulary), _offer(vocabulary)
    ways = {
        IDS: _tried(lambda: _by_ids(name, encoder, named, vocabulary, answers, read)),
        TOKENS: _tried(lambda: read(named, answers)),
    }
    possible = {text: seen for text, seen in ways.items() if isinstance(seen, Understanding)}
    if not possible:
        raise _with_choices(_blamed(ways), offer)
    notes = Notes(name, answers)
    if len({_ids(seen) for seen in possible.values()}) > 1:
        taken = notes.choose(
            HOLDS, f"By {shown(vocabulary.name)} the file can be read in two ways.", possible
        )
        seen = taken or replace(possible[TOKENS], sequences=())
    else:
        seen = next(iter(possible.values()))
        seen = replace(seen, remarks=(_said(seen, vocabulary, IDS in possible), *seen.remarks))
    return _chosen(seen, offer, *notes.choices)


def _said(seen: Understanding, vocabulary: Vocabulary, are_ids: bool) -> str:
    """By which vocabulary a file is read, with an example where it holds ids."""
    if not are_ids:
        return f"The tokens are those of the vocabulary {shown(vocabulary.name)}."
    example = _example(seen, vocabulary)
    return f"The ids are those of the vocabulary {shown(vocabulary.name)}{example}."


def _example(seen: Understanding, vocabulary: Vocabulary) -> str:
    """How the first symbol is read, in words."""
    symbol = next((one.symbols[0] for one in seen.sequences if one.symbols), None)
    number = next((k for k, token in vocabulary.tokens.items() if token == symbol), None)
    return "" if symbol is None or number is None else f", so that {number} is {shown(symbol)!r}"


def _tried(read: Callable[[], Understanding]) -> Understanding | UploadError:
    try:
        return read()
    except UploadError as refusal:
        return refusal


def _blamed(ways: Mapping[str, Understanding | UploadError]) -> UploadError:
    """The refusal that fits what the file holds: that of its ids where a number is no token."""
    ids, tokens = ways[IDS], ways[TOKENS]
    assert isinstance(ids, UploadError)
    assert isinstance(tokens, UploadError)
    return ids if NUMBER.search(str(tokens)) else tokens


def _ids(seen: Understanding) -> tuple[str, ...]:
    return tuple(sequence.id for sequence in seen.sequences)


def _named(encoder: SymbolEncoder, vocabulary: Vocabulary) -> SymbolEncoder:
    """The network whose ids are called by their tokens; one of tokens as it is.

    Raises UploadError for a vocabulary that is another network's.
    """
    alphabet, tokens = encoder.alphabet, vocabulary.tokens
    advice = "give the vocabulary that it was trained with"
    if not Alphabet(symbols=alphabet).ids:
        if not set(alphabet) & set(tokens.values()):
            raise UploadError(
                f"{shown(vocabulary.name)} has none of this network's symbols, such as "
                f"{shown(alphabet[0])!r}: {advice}."
            )
        return encoder
    known = set(alphabet)
    beyond = next((number for number in tokens if str(number) not in known), None)
    if beyond is not None:
        raise UploadError(
            f"{shown(vocabulary.name)} has the token {shown(tokens[beyond])!r} with the id "
            f"{beyond}: this network reads the ids {alphabet[0]} to {alphabet[-1]}; {advice}."
        )
    taken = set(tokens.values())
    return replace(
        encoder,
        alphabet=tuple(
            tokens.get(int(number), f"<{number}>" if number in taken else number)
            for number in alphabet
        ),
    )


def _by_ids(
    name: str,
    encoder: SymbolEncoder,
    named: SymbolEncoder,
    vocabulary: Vocabulary,
    answers: Mapping[str, str],
    read: Read,
) -> Understanding:
    """The file read as ids: each becomes the network's place of its token.

    Raises UploadError for an id without a token, and for a token that the network does not have.
    """
    if Alphabet(symbols=encoder.alphabet).ids:
        seen = read(encoder, answers)
        places = np.arange(len(encoder.alphabet))
    else:
        count = max(vocabulary.largest + 1, LEAST)
        seen = read(OneHotEncoder(alphabet=tuple(map(str, range(count)))), answers)
        known = {symbol: k for k, symbol in reversed(tuple(enumerate(named.alphabet)))}
        known_places = (known.get(vocabulary.tokens.get(number, ""), -1) for number in range(count))
        places = np.fromiter(known_places, np.int64, count)
    notes = Notes(name)
    sequences = tuple(_translated(one, places, named, vocabulary, notes) for one in seen.sequences)
    remarks = (*seen.remarks, *notes.remarks)
    return replace(seen, sequences=sequences, encoder=named, remarks=remarks)


def _translated(
    sequence: Sequence, places: Array, named: SymbolEncoder, vocabulary: Vocabulary, notes: Notes
) -> Sequence:
    """A sequence of ids as one of the network's symbols."""
    assert sequence.places is not None
    translated = places[sequence.places]
    strange = np.flatnonzero(translated < 0)
    if len(strange):
        number = int(sequence.places[strange[0]])
        where = f"{shown(sequence.name)}, position {strange[0] + 1:,}"
        unknown = Alphabet(symbols=named.alphabet).unknown
        token = vocabulary.tokens.get(number)
        what = "is in no line" if token is None else f"is {shown(token)!r}"
        sentence = f"{where}: the id {number} {what} of the vocabulary {shown(vocabulary.name)}"
        if unknown is None or len(strange) > 0.5 * len(translated):
            raise UploadError(
                f"{shown(notes.name)}, {sentence}, which this network does not read: give the "
                "vocabulary that belongs to the file."
            )
        notes.remark(f"{sentence}; such ids are read as {unknown!r}.")
        translated = np.where(translated < 0, named.alphabet.index(unknown), translated)
    return replace(sequence, places=translated, alphabet=named.alphabet)


def _by_places(
    name: str,
    encoder: SymbolEncoder,
    answers: Mapping[str, str],
    read: Read,
    refusal: UploadError,
) -> Understanding:
    """A file of whole numbers for a network of tokens: asked whether they are places of these.

    Raises the refusal where it holds anything else, which the symbol that it names may say.
    """
    if not NUMBER.search(str(refusal)):
        raise refusal
    own = own_vocabulary(encoder.alphabet)
    seen = _tried(lambda: _by_ids(name, encoder, encoder, own, answers, read))
    if isinstance(seen, UploadError):
        raise refusal
    notes = Notes(name, answers)
    taken = notes.choose(
        HOLDS,
        "The file holds whole numbers. Are they places in the network's alphabet"
        f"{_example(seen, own)}?",
        {"Yes, counted from 0": True, "No": False},
    )
    if taken is False:
        raise _with_choices(refusal, *notes.choices, _offer())
    seen = seen if taken else replace(seen, sequences=())
    return _chosen(seen, *notes.choices, _offer())
