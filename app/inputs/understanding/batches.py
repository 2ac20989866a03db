"""Sequences of one length that an array holds, and which of their timesteps only fill them up.

Frameworks want sequences of one length in a batch: shorter ones are filled up at one end, and an
array of lengths, a mask, or nothing but the numbers says where. A framework that heeds the mask
skips these timesteps, so they are left out here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from lstm_core.record import Array, record

from ..arrays import shown
from ..files import counted
from .drafts import expect_count
from .notes import Notes

LENGTHS = ("length", "lengths", "len", "lens", "seq_len", "sequence_length", "sequence_lengths")
LABELS = ("y", "label", "labels", "target", "targets", "y_train", "y_test", "classes")
GROUPS = ("group", "groups", "id", "ids", "series", "series_id", "sequence", "sequence_id")
MASKS_OF_WHAT_IS_READ = ("attention_mask", "input_mask", "sequence_mask")
MASKS_OF_PADDING = ("padding_mask", "pad_mask", "key_padding_mask", "src_key_padding_mask")
UNCLEAR_MASKS = ("mask", "masks", "valid", "valid_mask", "mask_train", "mask_test")
MASKS = (*MASKS_OF_WHAT_IS_READ, *MASKS_OF_PADDING, *UNCLEAR_MASKS)

ONE_IS_READ, ONE_IS_LEFT_OUT = "1 is read, 0 is left out", "0 is read, 1 is left out"


@record
class Piece:
    """One sequence of an array: its values, (T, D) or (T,), and which timesteps of it they are.

    `whole` says how many timesteps the array has of it.
    """

    name: str
    values: Array
    rows: Array
    whole: int
    label: str | None = None

    def kept(self, places: Array) -> Piece:
        """Return the piece with some of its timesteps."""
        return dataclasses.replace(self, values=self.values[places], rows=self.rows[places])


def piece(name: str, values: Array) -> Piece:
    """Return a piece with all timesteps of a sequence."""
    return Piece(name=name, values=values, rows=np.arange(len(values)), whole=len(values))


def each_row(name: str, array: Array, notes: Notes) -> list[Piece]:
    """Return the sequences of an array (N, T, ...), called by the array and their number."""
    expect_count(len(array), notes)
    if len(array) > 1:
        notes.remark(
            f"Read so, it is {counted(len(array), 'sequence')} of "
            f"{counted(array.shape[1], 'timestep')}."
        )
    before = f"{name} " if name else "sequence "
    if len(array) == 1:
        return [piece(name, array[0])]
    return [piece(f"{before}{k}", values) for k, values in enumerate(array, start=1)]


def labelled(pieces: list[Piece], beside: Mapping[str, Array]) -> list[Piece]:
    """Return sequences with the labels in an array beside them that has one for each."""
    for name, array in beside.items():
        if name.casefold() in LABELS and is_one_for_each(array, len(pieces)):
            as_text = "{:g}".format if array.dtype.kind == "f" else str
            return [
                dataclasses.replace(one, label=as_text(value))
                for one, value in zip(pieces, array.ravel(), strict=True)
            ]
    return pieces


def counts_beside(beside: Mapping[str, Array]) -> set[int]:
    """How many sequences there are by arrays that hold one label or length for each."""
    return {
        len(array)
        for name, array in beside.items()
        if name.casefold() in {*LABELS, *LENGTHS} and is_one_for_each(array, len(array))
    }


def is_one_for_each(array: Array, count: int) -> bool:
    """Whether an array has one number for each of so many sequences."""
    return array.shape in {(count,), (count, 1)}


def by_lengths(pieces: list[Piece], beside: Mapping[str, Array], notes: Notes) -> list[Piece]:
    """Return sequences as long as an array of lengths beside them says.

    It has one for each of them, of which the rest is padding, or its sum is the length of the only
    one, which is cut. One that does neither is asked about.
    """
    for name, array in beside.items():
        if name.casefold() not in LENGTHS:
            continue
        lengths = array.ravel()
        if len(lengths) == len(pieces) and _fit(lengths, pieces):
            notes.remark(f"{shown(name)!r} says how long each sequence is; the rest is padding.")
            return [
                one.kept(np.flatnonzero(one.rows < n))
                for n, one in zip(lengths, pieces, strict=True)
            ]
        if len(pieces) == 1 and lengths.sum() == len(pieces[0].rows) and (lengths > 0).all():
            notes.remark(f"{shown(name)!r} says how long each sequence is, one after another.")
            return _parts(pieces[0], np.repeat(np.arange(len(lengths)), lengths.astype(int)), notes)
        text = f"{shown(name)!r} {array.shape} does not say how long these sequences are."
        notes.require("lengths", text, {"Read them as long as they are": True})
    return pieces


def _fit(lengths: Array, pieces: list[Piece]) -> bool:
    return all(0 <= n <= one.whole for n, one in zip(lengths, pieces, strict=True))


def by_groups(pieces: list[Piece], beside: Mapping[str, Array], notes: Notes) -> list[Piece]:
    """Return the sequences into which an array beside a single one, such as `groups`, parts it."""
    if len(pieces) != 1:
        return pieces
    (whole,) = pieces
    for name, array in beside.items():
        if name.casefold() in GROUPS and is_one_for_each(array, len(whole.rows)):
            notes.remark(f"{shown(name)!r} says to which sequence each timestep belongs.")
            return _parts(whole, array.ravel(), notes)
    return pieces


def _parts(whole: Piece, groups: Array, notes: Notes) -> list[Piece]:
    """The timesteps of each group, in the order in which the groups begin."""
    begins = np.sort(np.unique(groups, return_index=True)[1])
    expect_count(len(begins), notes)
    parts = [whole.kept(np.flatnonzero(groups == groups[first])) for first in begins]
    return [
        dataclasses.replace(part, name=f"sequence {k}") for k, part in enumerate(parts, start=1)
    ]


def by_mask(
    pieces: list[Piece], beside: Mapping[str, Array], order: tuple[int, ...], notes: Notes
) -> list[Piece]:
    """Return sequences without the timesteps that a mask beside them leaves out.

    `order` says how the axes of the sequences' array were turned: those of the mask stand alike.
    """
    for name, array in beside.items():
        mask = _mask(name, array, pieces, order)
        if mask is None:
            continue
        ones = mask == 1
        reads_ones = _reads_ones(name, ones, pieces, notes)
        notes.remark(
            f"{shown(name)!r} says which timesteps are read: the others are left out, as a "
            "network skips them that is given the mask."
        )
        return [
            one.kept(np.flatnonzero(row == reads_ones))
            for row, one in zip(ones, pieces, strict=True)
        ]
    return pieces


def _mask(name: str, array: Array, pieces: list[Piece], order: tuple[int, ...]) -> Array | None:
    """The mask (N, T) that an array is; None where it is none of these sequences."""
    if name.casefold() not in MASKS or array.ndim not in {2, 3}:
        return None
    flat = array[..., 0] if array.ndim == 3 and array.shape[2] == 1 else array
    if flat.ndim != 2 or not np.isin(flat, (0, 1)).all():
        return None
    turned = flat.T if order[:2] == (1, 0) else flat
    lengths = {len(one.rows) for one in pieces}
    return turned if turned.shape[0] == len(pieces) and lengths == {turned.shape[1]} else None


def _reads_ones(name: str, ones: Array, pieces: list[Piece], notes: Notes) -> bool:
    """Whether a 1 in a mask stands for a timestep that is read."""
    plain = name.casefold()
    if plain in MASKS_OF_PADDING:
        return False
    by_numbers = plain in MASKS_OF_WHAT_IS_READ or _fills(~ones, pieces)
    read = notes.choose(
        "mask",
        f"{shown(name)!r} holds 0 and 1 for each timestep. Which is read?",
        {ONE_IS_READ: True, ONE_IS_LEFT_OUT: False},
        ONE_IS_LEFT_OUT if not by_numbers and _fills(ones, pieces) else ONE_IS_READ,
        ask=not (by_numbers or _fills(ones, pieces)),
    )
    return read is not False


def _fills(places: Array, pieces: list[Piece]) -> bool:
    """Whether the timesteps at these places (N, T) are all alike, and no others are like them."""
    values = np.stack([one.values.reshape(len(one.rows), -1) for one in pieces])
    left_out, others = values[places], values[~places]
    if not len(left_out) or not len(others):
        return False
    filling = left_out[0]
    alike = np.array_equal(left_out, np.broadcast_to(filling, left_out.shape), equal_nan=True)
    return alike and not (others == filling).all(axis=1).any()


def without_gaps_at_the_end(one: Piece, notes: Notes) -> Piece:
    """Return a sequence of numbers without the timesteps at its end that have no value at all."""
    there = np.flatnonzero(~np.isnan(one.values).all(axis=1))
    end = int(there[-1]) + 1 if len(there) else 0
    if end < len(one.rows):
        notes.remark("Timesteps at the end without any value are padding: left out.")
    return one.kept(np.arange(end))
