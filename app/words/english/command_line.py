"""Every sentence of `gatescope inspect`, `trace` and `convert`. Texts here are plain."""

from __future__ import annotations

from .common import count

INSPECT = "Say what is in model files: their recurrent layers, what was assumed, what was left out."
CONVERT = "Write the model in one file for another program, with its weights unchanged."
TRACE = (
    "Run a model over the sequences in a file, and write every gate and state of every timestep. "
    "OUT is a .npz file of arrays (N, T, …) of N sequences, zero after the end of each: lengths, "
    "names, inputs, predictions, symbols or numbers, and layer0.forward.forget_gate and so on."
)

MODEL_FILE = "a model file, or - for standard input"
DATA_FILE = "a file with sequences, read as the app reads it, or - for standard input"
DATA_OR_RECORDED = f"{DATA_FILE}; without it, the sequences that a captured run holds"
JSON = "one line of JSON for each file"
CONVERT_OUT = "the file to write: .safetensors, .onnx or .npz"
TRACE_OUT = "the .npz file to write, or - for standard output (default: run.npz)"
LAYER = "a layer of the chain to run, counted from 0, where a file holds several chains"
ONLY = "run this sequence alone, counted from 1"
ANSWER = "answer a question about the data: its id and one of its options"

PARTS = "Models in the file, for --part"
ENDS = "What goes in and what comes out"
RECORDED = "What was recorded, beside what we compute"
NO_OUTPUTS = "no outputs were recorded"


def called(file: str) -> str:
    """Name a file as a sentence does: standard input is given as "-"."""
    return "standard input" if file == "-" else file


def ends(
    first: str,
    size: int,
    alphabet: tuple[str, ...],
    columns: tuple[str, ...],
    labels: tuple[str, ...] | None,
) -> str:
    """Say what a chain of layers reads and predicts; None: it has no readout."""
    read = f"reads {count(size, 'number')} a timestep"
    if alphabet:
        read = f"reads {_listed(alphabet, 'symbol')}"
    elif columns:
        read = f"reads {_listed(columns, 'column')}"
    predicted = f"predicts {_listed(labels, 'output')}" if labels else "predicts nothing"
    return f"{first}: {read}; {predicted}"


def _listed(names: tuple[str, ...], noun: str, most: int = 20) -> str:
    shown = " ".join(names[:most]) + (" …" if len(names) > most else "")
    return f"{count(len(names), noun)} ({shown})"


def assumption(keyword: str, value: str, reason: str, choices: tuple[str, ...]) -> str:
    """Say what was assumed and why, and which option settles it."""
    said = f"{value}: {reason}"
    if not keyword:
        return said
    option = f"--{keyword.replace('_', '-')}"
    options = "; ".join(repr(choice) for choice in choices)
    return f"{said} Settle it with {option}" + (f", one of {options}." if options else ".")


def converted(out: str, layers: int, trained: int) -> str:
    """Say what was written."""
    return f"Wrote {count(layers, 'recurrent layer')}, {count(trained, 'trained number')} to {out}."


def question(identity: str, text: str, options: tuple[str, ...], example: str) -> str:
    """Say what must be answered before anything is run, and how."""
    lines = [f"{text} Answer with one of:"]
    lines += [f"  --answer {identity!r} {option!r}" for option in options]
    if example:
        lines.append(f"  or, typed as in {example!r}, --answer {identity!r} …")
    return "\n".join(lines)


def nothing_to_run(name: str) -> str:
    """Say that a file holds no sequence."""
    return f"{name} holds no sequence that this model can read."


def no_such_sequence(number: int, there_are: int) -> str:
    """Say which sequences there are."""
    return f"--only is {number}: expected 1 to {there_are}."


def no_such_layer(number: int, there_are: int) -> str:
    """Say which layers there are."""
    return f"--layer is {number}: expected 0 to {there_are - 1}."


def one_direction(layer: int) -> str:
    """Say that a layer has no second direction."""
    return f"--direction is backward: layer {layer} has one direction."


def too_large(gigabytes: float, most: float) -> str:
    """Say that a run is larger than is kept in memory, and what can be done."""
    return (
        f"The run takes {gigabytes:,.1f} GB, and at most {most:,.1f} GB are written: run one "
        "sequence at a time with --only, or cut the file."
    )


def not_written(out: str, reason: str) -> str:
    """Say why there is no output."""
    return f"{out} cannot be written: {reason}."


def traced(sequences: int, timesteps: int, out: str) -> str:
    """Say what was written."""
    return f"Wrote {count(sequences, 'sequence')}, {count(timesteps, 'timestep')} to {out}."


CORPUS = (
    "Run a model over the sequences in many files, and write a survey of them and an index that "
    "the app searches: every gate and state of every timestep, in a byte each. What is done "
    "stays: the same command goes on where it stopped."
)
CORPUS_TRACE = "run the model over the files"
CORPUS_FILES = "partitions: Parquet, text (a sequence a line), .npy, or what the app reads"
CORPUS_MODEL = "a model file"
CORPUS_OUT = "the folder to write"
CORPUS_LAYER = "the layer whose gates and states are kept, counted from 0"
CORPUS_WAY = "which direction of a bidirectional layer is kept"
CORPUS_WORKERS = "how many blocks are made at once (default: one for each core)"
CORPUS_SCHEDULER = (
    "hand the blocks to Dask: to a cluster of this machine, or to the scheduler at ADDRESS"
)


def corpus_goes_on(done: int, of: int) -> str:
    """Say that some blocks are there already."""
    return f"{done:,} of {of:,} blocks are there: going on."


def corpus_progress(done: int, of: int, seconds: float) -> str:
    """Say how many blocks are done, and how long the rest will take."""
    return f"{done:,} of {of:,} blocks, {round(seconds):,} s left"


def corpus_stopped(out: str) -> str:
    """Say that nothing is lost."""
    return f"Stopped. What is done stays in {out}: the same command goes on."


def corpus_done(sequences: int, timesteps: int, skipped: int, out: str) -> str:
    """Say what was written, and how many sequences could not be read."""
    said = f"Wrote {count(sequences, 'sequence')}, {count(timesteps, 'timestep')} to {out}."
    return f"{said} Left out: {count(skipped, 'sequence')}." if skipped else said
