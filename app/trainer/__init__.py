"""Training beside the pages: bounded, shared fairly, and never waited for."""

from .checkpoints import Mark, Snapshot
from .curve import Curve
from .limits import Estimate, RefusedError, check, estimate, refusal
from .run import Status
from .trainer import Trainer
from .watched import Quantised, Watched, watched_sequence

__all__ = [
    "Curve",
    "Estimate",
    "Mark",
    "Quantised",
    "RefusedError",
    "Snapshot",
    "Status",
    "Trainer",
    "Watched",
    "check",
    "estimate",
    "refusal",
    "watched_sequence",
]
