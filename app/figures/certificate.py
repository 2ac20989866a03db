"""A demo's birth certificate: what the network was trained on, how, and how good it became."""

from __future__ import annotations

from html import escape

from lstm_core.demo import Provenance

from ..words import common as words
from ..words.phrases import said


def certificate(summary: str, provenance: Provenance) -> str:
    """Return HTML: the task in words, then each fact of the certificate, escaped."""
    facts = {
        "reached": "; ".join(_figure(name, value) for name, value in provenance.reached.items()),
        "criterion": said(provenance.criterion),
        "published": provenance.published,
        "training": provenance.training,
        "seed": str(provenance.seed),
        "made_by": provenance.made_by,
        "versions": ", ".join(f"{name} {v}" for name, v in provenance.versions.items()),
        "date": provenance.date,
        "licence": provenance.licence,
        "sha256": provenance.sha256,
    }
    rows = "".join(
        f"<dt>{escape(words.CERTIFICATE[name])}</dt><dd>{escape(fact)}</dd>"
        for name, fact in facts.items()
    )
    note = f"<p>{escape(words.ENGLISH_ONLY)}</p>" if words.ENGLISH_ONLY else ""
    return f'<div class="certificate"><p>{escape(said(summary))}</p>{note}<dl>{rows}</dl></div>'


def _figure(name: str, value: float) -> str:
    """One measured number with its name in words: "strings right 10,000"."""
    shown = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return f"{said(name.replace('_', ' '))} {shown}"
