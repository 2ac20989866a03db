"""How what stands behind the layers reads time, where a file of weights cannot say: asked.

each    at each timestep the numbers of that timestep; of one answer, those of the last
mean    the mean of all timesteps so far
max     the largest of all timesteps so far, number by number
ends    of two directions what each of them ends with
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from ..model import Gathered, Layer, Model
from ..model.findings import Assumption
from .errors import ModelFileError, shown

EACH = "each"
READS = (EACH, "mean", "max", "ends")


def with_reading(model: Model, asked: str | None, silent: str) -> Model:
    """Return a model whose readout reads time as was asked for, with the question about it.

    `silent` begins the reason: what does not say. Without a readout, and where it predicts the
    symbols that are read, the model is returned as it is. Raises ModelFileError for the ends of a
    residual sum.
    """
    if model.readout is None or model.findings is None or _predicts_what_it_reads(model):
        return model
    choices = _choices(model.layers[-1])
    value = asked if asked in choices else EACH
    question = Assumption(
        value=value,
        reason=f"{silent} whether what stands behind the layers answers at each timestep, or once "
        "for all of them from their mean or their largest numbers, as many classifiers do.",
        keyword="reads",
        choices=choices,
    )
    findings = model.findings
    asking = replace(findings, assumptions=(*findings.assumptions, question))
    made = replace(model, findings=asking)
    if value == "ends" and model.layers[-1].residual:
        raise ModelFileError(
            f"What reads the ends of {shown(model.layers[-1].name)} reads no residual sum: "
            "expected reads 'each', 'mean' or 'max', or no sum behind that layer."
        )
    if value == "ends":
        return replace(made, reads_ends=True)
    way: Literal["mean", "max"] | None
    way = "mean" if value == "mean" else "max" if value == "max" else None
    if way is None:
        return made
    return replace(made, back=(Gathered(size=model.layers[-1].output_size, of=way), *model.back))


def _predicts_what_it_reads(model: Model) -> bool:
    """Whether the readout predicts the symbols of the encoder: the next one, at each timestep."""
    encoder, readout = model.encoder, model.readout
    return bool(encoder and readout and encoder.alphabet and readout.labels == encoder.alphabet)


def _choices(last: Layer) -> tuple[str, ...]:
    two = last.bidirectional and last.merge == "concat" and not last.reverse
    return READS if two else READS[:-1]
