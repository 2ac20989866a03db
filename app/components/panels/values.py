"""The values of a run as a table, packed for the browser: what its columns are called.

The numbers are on the stage, which plays the run. Two panels get the same: one shows the table, the
other hands it out as a file.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from lstm_core.run.trace import Trace

from ...words import common as words
from ...words.phrases import said
from ..shared.payload import Packer
from ..stage.tiles import is_small

Rows = Literal["units", "timesteps"]
MOST_ROWS = 2_000  # of a table in the browser


def values_fit(trace: Trace) -> bool:
    """Return whether the browser has all that the tables of a run show.

    It has not where the stage has the run's exact numbers in parts only, or as float32 what is
    none; and it shows no more than MOST_ROWS.
    """
    few = trace.parameters.hidden_size <= MOST_ROWS
    return few and trace.hidden_state.dtype == np.float32 and is_small(trace)


def packed_values(
    trace: Trace, rows: Rows, texts: tuple[str, ...], stage: str, scene: str
) -> bytes:
    """Pack the table whose rows are the units or the timesteps of a run that fits.

    `texts` are those of "time" and "reads" that the run has at each timestep.
    """
    place = {"kind": "values", "id": f"{scene} {stage} {rows}", "stage": stage, "scene": scene}
    return Packer().pack(place | _table(trace, rows, texts))


def packed_values_file(
    trace: Trace, rows: Rows, texts: tuple[str, ...], stage: str, scene: str, stem: str
) -> bytes:
    """Pack the button that hands out that table as CSV; the file's name begins with `stem`."""
    place = {"kind": "values_file", "id": f"{scene} {stage} {rows} {stem}"}
    place |= {"stage": stage, "scene": scene, "stem": stem, "label": words.DOWNLOAD_TABLE}
    return Packer().pack(place | _table(trace, rows, texts))


def _table(trace: Trace, rows: Rows, texts: tuple[str, ...]) -> dict[str, Any]:
    return {
        "rows": rows,
        "tables": words.TABLES,
        "index": {"units": _column("unit"), "timesteps": _column("timestep")},
        "texts": [_column(name) for name in texts],
        "columns": [_column(s.title, s.name) for s in trace.unit_signals],
    }


def _column(title: str, name: str = "") -> dict[str, str]:
    """What a column holds, and what it is called: in a file, and on the page."""
    return {"name": name or title, "title": title, "said": said(title)}
