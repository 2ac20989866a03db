"""Many sequences: run in batches, surveyed, and kept as an index that can be searched.

    plan = planned(model, pilot_sequences)          what is kept of every run, and how finely
    kept = block_of(model, plan, sequences)         some sequences: their survey and their signals
    write_block(folder, kept)                       whole or not at all; may be done anywhere
    index = SearchIndex.open(folder)                memory-mapped
    matches(index, hypothesis_at(index, place, first, last, "cell_state", 0.5))

A block is a function of the model, the plan and its sequences alone: whoever makes it, in whatever
order, it is the same bytes.
"""

from .blocks import Block, block_of, read_block, write_block
from .corpus import Corpus
from .index import SearchIndex
from .levels import Levels
from .overviews import (
    GateOverview,
    Projection,
    average_around,
    clustered_units,
    gate_overview,
    projection,
)
from .plan import CorpusError, NotWrittenError, Plan, planned
from .runs import Chunk, batched_runs
from .search import (
    Hypothesis,
    Match,
    Matches,
    hypothesis_at,
    hypothesis_of,
    matches,
    range_of,
    suggested_range,
)
from .survey import Survey, survey_of
from .thresholds import suggested_threshold

__all__ = [
    "Block",
    "Chunk",
    "Corpus",
    "CorpusError",
    "GateOverview",
    "Hypothesis",
    "Levels",
    "Match",
    "Matches",
    "NotWrittenError",
    "Plan",
    "Projection",
    "SearchIndex",
    "Survey",
    "average_around",
    "batched_runs",
    "block_of",
    "clustered_units",
    "gate_overview",
    "hypothesis_at",
    "hypothesis_of",
    "matches",
    "planned",
    "projection",
    "range_of",
    "read_block",
    "suggested_range",
    "suggested_threshold",
    "survey_of",
    "write_block",
]
