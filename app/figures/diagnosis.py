"""What the doctor found, in sentences, for the page and for the terminal."""

from __future__ import annotations

from html import escape
from typing import Any

from lstm_core.doctor import Diagnosis, Fault
from lstm_core.doctor.faults import letters

from ..words import doctor as words
from ..words import your_model as model_words


def sentences(diagnosis: Diagnosis, parameters: Any) -> tuple[str, ...]:
    """Return the verdict, then each of several explanations, then where the signals depart."""
    if diagnosis.agrees:
        return (words.AGREES.format(largest=diagnosis.largest),)
    faults = [fault_sentence(fault, parameters) for fault in diagnosis.explanations]
    departures = [
        words.departs(one.signal, one.timestep, one.unit, one.ours, one.theirs)
        for one in diagnosis.departures
    ]
    if not faults:
        return (words.NONE.format(tried=diagnosis.tried), *departures)
    if len(faults) == 1:
        return (words.ONE.format(fault=faults[0]), *departures)
    return (words.SEVERAL, *faults, *departures)


def fault_sentence(fault: Fault, parameters: Any) -> str:
    """Return what one fault is, in a sentence."""
    blocks = letters(parameters.blocks)
    activation = model_words.activation_choice(fault.detail)
    return words.fault(fault.kind, fault.detail, blocks, activation)


def diagnosis_html(diagnosis: Diagnosis, parameters: Any) -> str:
    """Return HTML: the verdict and what follows from it."""
    verdict, *rest = sentences(diagnosis, parameters)
    lines = "".join(f"<p>{escape(line)}</p>" for line in rest)
    kind = "right" if diagnosis.agrees else "wrong"
    return f'<div class="verdict {kind}" role="status"><b>{escape(verdict)}</b>{lines}</div>'
