"""Every sentence about files and texts that readers give. Texts here are plain.

Names from a file are data: whoever shows them as HTML or as a label escapes them.
"""

from __future__ import annotations

from ..formatting import cut
from .common import UPLOAD_HOURS, count

TYPED_NAME = "your text"
NAMELESS = "a file"

# Giving
KINDS = (
    "Text, .csv, .tsv, Excel (.xlsx), JSON lines, Parquet, .npy, .npz; .gz and .zip of these. "
    "Several at once if you like."
)
LISTED = "Everything that you give stays in the list of sequences until you remove it."

# What did not arrive; {name} stands for the file's
NO_ROOM = (
    "{name} was not taken: this server has no room for it now. What you gave before is still "
    "there; try it again later."
)
KIND_NOT_TAKEN = "{name} was not taken: files of this kind are not read here."
NOT_ARRIVED = "{name} did not arrive: the server did not answer, or refused it. Give it again."

# The preview
CLOSE = "Not now"
CLOSE_HELP = "Close this; the file stays in the list of sequences"
REMOVE = "Remove"
REMOVE_HELP = "Forget this file: it is deleted from the server's memory"
NOT_READ = "Choose another network, give the file anew, or remove it."
CORRECT = "Choose another column or answer below, or mend the file and give it anew."
VOCABULARY = "Vocabulary"
VOCABULARY_HINT = (
    "A file that says which token stands behind each id: a token per line, or JSON, a list of "
    "tokens or tokens with their ids."
)
NO_VOCABULARY = "None: the symbols are as they stand"
ADD_VOCABULARY = "Give a vocabulary"
QUESTIONS = "Please choose"
LIKELY = "Is this right?"  # above questions whose likelier answer is chosen
NOT_CHOSEN = "Choose one"
ANSWER_FIRST = "Run is ready as soon as every question above is answered."
OTHERWISE = "Read it differently"
INPUTS = "Which column feeds which input"
INPUT = "Input"
COLUMN = "is read from column"
STANDARDISE = "Standardise on this file"
STANDARDISE_HELP = "Read each column as (value − mean) / deviation, both of this file"
SETTINGS = {
    "scaling": "Scaling of the inputs",
    "truth": "Compare the prediction with",
    "truth scaling": "Scaling of what it is held against",
    "rows": "Timesteps",
}
ROLES = {
    "input": "read",
    "truth": "truth",
    "time": "time",
    "index": "counts the rows",
    "label": "id or label",
    "number": "not read",
    "text": "not read",
    "symbol": "not read",
    "empty": "empty",
}
HOLDS = {"number": "numbers", "text": "text", "symbol": "symbols"}
FIRST_ROWS = "The first rows"
NOTICED = "What was noticed"
TOGETHER = "Given together with it"

# What stays on the page
READ = "What was read"
CHANGE = "Change"
CHANGE_HELP = "Back to what was understood, to answer otherwise"
WHICH = "Sequence of this file"
PREVIOUS, NEXT = "Previous", "Next"
PREVIOUS_HELP, NEXT_HELP = "The sequence before this one", "The sequence after this one"


def limits(megabytes: int, timesteps: int, sequences: int) -> str:
    """Say how much can be given."""
    return (
        f"Up to {megabytes} MB a file, {timesteps:,} timesteps a sequence for this network "
        f"(of longer ones you choose a stretch), {sequences:,} sequences."
    )


def larger_than_taken(megabytes: int) -> str:
    """Say that a file is larger than the server takes; {name} stands for the file's."""
    return f"{{name}} was not taken: it has more than {megabytes} MB. Cut it into parts."


def survey_all(count: int) -> str:
    """Offer the survey of all sequences of a file."""
    return f"Survey all {count:,} on Sequences"


def too_large(name: str, size: int, limit: int) -> str:
    """Say that a file has more bytes than are kept."""
    return (
        f"{name} holds {size / 2**20:,.0f} MB: at most {limit / 2**20:,.0f} MB can be kept; "
        "cut it into parts."
    )


STAY = (
    f"uploads stay for {UPLOAD_HOURS} hours after they were last used, and while the server has "
    "room."
)


def gone(names: tuple[str, ...] = ()) -> str:
    """Say which uploads are no longer kept, and what to do; () where their names are gone, too."""
    few = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    few, one = few or "What you had given", len(names) <= 1
    are, them = ("is", "it") if one else ("are", "them")
    return f"{few} {are} no longer kept: {STAY} Give {them} again."


def made_room(names: tuple[str, ...], megabytes: int) -> str:
    """Say which uploads had to go for a new one."""
    few = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    return f"Removed to make room: {few}. A session keeps up to {megabytes} MB."


def undecided(question: str) -> str:
    """Say that a text in a link can be read in more than one way."""
    return f"The text in this link can be read in more than one way. {question} Type it to choose."


def several(number: int) -> str:
    """Say that a text in a link is several sequences."""
    return f"The text in this link is {number:,} sequences: type it to choose one of them."


def not_run_here(name: str) -> str:
    """Say that an upload has not been run by this network yet."""
    return f"{cut(name, 60)} has not been run by this network: choose it in the list of sequences."


def size(rows: int, columns: int) -> str:
    """Say how large a table is."""
    return f"{count(rows, 'row')}, {count(columns, 'column')}"


def feeds(inputs: tuple[str, ...]) -> str:
    """Say which inputs a column feeds."""
    few = ", ".join(inputs[:2]) + (" …" if len(inputs) > 2 else "")
    return f"read as {few}" if inputs else ROLES["input"]


def more_columns(number: int) -> str:
    """Say how many columns of a wide table are not shown."""
    return f"and {count(number, 'more column')}"


def sequence_line(name: str, label: str | None, timesteps: int) -> str:
    """Name one of several sequences: what it is called, its label, its length."""
    labelled = f", label {cut(label, 30)}" if label else ""
    return f"{cut(name, 50)}{labelled}, {count(timesteps, 'timestep')}"


def numbered(place: int, total: int, line: str) -> str:
    """Name one of several sequences in a list."""
    return f"{place + 1:,} of {total:,}: {line}"


def head(name: str) -> str:
    """Head the preview of a file."""
    return f"How {cut(name, 60)} is read"


def reading(name: str, size: int) -> str:
    """Say which file is being read, and how large it is."""
    return f"Reading {cut(name, 60)}, {size / 2**20:,.1f} MB …"


CANCEL_READING = "Cancel"
CANCEL_READING_HELP = "Stop reading; the file stays in the list of sequences"


def how_far(name: str, size: int, counted: str, done: int, total: int, seconds: float) -> str:
    """Say how far the reading of a large file is."""
    parts = {
        "bytes": f"{done / 2**20:,.0f} of {total / 2**20:,.0f} MB cut into cells",
        "columns": f"column {done:,} of {total:,}",
    }
    return f"{reading(name, size)} {parts.get(counted, '')} {seconds:,.0f} s".replace("  ", " ")


def waits_its_turn(name: str, before: int) -> str:
    """Say how many files of others are read before this one."""
    return f"{cut(name, 60)} waits its turn: {count(before, 'file')} to be read before it."


def reading_cancelled(name: str) -> str:
    """Say that the reading of a file was ended."""
    return f"{cut(name, 60)} was not read: it was cancelled. Choose it in the list of sequences."


def reading_broke(name: str) -> str:
    """Say that the process that read a file has ended without an answer."""
    return f"{cut(name, 60)} could not be read: its reading broke off. Give a part of it."


def reading_takes_too_long(name: str, seconds: float) -> str:
    """Say that a file takes more time than there is for one."""
    return f"{cut(name, 60)} takes more than {seconds:,.0f} s to read: cut it into parts."


def reading_needs_memory(name: str, limit: int) -> str:
    """Say that a file takes more memory than there is for one."""
    return f"{cut(name, 60)} needs more than {limit / 2**30:,.0f} GB to read: cut it into parts."


def too_large_to_keep(name: str) -> str:
    """Say that what was read of a file is more than the server keeps."""
    return (
        f"{cut(name, 60)} holds more numbers than are kept: keep the columns and rows that the "
        "network needs."
    )


def read_alike(name: str, sequences: int) -> str:
    """Say that a file given together with another one asks nothing."""
    return f"{cut(name, 60)}: {count(sequences, 'sequence')}, nothing to ask: run with this one"


def asked_later(name: str) -> str:
    """Say that a file given together with another one asks something."""
    return f"{cut(name, 60)}: asks something; choose it in the list of sequences"


def or_type(example: str) -> str:
    """Say how an answer may be typed that is not in the list."""
    return f"Or type, for example: {example}"


def fed(name: str, column: str | None) -> str:
    """Say in a list of inputs which column feeds one."""
    return f"{cut(name, 40)} ← {cut(column, 40) if column else '?'}"


def use(kind: str, inputs: tuple[str, ...], decided: bool) -> str:
    """Say what a column is used for; before anything is decided only what it holds."""
    if kind == "input":
        return feeds(inputs)
    if not decided and kind in HOLDS:
        return HOLDS[kind]
    return ROLES[kind]


def gaps(number: int) -> str:
    """Say how many values of a column are missing."""
    return f"{number:,} missing"


def sequences_head(number: int) -> str:
    """Head the list of sequences in a file."""
    return f"{number:,} sequences"


def more_sequences(number: int) -> str:
    """Say how many sequences are not named."""
    return f"and {number:,} more"


def named(name: str, label: str | None) -> str:
    """Name a sequence in a file, with its label."""
    return f"{cut(name, 50)} ({cut(label, 30)})" if label else cut(name, 50)


def fed_by(inputs: dict[str, str]) -> str:
    """Say which columns feed which inputs."""
    pairs = [
        name if name == column else f"{cut(column, 30)} → {cut(name, 30)}"
        for name, column in inputs.items()
    ]
    return ", ".join(pairs[:3]) + (f" … ({len(pairs)} inputs)" if len(pairs) > 3 else "")


def held_against(column: str, scaling: tuple[float, float]) -> str:
    """Say what the prediction is held against, and how that is scaled."""
    mean, deviation = scaling
    scaled = "" if scaling == (0.0, 1.0) else f", mean {mean:.4g}, deviation {deviation:.4g}"
    return f"held against {cut(column, 30)}{scaled}"


def remark_count(number: int) -> str:
    """Say how much was noticed."""
    return count(number, "remark")
