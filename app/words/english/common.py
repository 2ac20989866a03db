"""Every sentence that the reader sees, said once: plain, short English.

Names of signals and their equations are the vocabulary's; what a demo asks is told by the demo.
Texts here are plain: whoever shows them as HTML escapes what comes from a reader.
"""

from __future__ import annotations

from ..formatting import cut

TITLE = "Gatescope"
UNSEEN_HEADS = {
    "learn": "Learn what an LSTM does, step by step",
    "train": "Train a network and watch it learn",
}
NUMBERS = "The numbers of this picture"
THINNED = "One row of {rows} and one column of {columns} is listed."
HEADLINES = {
    "lstm": "An LSTM remembers by default. Watch one do it.",
    "gru": "A GRU keeps or replaces at one gate. Watch one do it.",
    "rnn": "A standard RNN makes its memory anew at every step. Watch one do it.",
}

LANGUAGE = "Language"
ENGLISH_ONLY = ""  # what a page of another language says of what it has in English alone

# The row above the stage
DEMO = "Network"
CELL = "Cell"
CELL_HELP = "The same task in another recurrent cell, trained alike, at the same timestep"
SEQUENCE = "Sequence"
LAYER = "Layer"
DIRECTION = "Direction"
DIRECTIONS = {"forward": "Forward", "backward": "Backward, right to left"}
TYPE = "Type"
TYPE_HELP = "Type or paste a sequence of your own"
UPLOAD = "Upload"
UPLOAD_HELP = "Read sequences from files of yours"
NEW = "New"
NEW_HELP = "A new random sequence, as the network saw in training"
RUN = "Run"
UPLOAD_HOURS = 4
TYPED_LABEL = "Your sequence"
UPLOAD_LABEL = "Files with your sequences"
COPY = "Copy link"
COPIED = "Link copied"
COPY_FAILED = "Copy the address from your browser's address bar"

# The details
TABS = {
    "highlights": "What stands out",
    "arithmetic": "Arithmetic",
    "prediction": "Prediction",
    "why": "Why",
    "what_if": "What if",
    "pair": "Side by side",
    "units": "Units",
    "unit_page": "One unit",
    "values": "Values",
    "reading": "Close reading",
    "exercises": "Exercises",
    "teach": "Teach",
}
TRAINING = {"training": "Training"}  # of a demo, whose training we know
CERTIFICATE = {
    "reached": "Reached",
    "criterion": "Measured as",
    "published": "Published",
    "training": "Trained on",
    "seed": "Seed",
    "made_by": "Made by",
    "versions": "Versions",
    "date": "Date",
    "licence": "Licence",
    "sha256": "SHA-256 of the weights",
}
CHOOSE_UNIT = (
    "The drawing shows the mean over all units. Choose one unit (a click, or the keys ↑ and ↓) "
    "to see its arithmetic."
)
LARGEST = "Largest terms"
NO_WEIGHTS = "This gate has no weights of its own."
PARTS = {
    "input": "input",
    "recurrent": "recurrent",
    "peephole": "peephole",
    "bias": "bias",
    "recurrent_bias": "recurrent bias",
}
PART_SYMBOLS = {
    "input": "x·W",
    "recurrent": "h₋·U",
    "peephole": "p·c",
    "bias": "b",
    "recurrent_bias": "r·bu",
}
TABLES = {"units": "All units, this timestep", "timesteps": "This unit, all timesteps"}
TABLE_LABEL = "Rows of the table"
DOWNLOAD_TABLE = "Download this table (CSV)"
DOWNLOAD_ALL = "Download the whole run (CSV)"
SIGNAL = "Signal"
EXPECTS = "What the network expects next"
PREDICTS = "What the network predicts"
MAY_FOLLOW = "✓ may follow"
DID_FOLLOW = "✓ did follow"
ANSWERS = "What the network would answer now"
RIGHT_ANSWER = "✓ right"
NUMBER_COLUMNS = ("predicted", "truth", "error")
NO_TRUTH = "No true value is known for this timestep."
NO_READOUT = "This network predicts nothing: it has no readout."


def page_title(page: str) -> str:
    """Name a page in the browser's tab."""
    return f"{page} · {TITLE}"


def caption(units: int, parameters: int, kind: str) -> str:
    """Say what network this is, in a few words."""
    return f"{kind}, {count(units, 'unit')}, {count(parameters, 'trained number')}."


def steps(timesteps: int) -> str:
    """Say how long the sequence is."""
    return count(timesteps, "timestep")


def typed_hint(columns: tuple[str, ...], alphabet: tuple[str, ...]) -> str:
    """Say how to write a sequence for this network."""
    if columns:
        if len(columns) == 1:
            return f"Numbers ({columns[0]}), separated by commas, spaces or new lines."
        few = columns if len(columns) <= 6 else (*columns[:3], "…", columns[-1])
        return f"One timestep per line: {', '.join(few)}, separated by commas."
    white = [quoted(symbol) for symbol in alphabet if symbol.isspace()]
    letters = [symbol for symbol in alphabet if not symbol.isspace()]
    shown = " ".join(letters[:60]) + (" …" if len(letters) > 60 else "")
    return f"The alphabet: {', '.join([*white, shown])}"


def scaling(columns: tuple[tuple[str, float, float], ...]) -> str:
    """Say how numbers are scaled before the network reads them: name, offset, scale of each."""
    one = len(columns) == 1
    rules = [
        f"({'value' if one else name} {_minus(offset)}) / {scale:.4g}"
        for name, offset, scale in columns
        if (offset, scale) != (0, 1)
    ]
    if not rules:
        return "The network reads the numbers as they are."
    return f"The network reads {' and '.join(rules)}, scaled as in training."


def _minus(offset: float) -> str:
    return f"− {offset:.4g}" if offset >= 0 else f"+ {-offset:.4g}"


def own_sequence(kind: str, value: str) -> str:
    """Name a sequence that isn't one of the demo's, in the picker."""
    if kind == "seed":
        return f"Random, seed {value}"
    return f"Typed: {cut(value, 40)}" if kind == "text" else f"Uploaded: {cut(value, 40)}"


def not_in_link(name: str) -> str:
    """Say how long an upload stays, and that a copied link does not carry it."""
    return (
        f"{cut(name, 60)} stays on this server for {UPLOAD_HOURS} hours after it was last used, "
        "through reloads and on every page; a copied link does not contain it."
    )


def upload_missing(name: str) -> str:
    """Say that a sequence is not here: it came with somebody's link, or is no longer kept."""
    return (
        f"{cut(name, 60)} is not here: a copied link does not contain it, and uploads stay for "
        f"{UPLOAD_HOURS} hours after they were last used. Give the file to see it."
    )


def shown_instead(problem: str, shown: str) -> str:
    """Say why a sequence cannot be shown, and which one is there instead."""
    return f"{problem} Shown instead: {shown}."


def still_shown(problem: str) -> str:
    """Say what was wrong, and that nothing was lost."""
    return f"{problem} The sequence on the stage is unchanged."


HERE = {
    "line": "Timestep {t} of {last}{reads}; {who}{time}",
    "reads": ", reads {token}",
    "time": "; time stamp {time}",
    "mean": "mean over units",
    "unit": "unit {unit}",
}
"""Which timestep and which unit the details are about; the browser says it, too."""


def here(t: int, timesteps: int, token: str, unit: int, time: str = "") -> str:
    """Say which timestep and which unit the details are about, counted from 0 as on the stage.

    `time` is the time stamp of the timestep, if it has one.
    """
    shown = HERE["reads"].format(token=quoted(token)) if token else ""
    stamp = HERE["time"].format(time=cut(time, 40)) if time else ""
    who = mean_or_unit(unit)
    return HERE["line"].format(t=t, last=timesteps - 1, reads=shown, who=who, time=stamp)


def mean_or_unit(unit: int) -> str:
    """Name a unit; below 0 it is the mean over all."""
    return HERE["mean"] if unit < 0 else HERE["unit"].format(unit=unit)


def no_such_network(name: str, shown: str) -> str:
    """Say that a link names a network that is not here, and what is shown instead."""
    return f"There is no network called {cut(name, 60)!r} here: this is {shown}."


def twin(title: str) -> str:
    """Say which twin reads here instead of the demo's own network."""
    return f"Here a twin of the demo's network reads it, trained alike: {title}."


def twin_results(results: tuple[tuple[str, int, int], ...]) -> str:
    """Say what a twin reached, and what another one did that had another number of units.

    `results` are title, sequences wrong and sequences, the twin's own first; "" for none.
    """
    if not results:
        return ""
    (_, wrong, tried), *others = results
    told = f"Of {tried:,} fresh sequences it gets {tried - wrong:,} right"
    rest = [f"{title}: {of - bad:,} of {of:,}" for title, bad, of in others]
    return f"{told} ({'; '.join(rest)})." if rest else f"{told}."


WRONG_PREDICTION = "wrong prediction"


def may_follow(symbols: tuple[str, ...]) -> str:
    """Say what the task allows next."""
    if not symbols:
        return "Nothing may follow here: the string has ended, or has broken the rules."
    return f"What may really follow: {', '.join(symbols)}."


def right_answer(symbols: tuple[str, ...]) -> str:
    """Say which class the task asks for."""
    if not symbols:
        return "Nothing is asked here."
    return f"The right answer: {', '.join(symbols)}."


def did_follow(symbols: tuple[str, ...]) -> str:
    """Say what came next in a text where anything may."""
    if not symbols:
        return "What follows here, nobody knows: the sequence ends."
    return f"What did follow: {', '.join(map(quoted, symbols))}."


QUOTED = {" ": "space", "\n": "line break", "\t": "tab"}
QUOTE = "“{symbol}”"


def quoted(symbol: str) -> str:
    """Return a symbol in quotation marks; a space or a line break gets its name."""
    return QUOTED.get(symbol, QUOTE.format(symbol=symbol))


def dimension(k: int) -> str:
    """Name one number of an embedding or of a vector."""
    return f"number {k}"


def unit_of_layer(k: int, layer: str) -> str:
    """Name a unit of the layer below."""
    return f"unit {k} of {layer}"


def unit_lines_title(unit: int) -> str:
    """Head the lines of one unit."""
    return f"Unit {unit} over time"


def window(first: int, last: int, timesteps: int) -> str:
    """Say which part of a long run is shown, first and last counted from 0."""
    return (
        f"Timesteps {first:,} to {last:,} of {timesteps:,}, around where you are: "
        "a longer picture would have more columns than the screen."
    )


def count(number: int, noun: str) -> str:
    """Return "1 unit", "12 units"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def held_at(value: str) -> str:
    """Say at which value a state is held."""
    return f"held at {value}"


def held_instead(value: str, computed: str) -> str:
    """Say at which value a gate is held, and what was computed in its place."""
    return f"held at {value}, in place of {computed}"
