"""Every sentence of the page Train; what several pages say stands in `words`. Texts are plain."""

from __future__ import annotations

from ..formatting import percent
from .common import count

TITLE = "Train"

# The choices
TASK = "Task"
CELL = "Cell"
CELLS = {
    "lstm": "LSTM",
    "lstm_no_forget": "LSTM without forget gate (1997)",
    "lstm_coupled": "LSTM, coupled gates (f = 1 − i)",
    "lstm_peephole": "LSTM with peepholes",
    "gru": "GRU",
    "rnn": "Standard RNN",
}
SHORT = {
    "lstm": "LSTM",
    "lstm_no_forget": "LSTM 1997",
    "lstm_coupled": "coupled LSTM",
    "lstm_peephole": "peephole LSTM",
    "gru": "GRU",
    "rnn": "RNN",
}
UNITS = "Units"
LENGTH = "Length"
SEED = "Seed"
SEED_HELP = "The same seed and the same choices give the same network, number for number"
MORE = "More choices"
START = "Start of the gates"
STARTS = {True: "Chrono", False: "Plain"}
START_HELP = (
    "What the biases of the gates are before training. Chrono draws them so that memories last up "
    "to the longest time lag of the task (Tallec & Ollivier 2018)."
)
FORGET_BIAS = "Forget bias"
FORGET_BIAS_HELP = "A large one keeps the gate open at first (Jozefowicz 2015)"
OPTIMISER = "Optimiser"
OPTIMISERS = {"adam": "Adam", "sgd": "SGD, momentum 0.9"}
LEARNING_RATE = "Learning rate"
LAST = "… falls to the share"
LAST_HELP = "As half a cosine over the planned updates; 1 keeps the learning rate as it is"
UPDATES = "Updates"
BATCH = "Sequences per update"
CLIPPING = "Longest gradient"
CLIPPING_HELP = "A longer gradient is shortened to this norm (Pascanu 2013)"
WRITE_PENALTY = "Cost of writing"
WRITE_PENALTY_HELP = (
    "Charges the network for what it writes into its memory: this number times the mean size of "
    "i · g is added to the loss (in a GRU, of (1 − z) · n). A network that is charged writes only "
    "what it needs, so that one can read its memory. 0: writing is free."
)
AS_MANY = "As many numbers as the LSTM"
AS_MANY_HELP = (
    "Chooses the number of units so that as many numbers are trained as in the recommended LSTM"
)
RECOMMENDED = "Recommended"
RECOMMENDED_HELP = "Goes back to the settings that work for this task and cell"

# The actions
TRAIN = "Train"
TRAIN_HELP = "Begin with a fresh network"
PAUSE = "Pause"
RESUME = "Resume"
STEP = "One update"
STEP_HELP = "Learn from one more batch, then pause"
STOP = "Stop"
STOP_HELP = "End here; what was learned is kept"
CANCEL = "Leave the line"
CANCEL_HELP = "Don't wait any longer; what was learned is kept"
GO_ON = "Go on from here"
GO_ON_HELP = "Return to the checkpoint that is shown, forget what came after it, and train on"
STATES = {
    "untrained": "Not trained yet",
    "queued": "Waiting for a free processor",
    "running": "Training",
    "paused": "Paused",
    "stopped": "Stopped",
    "done": "Done",
    "failed": "Ended early",
}
CHANGED = "The choices differ from what is shown: Train begins a new network with them."
GONE = "What was trained here is no longer in the server's memory: Train makes it again."
EMPTY = "Once training begins, the loss appears here, update by update"

# The workbench
HEADING = "The same sequence, read after update {update}"
ANSWER = "Predicts"
TRUTH = {
    "labels": "outlined: the truth",
    "numbers": "grey: the truth",
    "once": "ring: the truth",
}

# What can be taken away
EXPLORE = "Step through it on Explore"
EXPLORE_HELP = "Opens the network of the checkpoint that is shown"
SAVE = "Save as"
NOTHING_YET = "Train a network first."
USUAL = "as in the literature"
YES, NO = "yes", "no"
RECIPE = {
    "task": "Task",
    "length": "Length",
    "cell": "Cell",
    "units": "Units",
    "forget_bias": "Forget bias",
    "chrono": "Chrono initialisation",
    "optimiser": "Optimiser",
    "learning_rate": "Learning rate",
    "last": "Falls to the share",
    "updates": "Updates planned",
    "batch": "Sequences per update",
    "longest_gradient": "Longest gradient",
    "write_penalty": "Cost of writing",
    "seed": "Seed",
}
RECIPE_LINK = "Open this recipe on Train"
ELSEWHERE = "This network was trained in another session; its recipe trains the same one."
RECIPE_HEAD = "Trained here, with this recipe"
DRAWN_LATER = (
    "A network of this size is drawn as soon as a worker has it: press Train. Until then the "
    "recommended one is shown."
)


def counts_as_right(criterion: str) -> str:
    """Say when a sequence counts as right, of a criterion that is a whole sentence."""
    return f"What counts as right: {criterion[:1].lower()}{criterion[1:]}"


def left_out(shown: int, units: int, factor: int) -> str:
    """Say what is left out of the pictures of a long sequence or a large network."""
    notes = [f"{shown} of {units:,} units are shown."] if shown < units else []
    if factor > 1:
        notes.append(f"A column stands for {factor} timesteps: the value furthest from the mean.")
    return " ".join(notes)


def instead(shown: str) -> str:
    """Say that a trained network is not here, and what is shown."""
    return (
        "This link names a network that was trained in another session and is not in memory; its "
        f"recipe trains the same one. Shown instead: {shown}."
    )


def counts(counted: str) -> str:
    """Label the length by what it counts."""
    return f"{LENGTH}: {counted}" if counted else LENGTH


def cost(numbers: int, seconds: float) -> str:
    """Say how many numbers are trained, and about how long it takes."""
    return f"{count(numbers, 'number')} to train, in about {duration(seconds)}."


def duration(seconds: float) -> str:
    """Return a time as a person would say it."""
    if seconds < 1.5:
        return "1 second"
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    if seconds < 5400:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.1f} hours"


def waits(place: int) -> str:
    """Say that a run waits for its turn, and its place in the line; 1 is the next one."""
    return f"Waiting for its turn: place {place:,} in the line"


def counted(update: int, updates: int) -> str:
    """Say how far training has come."""
    return f"Update {update:,} of {updates:,}"


def time_left(seconds: float | None) -> str:
    """Say how long it still takes, where that is known."""
    return "" if seconds is None else f"about {duration(seconds)} left"


def trained(task: str, cell: str, units: int, update: int) -> str:
    """Name a network that was trained here; what tells it from others comes first."""
    return f"Trained {SHORT[cell]} {units}, update {update:,}: {task}"


def about(seed: int, update: int, success: float) -> str:
    """Say what a trained network reached."""
    done, right = count(update, "update"), percent(success)
    return f"Seed {seed}, after {done}: {right} of fresh sequences right."


def not_understood(problem: str) -> str:
    """Say that a link spells no experiment."""
    return f"This link asks for what there is not ({problem}). Shown instead: the recommended."


def save_intro(update: int) -> str:
    """Say which network is saved: that of the checkpoint that is shown."""
    return (
        f"The network after update {update:,}, which is the checkpoint that is shown, with its "
        "weights unchanged."
    )


def cannot_save(suffix: str, problem: str) -> str:
    """Say why a format cannot hold this network."""
    return f"{suffix}: {problem}"
