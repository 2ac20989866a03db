"""`gatescope inspect FILE`: what was found in a model file, in words or as JSON.

gatescope inspect model.pt
gatescope inspect --json *.onnx | jq .layers
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from lstm_core import Layer, Model, ModelFileError
from lstm_core.model import agreement
from lstm_core.training_command import Parser

from ..figures.model_findings import agreed, findings_of, largest, layer_cells
from ..inputs.reference import TOLERANCE
from ..session.subjects import first_of_chain
from ..words import command_line as words
from ..words import your_model as model_words
from .common import (
    DONE,
    FAILED,
    add_model_options,
    assumptions,
    open_model,
    printable,
    run,
)


def main(arguments: Sequence[str], program: str) -> int:
    """Say what is in each file; return the exit code, 1 where one of them cannot be opened."""
    made = Parser(prog=program, description=words.INSPECT, allow_abbrev=False)
    made.add_argument("files", nargs="+", metavar="FILE", help=words.MODEL_FILE)
    made.add_argument("--json", action="store_true", help=words.JSON)
    add_model_options(made)
    return run(made, _inspect, arguments)


def _inspect(chosen: argparse.Namespace) -> int:
    code = DONE
    for k, file in enumerate(chosen.files):
        if k and not chosen.json:
            print()
        try:
            model = open_model(file, chosen)
        except ModelFileError as problem:
            code = FAILED
            if chosen.json:
                print(json.dumps({"file": file, "error": str(problem)}))
            else:
                print(printable(f"{words.called(file)}: {problem}"), file=sys.stderr)
        else:
            if chosen.json:
                print(_json(file, model))
            else:
                print(printable(report(file, model, assumptions(model, chosen))))
    return code


def report(file: str, model: Model, assumed: tuple[str, ...]) -> str:
    """Return what is in a file in words: its layers, what was `assumed`, what was left aside."""
    findings = findings_of(model)
    summary = model_words.summary(findings.format, len(model.layers), model.size)
    places = (*findings.places, *[""] * len(model.layers))
    rows = [layer_cells(layer, place) for layer, place in zip(model.layers, places, strict=False)]
    parts = [f"{words.called(file)}: {summary}", _table((model_words.LAYER_HEADS, *rows))]
    remarks = {
        words.PARTS: findings.parts,
        words.ENDS: tuple(_ends(chain) for chain in _chains(model)),
        words.RECORDED: tuple(_recorded(chain) for chain in _chains(model) if chain.recorded),
        model_words.ASSUMED: assumed,
        model_words.NOTES: findings.notes,
        model_words.IGNORED: findings.ignored,
    }
    parts += [_list(head, lines) for head, lines in remarks.items() if lines]
    return "\n\n".join(parts)


def _chains(model: Model) -> list[Model]:
    """The chains of a model, each with its own encoder and readout."""
    firsts = {first_of_chain(model, k) for k in range(len(model.layers))}
    return [model.chain(k) for k in sorted(firsts)]


def _ends(chain: Model) -> str:
    """What a chain of layers reads and predicts."""
    encoder, readout = chain.encoder, chain.readout
    return words.ends(
        chain.layers[0].name,
        chain.input_size,
        encoder.alphabet if encoder else (),
        encoder.columns if encoder else (),
        readout.labels if readout else None,
    )


def _recorded(chain: Model) -> str:
    """How far what a file recorded is from what we compute."""
    result = agreement(chain.layers, chain.recorded)
    said = agreed(result) if result else words.NO_OUTPUTS
    if result and result.difference > TOLERANCE:
        said = f"{said} {largest(result, chain.recorded[result.sequence])}"
    return f"{chain.layers[0].name}: {said}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "\n".join(lines)


def _list(head: str, lines: tuple[str, ...]) -> str:
    return "\n".join([head, *(f"- {line}" for line in lines)])


def _json(file: str, model: Model) -> str:
    """One line of JSON: the same as in words, with the field's names as keys."""
    findings = findings_of(model)
    content: dict[str, Any] = {
        "file": file,
        "format": findings.format,
        "entry": findings.entry,
        "parts": findings.parts,
        "trained_numbers": model.size,
        "inexact": findings.inexact,
        "layers": [
            _layer(layer, findings.places[k] if k < len(findings.places) else "")
            for k, layer in enumerate(model.layers)
        ],
        "chains": [_chain(chain) for chain in _chains(model)],
        "assumptions": [
            {"keyword": a.keyword, "value": a.value, "reason": a.reason, "choices": a.choices}
            for a in findings.assumptions
        ],
        "notes": findings.notes,
        "ignored": findings.ignored,
    }
    return json.dumps(content)


def _chain(chain: Model) -> dict[str, Any]:
    encoder, readout = chain.encoder, chain.readout
    return {
        "layers": [layer.name for layer in chain.layers],
        "inputs": chain.input_size,
        "alphabet": (encoder.alphabet if encoder else ()) or None,
        "columns": (encoder.columns if encoder else ()) or None,
        "predicts": readout.labels if readout else None,
        **({"recorded": _recorded_json(chain)} if chain.recorded else {}),
    }


def _recorded_json(chain: Model) -> dict[str, Any]:
    result = agreement(chain.layers, chain.recorded)
    return {
        "sequences": len(chain.recorded),
        "timesteps": sum(map(len, chain.recorded)),
        "compared": result.numbers if result else 0,
        "difference": result.difference if result else None,
    }


def _layer(layer: Layer, place: str) -> dict[str, Any]:
    return {
        "name": layer.name,
        "cell": layer.kind,
        "input_size": layer.input_size,
        "hidden_size": layer.hidden_size,
        "output_size": layer.output_size,
        "bidirectional": layer.bidirectional,
        "merge": layer.merge if layer.bidirectional else None,
        "reverse": layer.reverse,
        "follows": layer.follows,
        "residual": layer.residual,
        "gate_order": layer.convention,
        "place": place,
    }
