"""What goes to a reading process and comes back: documents and arrays, never code.

An order holds the file and what `understand` is asked; an encoder's embedding stays with the
sender, who puts it back. The answer is an understanding or a refusal, as plain values: sequences
stand one behind the other in one array, with their lengths.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np

from lstm_core.model.encoders import Encoder, NumericEncoder, OneHotEncoder
from lstm_core.record import Array
from lstm_core.sequence import Sequence

from ...inputs import Column, Question, Table, Understanding, UploadError, understand
from ...inputs.understanding.notes import Tell
from ...inputs.understanding.vocabularies import Vocabulary

Contents = tuple[dict[str, Any], dict[str, Array]]


def order(
    name: str,
    data: bytes,
    encoder: Encoder,
    answers: Mapping[str, str],
    limit: int,
    vocabulary: Vocabulary | None,
) -> Contents:
    """Return the order to read a file, as a document and arrays."""
    document = {
        "name": name,
        "encoder": _encoder_document(encoder),
        "answers": dict(answers),
        "limit": limit,
        "vocabulary": None
        if vocabulary is None
        else {"name": vocabulary.name, "tokens": list(vocabulary.tokens.items())},
    }
    return document, {"data": np.frombuffer(data, np.uint8), **_encoder_arrays(encoder)}


def execute(document: Mapping[str, Any], arrays: Mapping[str, Array], tell: Tell) -> Contents:
    """Read the file of an order; return the understanding, or the refusal, to be sent back."""
    given = document["vocabulary"]
    try:
        seen = understand(
            document["name"],
            arrays["data"].tobytes(),
            _encoder(document["encoder"], arrays, ""),
            document["answers"],
            limit=document["limit"],
            vocabulary=Vocabulary(name=given["name"], tokens=dict(given["tokens"]))
            if given
            else None,
            tell=tell,
        )
    except UploadError as refusal:
        return {"refused": str(refusal), "choices": _plain(refusal.choices)}, {}
    return _packed(seen)


def answer(
    document: Mapping[str, Any], arrays: Mapping[str, Array], encoder: Encoder
) -> Understanding | UploadError:
    """Return what was sent back; `encoder` is the one of the order, whole."""
    choices = _questions(document["choices"])
    if "refused" in document:
        return UploadError(document["refused"], choices)
    columns = tuple(
        Column(**{**column, "first": tuple(column["first"])}) for column in document["columns"]
    )
    return Understanding(
        name=document["name"],
        table=Table(columns=columns, rows=document["rows"]),
        dialect=document["dialect"],
        sequences=_sequences(document, arrays),
        inputs=document["inputs"],
        remarks=tuple(document["remarks"]),
        questions=_questions(document["questions"]),
        choices=choices,
        encoder=_restored(document["encoder"], arrays, encoder),
        truth=_parts(arrays.get("truth"), document["truth lengths"]),
        truth_column=document["truth column"],
        truth_scaling=tuple(document["truth scaling"]),
    )


def _packed(seen: Understanding) -> Contents:
    sequences = seen.sequences
    known = {id(one.columns): one.columns for one in sequences}
    document = {
        "name": seen.name,
        "columns": _plain(seen.table.columns),
        "rows": seen.table.rows,
        "dialect": seen.dialect,
        "sequences": [
            [one.name, one.label, one.times, len(one), list(known).index(id(one.columns))]
            for one in sequences
        ],
        "sequence columns": list(known.values()),
        "alphabet": sequences[0].alphabet if sequences else (),
        "inputs": seen.inputs,
        "remarks": seen.remarks,
        "questions": _plain(seen.questions),
        "choices": _plain(seen.choices),
        "encoder": _encoder_document(seen.encoder),
        "truth lengths": [len(values) for values in seen.truth],
        "truth column": seen.truth_column,
        "truth scaling": seen.truth_scaling,
    }
    arrays = {
        "numbers": [one.numbers for one in sequences if one.numbers is not None],
        "places": [one.places for one in sequences if one.places is not None],
        "truth": list(seen.truth),
    }
    joined = {name: np.concatenate(pieces) for name, pieces in arrays.items() if pieces}
    return document, {**joined, **_encoder_arrays(seen.encoder, "own ")}


def _sequences(document: Mapping[str, Any], arrays: Mapping[str, Array]) -> tuple[Sequence, ...]:
    lengths = [length for _, _, _, length, _ in document["sequences"]]
    names = [tuple(columns) for columns in document["sequence columns"]]
    numbers, places = _parts(arrays.get("numbers"), lengths), _parts(arrays.get("places"), lengths)
    alphabet = tuple(document["alphabet"])
    return tuple(
        Sequence(
            numbers=numbers[k] if numbers else None,
            places=places[k] if places else None,
            alphabet=alphabet,
            name=name,
            label=label,
            times=None if times is None else tuple(times),
            columns=names[columns],
        )
        for k, (name, label, times, _, columns) in enumerate(document["sequences"])
    )


def _parts(joined: Array | None, lengths: list[int]) -> tuple[Array, ...]:
    """Arrays that stood one behind the other, each of its length."""
    if joined is None:
        return ()
    return tuple(np.split(joined, np.cumsum(lengths)[:-1]))


def _plain(records: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(one) for one in records]


def _questions(documents: list[dict[str, Any]]) -> tuple[Question, ...]:
    return tuple(Question(**{**one, "options": tuple(one["options"])}) for one in documents)


def _encoder_document(encoder: Encoder | None) -> dict[str, Any]:
    """What an encoder reads, without its numbers."""
    if encoder is None:
        return {}
    return {"columns": encoder.columns, "alphabet": encoder.alphabet}


def _encoder_arrays(encoder: Encoder | None, prefix: str = "") -> dict[str, Array]:
    if encoder is None or encoder.reads_symbols:
        return {}
    return {f"{prefix}offset": encoder.offset, f"{prefix}scale": encoder.scale}


def _encoder(
    document: Mapping[str, Any], arrays: Mapping[str, Array], prefix: str
) -> Encoder | None:
    """An encoder that reads the same; one of symbols has no embedding."""
    if f"{prefix}offset" in arrays:
        return NumericEncoder(
            columns=tuple(document["columns"]),
            offset=arrays[f"{prefix}offset"],
            scale=arrays[f"{prefix}scale"],
        )
    return OneHotEncoder(alphabet=tuple(document["alphabet"])) if document else None


def _restored(
    document: Mapping[str, Any], arrays: Mapping[str, Array], encoder: Encoder
) -> Encoder | None:
    """The encoder of an answer: the order's own, with the scaling or the names of the answer."""
    if encoder.reads_symbols and document:
        alphabet = tuple(document["alphabet"])
        same = alphabet == encoder.alphabet
        return encoder if same else dataclasses.replace(encoder, alphabet=alphabet)
    return _encoder(document, arrays, "own ")
