"""Doctor: what one fault makes an implementation of a cell give another result than ours.

    diagnosis = diagnose(parameters, inputs, {"hidden_state": theirs})
    diagnosis.agrees, [fault.kind for fault in diagnosis.explanations]

Every fault of `faults.py` is tried: the cell is run with it, and what comes out is compared with
what was given. Nothing is guessed: a fault explains a result where it makes the same numbers.
"""

from .diagnosis import (
    Departure,
    Diagnosis,
    ResultError,
    diagnose,
    diagnose_trace,
    named_signals,
)
from .faults import Fault

__all__ = [
    "Departure",
    "Diagnosis",
    "Fault",
    "ResultError",
    "diagnose",
    "diagnose_trace",
    "named_signals",
]
