"""Every sentence of the page Your model; what both pages say stands in `words`.

Texts here are plain. Names from a file are data: whoever shows them escapes them.
"""

from __future__ import annotations

TITLE = "Your model"

# Before there is a model
HEAD = "Open a trained LSTM, GRU or RNN and step through it"
INTRO = (
    "Drop the file that your framework wrote: PyTorch (.pt, .pth, .ckpt), safetensors, Keras "
    "(.keras, .h5), ONNX, NumPy (.npz) or a TensorFlow SavedModel (zipped), by any name, or a "
    ".zip of it; if the model is in two files, give both together. You see which recurrent layers "
    "are in it, in which order its gates are stored, and every gate at every timestep of your own "
    "sequences."
)
PRIVATE = (
    "No code in the file is run. It stays in this server's memory for a few hours at most, and "
    "only the address of this window opens it: a reload finds it again."
)
FILE = "A model file"
OTHER = "Another file"
OTHER_HELP = "Open another model file"
NO_MODEL = "No model at hand?"
TRY = "Try it with ours"
TRY_HELP = "Opens a small trained LSTM of ours, through the same door as your file"
SAMPLE = "Download that file"
SAMPLE_NAME = "reber.safetensors"
GONE = "{name} is no longer in the server's memory: open the file again."

# Above the stage
FOUND = "What was found in the file"
LAYER = "Layer"
LAYER_HEADS = ("Layer", "Cell", "Inputs", "Units", "Directions", "Gate order in the file", "Where")
KINDS = {"lstm": "LSTM", "gru": "GRU", "rnn": "standard RNN"}
STARTS = {"trained": "the trained h0 and c0", "zero": "zero"}
READS = {
    "each": "each timestep",
    "mean": "the mean of all",
    "max": "the largest of all",
    "ends": "what both ways end with",
}
MERGES = {"concat": "side by side", "sum": "added", "mul": "multiplied", "ave": "averaged"}
NEW_HELP = "New random input, not what the network saw in training"
ANSWERS_ONCE = (
    "It answers once, from all timesteps: a prediction is what it makes of those up to there."
)
ANSWERS_ONCE_KNOWING = (
    "It answers once, from all timesteps: a prediction takes what it has up to there, and that has "
    "already read what comes later."
)
ATTENDS = (
    "Attention reads all timesteps from each of them: a prediction reads what comes later, too."
)
ANSWERS_BACKWARDS = (
    "Its last layer runs from the end of what it reads: the first prediction is about the last "
    "timestep."
)
ASKED = {
    "recurrent_activation": "Activation of the gates",
    "nonlinearity": "Activation of the RNN",
    "chain": "Which module reads which",
    "activation": "Activation of the candidate",
    "merge": "How two directions are merged",
    "reads": "What the prediction reads",
    "start": "What the layers start from",
    "backwards": "Layers that read from the end",
    "residual": "Residual connections",
}
PART = "Model in the file"
PART_HELP = "The file holds several models: one is on the stage."
IGNORED = "In the file, but of no use here"
NOTES = "Notes"
ASSUMED = "Not in the file, so assumed"

# Sequences that we make up
DRAWN = "Drawn at random: made up, not real data."

# The check, and taking things home
CHECK = "Check it against your framework"
CHECK_INTRO = (
    "Run the same layer on the same input in your framework, and compare what it hands on at "
    "each timestep."
)
CHECK_STEPS = ("1. Take the layer's exact input", "2. Run your framework", "3. Compare")
INPUT_CSV, INPUT_NPY = "input.csv", "input.npy"
REFERENCE_FILE = "The reference, as .npy or .csv"
REFERENCE_TEXT = "Or paste its numbers, a timestep per line"
COMPARE = "Compare"
AGREES = "✓ The same within {tolerance:g}"
DIFFERS = "✗ Not the same: more than {tolerance:g} apart"
NO_SNIPPET = (
    "This is our own format, which no other framework reads: save it as safetensors below, and "
    "open that file in PyTorch."
)
RUNS_CODE = "If the file contains pickled classes, loading it runs their code: trust it first."
WEIGHTS_ONLY = "The file holds weights only: build the model with your own code first."
INEXACT = (
    "The weights in the file are quantised, and your framework rounds more while it runs: hand "
    "this input to the layer of your own quantised model. What comes back differs a little."
)
SAVE = "Save as"
SAVE_INTRO = (
    "The whole model with its weights unchanged, for other programs: safetensors with PyTorch's "
    "names and gate order, ONNX, or NumPy's .npz with our own names."
)
KEPT_BY_NPZ = (
    "What stands before the recurrent layers or between them and the readout, and what was "
    "recorded, is kept by .npz alone."
)


def not_read(file: object, reason: object) -> str:
    """Say why a file of this machine cannot be read."""
    return f"{file} cannot be read: {reason}."


def model_kept(problem: str) -> str:
    """Say why a file cannot be opened, and that nothing was lost."""
    return f"{problem} What was on the stage is unchanged."


def several(names: list[str]) -> str:
    """Name files that were given together by the first of them."""
    more = len(names) - 1
    return f"{names[0]} and {more} more" if more else names[0]


def too_large(name: str, size: float, limit: int) -> str:
    """Say that a file is larger than may be uploaded, in MB."""
    return f"{name} holds {size:,.0f} MB: at most {limit} MB can be opened here."


def too_large_to_keep(name: str, size: float, limit: float, option: str) -> str:
    """Say that what is in a file takes more memory than there is, in MB, and what can be done."""
    return (
        f"{name} takes {size:,.0f} MB of memory: at most {limit:,.0f} MB can be kept here. "
        f"Open a smaller file, or start the app with a larger {option}."
    )


def summary(format_title: str, layers: int, trained: int) -> str:
    """Say in a few words what was found."""
    noun = "recurrent layer" if layers == 1 else "recurrent layers"
    return f"{format_title}: {layers} {noun}, {trained:,} trained numbers"


def layer_choice(k: int, name: str, kind: str) -> str:
    """Name a layer in a list, counted from 0."""
    return f"{k}: {name} ({KINDS[kind]})"


def directions(bidirectional: bool, reverse: bool, merge: str) -> str:
    """Say which way a layer runs."""
    if bidirectional:
        return f"both, {MERGES[merge]}"
    return "right to left" if reverse else "left to right"


def on_stage(name: str, kind: str, convention: str) -> str:
    """Say whose gates are on the stage, and in which order they stood in the file."""
    whose = "gates" if kind != "rnn" else "weights"
    return f"On the stage: {name}, {KINDS[kind]}. Its {whose} are stored as in {convention}."


def reads_numbers(size: int) -> str:
    """Say that the file does not tell what the network reads."""
    noun = "number" if size == 1 else "numbers"
    return f"What it reads is not in the file: any {size:,} {noun} per timestep."


def activation_choice(spelling: str) -> str:
    """Name an activation with its numbers as a person would."""
    name, _, numbers = spelling.partition("(")
    known = {"0.2, 0.5)": "0.2·z + 0.5", "0.16666666666666666, 0.5)": "z/6 + 0.5", "1.0)": ""}
    shown = name.replace("_", " ")
    named = known.get(numbers, numbers.rstrip(")"))
    return f"{shown}, {named}" if named else shown


def chain_choice(spelling: str) -> str:
    """Name an order of modules: "encoder → decoder"."""
    return "Each reads inputs of its own" if spelling == "apart" else spelling


def merge_choice(spelling: str) -> str:
    """Name a way to put two directions together."""
    return MERGES.get(spelling, spelling)


def reads_choice(spelling: str) -> str:
    """Name what of the timesteps is read by what stands behind the layers."""
    return READS.get(spelling, spelling)


def start_choice(spelling: str) -> str:
    """Name what layers start from."""
    return STARTS.get(spelling, spelling)


def backwards_choice(spelling: str) -> str:
    """Name the layers that read from the end, by their names in the file."""
    kept = spelling.replace(" (order kept)", ", in the sequence's order")
    return "none" if spelling == "none" else kept


def residual_choice(spelling: str) -> str:
    """Name residual connections by layers of the file: "lstm1 + lstm2", "lstm1 … lstm2"."""
    if spelling == "none":
        return "none"
    return " and ".join(_around(one) for one in spelling.split(" + "))


def _around(spelling: str) -> str:
    name, _, last = spelling.partition(" … ")
    return f"around {name} … {last} together" if last else f"around {spelling}"


def assumed(value: str, keyword: str) -> str:
    """Name what was assumed: an activation as a person would, names from a file as they are."""
    named = {
        "chain": chain_choice,
        "merge": merge_choice,
        "reads": reads_choice,
        "start": start_choice,
        "backwards": _assumed_order,
        "residual": _assumed_residual,
    }
    return named.get(keyword, activation_choice)(value) if keyword else value


def _assumed_order(value: str) -> str:
    return "from left to right" if value == "none" else f"from the end: {backwards_choice(value)}"


def _assumed_residual(value: str) -> str:
    return (
        "no residual connection"
        if value == "none"
        else f"residual connection {residual_choice(value)}"
    )


def compared(numbers: int, final: bool) -> str:
    """Say what was compared."""
    what = "of the final output" if final else "of the whole sequence"
    return f"{numbers:,} numbers {what} were compared."


def largest(difference: float, t: int, unit: int, ours: float, theirs: float, final: bool) -> str:
    """Say where the difference is largest, and the two numbers there."""
    where = f"output {unit}" if final else f"timestep {t}, output {unit}"
    return (
        f"Largest difference {difference:.2g}, at {where}: {ours:.7g} here, "
        f"{theirs:.7g} in the reference."
    )


def cannot_save(suffix: str, problem: str) -> str:
    """Say why a format cannot hold this model."""
    return f"{suffix}: {problem}"
