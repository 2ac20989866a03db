"""A corpus as tables: a row for each sequence, a row for each match, counts around them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.corpus import Matches, SearchIndex
from lstm_core.corpus.search import Aligned
from lstm_core.record import Array

from ..words import sequences as words
from ..words.formatting import visible

BINS = 24  # of a small picture
MOST_SYMBOLS = 8  # that are counted at each position


def survey_table(
    index: SearchIndex, rows: Array, pictures: Sequence[Sequence[float]]
) -> pd.DataFrame:
    """Return the survey of some sequences, a row each, in this order, with a small picture.

    The pictures are those of `memory_line`. A column that says nothing of any sequence is left
    out.
    """
    survey, columns = index.survey, words.SURVEY_COLUMNS
    known = {
        "number": rows,
        "name": [survey.names[k] for k in rows],
        "picture": pictures,
        "label": [survey.labels[k] for k in rows],
        "predicted": [survey.predicted[k] for k in rows],
        "right": [words.RIGHT.get(int(survey.right[k]), "") for k in rows],
        "timesteps": survey.timesteps[rows],
        "loss": survey.loss[rows],
        "memory": survey.memory[rows],
        "saturated": survey.saturated[rows],
        "unlike": survey.unlike[rows],
    }
    empty = {
        "label": not any(survey.labels),
        "predicted": not any(survey.predicted),
        "right": bool((survey.right < 0).all()),
        "loss": not np.isfinite(survey.loss).any(),
        "saturated": not np.isfinite(survey.saturated).any(),
    }
    return pd.DataFrame({columns[n]: v for n, v in known.items() if not empty.get(n, False)})


def memory_line(index: SearchIndex, sequence: int) -> list[float]:
    """Return the mean of |c| over all units, in at most `BINS` bins of one sequence.

    Of a cell without a cell state it is that of |h|.
    """
    levels = index.plan.of(index.plan.memory)
    codes = index.codes(levels.signal, index.place(sequence)).astype(np.float32)
    size = (np.abs(codes - levels.offset) * levels.steps[:, np.newaxis]).mean(axis=0)
    edges = np.unique(np.linspace(0, len(size), min(BINS, len(size)) + 1).astype(int))
    sums = np.add.reduceat(size, edges[:-1]) / np.diff(edges)
    return [round(float(value), 4) for value in sums]


def match_table(index: SearchIndex, result: Matches) -> pd.DataFrame:
    """Return the best matches, a row each, in their order."""
    columns, names = words.MATCH_COLUMNS, index.survey.names
    best = result.best
    return pd.DataFrame(
        {
            columns["rank"]: range(1, len(best) + 1),
            columns["name"]: [names[match.sequence] for match in best],
            columns["first"]: [match.first for match in best],
            columns["last"]: [match.last for match in best],
            columns["read"]: [
                read_at(index, match.sequence, match.first, match.last) for match in best
            ],
            columns["exact"]: [match.exact for match in best],
            columns["others"]: [match.others for match in best],
        }
    )


def read_at(index: SearchIndex, sequence: int, first: int, last: int, most: int = 40) -> str:
    """Return what is read at timesteps of one sequence, as a text."""
    read, alphabet = index.read(sequence)[first : last + 1][:most], index.plan.alphabet
    if not alphabet:
        return ", ".join(f"{value:.3g}" for value in np.atleast_2d(read)[:, 0])
    between = "" if all(len(symbol) == 1 for symbol in alphabet) else " "
    return between.join(visible(alphabet[k]) for k in read)


def position_counts(index: SearchIndex, around: Aligned) -> pd.DataFrame:
    """Return what is read at each position around the matches: counts of symbols, or means.

    Of symbols the most frequent ones have a row each. Positions count from where a match begins.
    """
    width = around.read.shape[1]
    head = [f"{k - around.before:+d}".replace("-", "−") for k in range(width)]
    alphabet = index.plan.alphabet
    if alphabet:
        read = around.read
        counts = np.stack([(read == k).sum(axis=0) for k in range(len(alphabet))])
        order = np.argsort(-counts.sum(axis=1), kind="stable")[:MOST_SYMBOLS]
        rows = [visible(alphabet[k]) for k in order]
        return _labelled(rows, head, counts[order])
    there = np.isfinite(around.read).sum(axis=0)
    sums = np.nansum(around.read, axis=0)
    means = np.divide(sums, there, out=np.full(sums.shape, np.nan), where=there > 0)
    names = index.plan.columns or tuple(f"x{k}" for k in range(means.shape[1]))
    return _labelled(list(names), head, means.T)


def _labelled(rows: Sequence[str], head: Sequence[str], values: Array) -> pd.DataFrame:
    frame = pd.DataFrame(values, columns=list(head))
    frame.insert(0, words.READS, list(rows))
    return frame
