"""Training in worker processes beside the pages: bounded, shared fairly, never waited for."""

from .checkpoints import Checkpoint, CheckpointSummary
from .curve import Curve
from .limits import Estimate, RefusedError, check, estimate, is_drawn_at_once, refusal
from .run import Status
from .trainer import Trainer
from .watched_run import (
    WATCHED_SEED,
    QuantisedSignal,
    WatchedRun,
    watched_run,
    watched_sequence,
)

__all__ = [
    "WATCHED_SEED",
    "Checkpoint",
    "CheckpointSummary",
    "Curve",
    "Estimate",
    "QuantisedSignal",
    "RefusedError",
    "Status",
    "Trainer",
    "WatchedRun",
    "check",
    "estimate",
    "is_drawn_at_once",
    "refusal",
    "watched_run",
    "watched_sequence",
]
